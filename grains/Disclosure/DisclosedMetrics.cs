using System.Collections;
using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Caseload figures for a caller. Of a municipality whose staff the caller belongs to they are exact; of any other they
/// are as they were released. Every answer is a sum of the same released parts, so asking for other sets of
/// municipalities and subtracting reveals nothing more.
/// </summary>
public sealed class DisclosedMetrics
{
    private readonly object?[] _figures = new object?[LiveMetrics.All.Count];

    public int Municipalities { get; private set; }

    public DisclosedCount Clients { get; private set; }

    /// <summary>True when some part of some metric is not in the sums: all counts are then lower bounds.</summary>
    public bool Withheld { get; private set; }

    /// <summary>The counts of a metric; the index is the enum's number.</summary>
    public IReadOnlyList<DisclosedCount> Of(CellMetric metric) => Cells(metric);

    /// <summary>The counts of a metric by name.</summary>
    public IReadOnlyDictionary<T, DisclosedCount> Of<T>(NamedMetric<T> metric)
        where T : notnull => Names(metric);

    /// <summary>The counts of a metric of any form, with what they stand for.</summary>
    public IEnumerable<(object? Key, DisclosedCount Count)> CellsOf(CaseloadMetric metric) =>
        metric is CellMetric cells
            ? cells.Keys!.Select(key => (key, Cells(cells)[key is null ? 0 : Convert.ToInt32(key, null)]))
            : (_figures[metric.Index] as IDictionary ?? new Dictionary<string, DisclosedCount>())
                .Cast<DictionaryEntry>()
                .OrderBy(static name => name.Key.ToString(), StringComparer.Ordinal)
                .Select(static name => ((object?)name.Key, (DisclosedCount)name.Value!));

    /// <summary>Adds one municipality's part as it is, for its own staff.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isWhole">False when only some of the clients asked for are the caller's to count.</param>
    public void AddExactly(CaseloadMetrics part, bool isWhole = true)
    {
        Withheld |= !isWhole;
        Municipalities += part.Municipalities;
        Clients = Clients.Plus(part.Clients);
        LiveMetrics.ForEach(new Exactly(this, part));
    }

    /// <summary>Adds one municipality's part as it was released.</summary>
    public void AddReleased(ReleasedMetrics part)
    {
        Municipalities++;
        Withheld = true;
        Clients = Clients.Plus(part.Clients);
        LiveMetrics.ForEach(new AsReleased(this, part));
    }

    private DisclosedCount[] Cells(CellMetric metric) =>
        (DisclosedCount[])(_figures[metric.Index] ??= new DisclosedCount[metric.Length]);

    private Dictionary<T, DisclosedCount> Names<T>(NamedMetric<T> metric)
        where T : notnull =>
        (Dictionary<T, DisclosedCount>)(_figures[metric.Index] ??= new Dictionary<T, DisclosedCount>());

    /// <summary>Adds one municipality's part to the sums, whatever the form of a metric.</summary>
    private sealed class Exactly(DisclosedMetrics sums, CaseloadMetrics part) : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            var (cells, counts) = (sums.Cells(metric), part.Cells(metric));
            for (var i = 0; i < counts.Length; i++)
            {
                cells[i] = cells[i].Plus(counts[i]);
            }
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            var names = sums.Names(metric);
            foreach (var (name, count) in part.Names(metric))
            {
                names[name] = names.GetValueOrDefault(name).Plus(count);
            }
        }
    }

    /// <summary>The same with a part as it was released.</summary>
    private sealed class AsReleased(DisclosedMetrics sums, ReleasedMetrics part) : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            var (cells, shown) = (sums.Cells(metric), part.Of(metric));
            for (var i = 0; i < shown.Count; i++)
            {
                cells[i] = cells[i].Plus(shown[i]);
            }
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            var names = sums.Names(metric);
            foreach (var (name, count) in part.Of(metric))
            {
                names[name] = names.GetValueOrDefault(name).Plus(count);
            }
        }
    }
}
