using System.Collections;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// One municipality's caseload as it was released to outsiders: callers who are not its own staff. All of it follows
/// from counts on the grid, so nothing is in it that they could not have from any other caseload with these figures.
/// </summary>
public sealed class ReleasedMetrics
{
    private const int Hidden = -1;

    /// <summary>Of each metric an int[] or a dictionary by name; null where nothing of it is shown.</summary>
    private readonly object?[] _figures = new object?[LiveMetrics.All.Count];

    private ReleasedMetrics()
    {
    }

    /// <summary>What outsiders have of a municipality before anything of it was released.</summary>
    public static ReleasedMetrics Nothing { get; } = new();

    /// <summary>By which it was made; its register may have set another one since.</summary>
    public CountGrid Grid { get; private set; } = CountGrid.Default;

    /// <summary>At least so many clients: those in the shown statuses; null when none is shown.</summary>
    public int? Clients => Of(LiveMetrics.ByStatus).Sum() is > 0 and var least ? least : null;

    /// <summary>What may be shown of a caseload's figures.</summary>
    public static ReleasedMetrics Of(CaseloadMetrics exact, CountGrid grid)
    {
        var released = new ReleasedMetrics { Grid = grid };
        var tables = new Bounds[]?[LiveMetrics.All.Count];
        foreach (var metric in LiveMetrics.Partitions)
        {
            tables[metric.Index] = KnownOf(metric, exact.Cells(metric), grid);
        }
        var chosen = JointTables.Choose(tables, LiveMetrics.Implications, grid);
        LiveMetrics.ForEach(new Release(released, exact, grid, tables, chosen));
        return released;
    }

    /// <summary>What is shown of each cell; null for a hidden one.</summary>
    public IReadOnlyList<int?> Of(CellMetric metric) => _figures[metric.Index] is int[] cells
        ? [.. cells.Select(cell => cell == Hidden ? default(int?) : cell)]
        : new int?[metric.Length];

    /// <summary>The names of which something is shown.</summary>
    public IReadOnlyDictionary<T, int> Of<T>(NamedMetric<T> metric)
        where T : notnull => (IReadOnlyDictionary<T, int>?)_figures[metric.Index] ?? new Dictionary<T, int>();

    /// <summary>
    /// What is shown of a metric of any form: the cell's number or the name, and its count. Hidden ones are not in it.
    /// </summary>
    public IEnumerable<(object Cell, int Shown)> ShownOf(CaseloadMetric metric) => _figures[metric.Index] switch
    {
        int[] cells => from cell in cells.Index() where cell.Item != Hidden select ((object)cell.Index, cell.Item),
        IDictionary names => from object name in names.Keys select (name, (int)names[name]!),
        null => [],
        _ => throw new NotSupportedException($"Nothing says what is shown of {metric.Name.Field}."),
    };

    /// <summary>Written, or read into one of which nothing is shown yet.</summary>
    /// <exception cref="InvalidDataException">The image is cut short.</exception>
    public static void Imprint(Image image, ref ReleasedMetrics? released)
    {
        var isThere = released is not null;
        image.Value(ref isThere);
        if (isThere)
        {
            released ??= new ReleasedMetrics();
            var k = released.Grid.K;
            image.Value(ref k);
            released.Grid = new CountGrid(k);
            LiveMetrics.ForEach(new Imprinted(released, image));
        }
    }

    private static Bounds[] KnownOf(CellMetric metric, int[] counts, CountGrid grid)
    {
        var known = new Bounds[counts.Length];
        for (var cell = 0; cell < known.Length; cell++)
        {
            known[cell] = metric.Has(cell) ? grid.Known(grid.Shown(counts[cell])) : default;
        }
        return known;
    }

    /// <summary>Takes of each metric what may be shown, by its protection.</summary>
    private sealed class Release(
        ReleasedMetrics released, CaseloadMetrics exact, CountGrid grid, Bounds[]?[] tables, bool[] chosen)
        : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            var (counts, shown) = (exact.Cells(metric), new int[metric.Length]);
            for (var cell = 0; cell < shown.Length; cell++)
            {
                shown[cell] = Shown(metric, cell, counts[cell]) ?? Hidden;
            }
            released._figures[metric.Index] = shown;
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            var shown = new Dictionary<T, int>();
            foreach (var (name, count) in exact.Names(metric))
            {
                if (Shown(metric, 0, count) is { } some)
                {
                    shown.Add(name, some);
                }
            }
            released._figures[metric.Index] = shown;
        }

        private int? Shown(CaseloadMetric metric, int cell, int count) => metric.Protection switch
        {
            Protection.Partition => chosen[metric.Index] ? grid.Shown(count) : null,
            Protection.WithinStatuses within => SaysNothing(count, within.Of(cell)) ? grid.Shown(count) : null,
            Protection.OwnStaff => null,
            var other => throw new NotSupportedException($"Nothing says how {other} protects {metric.Name.Field}."),
        };

        /// <summary>So many others are shown beside those whom the cell counts, that neither are all nor none in it.
        /// </summary>
        private bool SaysNothing(int count, IReadOnlyList<CaseStatus> within) =>
            grid.Known(grid.Shown(count)).Most + grid.K
                <= within.Sum(status => tables[LiveMetrics.ByStatus.Index]![(int)status].Least);
    }

    private sealed class Imprinted(ReleasedMetrics released, Image image) : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            var cells = (int[]?)released._figures[metric.Index] ?? [];
            image.Column(ref cells, metric.Length);
            released._figures[metric.Index] = cells;
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            // Names of workers are never shown, and codes are all that else has names.
            if (metric.Protection is Protection.OwnStaff)
            {
                return;
            }
            var shown = (Dictionary<CodedValue, int>?)released._figures[metric.Index] ?? [];
            image.Entries(shown, static (Image i, ref CodedValue name, ref int count) =>
            {
                name = CaseloadNames.ImprintOf(i, i.Reads ? new CodedValue("", "") : name);
                i.Value(ref count);
            });
            released._figures[metric.Index] = shown;
        }
    }
}
