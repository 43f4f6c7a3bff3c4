namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// A caseload in numbers. Each municipality adds its own part, so the sum over any set of municipalities costs the
/// number of municipalities, not of clients.
/// </summary>
public sealed class CaseloadMetrics
{
    private readonly object[] _figures = LiveMetrics.NewFigures();

    public int Clients { get; internal set; }

    public int Municipalities { get; internal set; }

    /// <summary>The counts of a metric; the index is the enum's number.</summary>
    public IReadOnlyList<int> Of(CellMetric metric) => Cells(metric);

    /// <summary>The counts of a metric by name; a name that no client has is missing.</summary>
    public IReadOnlyDictionary<T, int> Of<T>(NamedMetric<T> metric)
        where T : notnull => Names(metric);

    internal int[] Cells(CellMetric metric) => (int[])_figures[metric.Index];

    internal Dictionary<T, int> Names<T>(NamedMetric<T> metric)
        where T : notnull => (Dictionary<T, int>)_figures[metric.Index];
}
