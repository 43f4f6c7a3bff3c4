using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Caseload figures for outsiders: callers who are not the municipality's own staff. Each municipality's tables are
/// protected by themselves and only then added up, so every answer is a sum of the same protected parts: asking for
/// other sets of municipalities and subtracting reveals nothing more.
/// </summary>
public sealed class DisclosedMetrics(int k = SmallCells.DefaultK)
{
    private readonly object?[] _figures = new object?[LiveMetrics.All.Count];

    public int Municipalities { get; private set; }

    public DisclosedCount Clients { get; private set; }

    /// <summary>True when some part of some metric is not in the sums.</summary>
    public bool Withheld { get; private set; }

    /// <summary>The counts of a metric; the index is the enum's number.</summary>
    public IReadOnlyList<DisclosedCount> Of(CellMetric metric) => Cells(metric);

    /// <summary>The counts of a metric by name.</summary>
    public IReadOnlyDictionary<T, DisclosedCount> Of<T>(NamedMetric<T> metric)
        where T : notnull => Names(metric);

    /// <summary>Adds one municipality's part as it is, for its own staff.</summary>
    public void AddExactly(CaseloadMetrics part)
    {
        Municipalities += part.Municipalities;
        Clients = Clients.Plus(part.Clients, hide: false);
        LiveMetrics.ForEach(new Sum(this, part, static (_, _, _) => false, ownStaff: true));
    }

    /// <summary>Adds the protected part of one municipality.</summary>
    public void AddProtected(CaseloadMetrics part)
    {
        Municipalities += part.Municipalities;
        var hidden = new bool[]?[_figures.Length];
        // One total belongs to all partitions: if any of them needs it hidden, none may give it away.
        var whole = SmallCells.MayShow(part.Clients, k);
        foreach (var metric in Partitions)
        {
            hidden[metric.Index] = SmallCells.Hide(part.Cells(metric), k);
            whole &= hidden[metric.Index] is not null;
        }
        Clients = Clients.Plus(part.Clients, hide: !whole);
        Withheld |= !whole;
        var statuses = part.Cells(LiveMetrics.ByStatus);
        var statusHidden = hidden[LiveMetrics.ByStatus.Index];
        LiveMetrics.ForEach(new Sum(this, part, Hides, ownStaff: false));

        bool Hides(CaseloadMetric metric, int cell, int count) => metric.Protection switch
        {
            Protection.Partition => whole ? hidden[metric.Index]![cell] : count > 0,
            Protection.WithinStatuses within => !MayShow(count, within.Of(cell)),
            var other => throw new NotSupportedException($"Nothing says how {other} protects {metric.Name.Field}."),
        };

        // A count within some statuses is a lower bound of their sum. With one of them hidden, that bound and the total
        // of the hidden ones may leave a single number for another: so it is shown only where all of them are. Beside
        // it stand those of the same statuses who are not in it.
        bool MayShow(int count, IReadOnlyList<CaseStatus> within)
        {
            var others = within.Sum(status => statuses[(int)status]) - count;
            return count == 0
                || (whole && within.All(status => !statusHidden![(int)status])
                    && count >= k && SmallCells.MayShow(others, k));
        }
    }

    private static CellMetric[] Partitions { get; } =
        [.. LiveMetrics.All.OfType<CellMetric>().Where(metric => metric.Protection is Protection.Partition)];

    private DisclosedCount[] Cells(CellMetric metric) =>
        (DisclosedCount[])(_figures[metric.Index] ??= new DisclosedCount[metric.Length]);

    private Dictionary<T, DisclosedCount> Names<T>(NamedMetric<T> metric)
        where T : notnull =>
        (Dictionary<T, DisclosedCount>)(_figures[metric.Index] ??= new Dictionary<T, DisclosedCount>());

    /// <summary>Adds one municipality's part to the sums, whatever the form of a metric.</summary>
    private sealed class Sum(
        DisclosedMetrics sums, CaseloadMetrics part, Func<CaseloadMetric, int, int, bool> hides, bool ownStaff)
        : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            var (cells, counts) = (sums.Cells(metric), part.Cells(metric));
            for (var i = 0; i < counts.Length && IsSeen(metric); i++)
            {
                cells[i] = Plus(cells[i], counts[i], hides(metric, i, counts[i]));
            }
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            var names = sums.Names(metric);
            foreach (var (name, count) in IsSeen(metric) ? part.Names(metric) : [])
            {
                names[name] = Plus(names.GetValueOrDefault(name), count, hides(metric, 0, count));
            }
        }

        private bool IsSeen(CaseloadMetric metric) => ownStaff || metric.Protection is not Protection.OwnStaff;

        private DisclosedCount Plus(DisclosedCount sum, int count, bool hide)
        {
            sums.Withheld |= hide;
            return sum.Plus(count, hide);
        }
    }
}
