using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// One live metric of a caseload. Its form decides how it is counted, protected, shown and verified: whatever does one
/// of these asks for the form (<see cref="IMetricForms"/>), so that no metric can be left out.
/// </summary>
public abstract class CaseloadMetric
{
    /// <summary>Counters that count nothing: they say where a row would be counted.</summary>
    private MetricCounter[]? _readers;

    private protected CaseloadMetric(MetricName name, Protection protection) => (Name, Protection) = (name, protection);

    /// <summary>What it is called in the API.</summary>
    public MetricName Name { get; }

    /// <summary>How it is shown to those who are not the municipality's own staff.</summary>
    public Protection Protection { get; }

    /// <summary>Its place among all metrics.</summary>
    public int Index { get; internal set; }

    /// <summary>Calls the method of this metric's form.</summary>
    public abstract void Accept(IMetricForms forms);

    /// <summary>
    /// What its cells stand for, each a member of an enumeration, or null for those to whom none applies; null where a
    /// caseload's own names do.
    /// </summary>
    public virtual IReadOnlyList<object?>? Keys => null;

    /// <summary>Counters over rows that have seen none; together they count the metric.</summary>
    internal abstract IEnumerable<MetricCounter> NewCounters();

    /// <summary>What a cell's number stands for: a member, a worker, a code.</summary>
    internal abstract object? KeyOf(int cell, CaseloadNames names);

    /// <summary>Adds the numbers of the cells in which the row at a place is counted.</summary>
    internal void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells)
    {
        foreach (var reader in _readers ??= [.. NewCounters()])
        {
            reader.AddCells(table, place, due, cells);
        }
    }

    /// <summary>An answer's figures, all zero.</summary>
    internal abstract object NewFigures();
}

/// <summary>The names of a metric in the API.</summary>
/// <param name="Field">The field of <c>CaseloadMetrics</c>.</param>
/// <param name="Row">The type of its rows.</param>
/// <param name="Key">The field of a row that says what is counted in it; beside it stands <c>count</c>.</param>
/// <param name="Dimension">What it is called where a table counts by it.</param>
public sealed record MetricName(string Field, string Row, string Key, CaseloadDimension Dimension);

/// <summary>What is done with every metric, by its form.</summary>
public interface IMetricForms
{
    /// <summary>Counts by the members of an enumeration.</summary>
    void Cells<TEnum>(EnumMetric<TEnum> metric)
        where TEnum : struct, Enum;

    /// <summary>Counts by something that has no fixed list: workers, codes.</summary>
    void Named<T>(NamedMetric<T> metric)
        where T : notnull;
}

/// <summary>A metric with one cell for each member of an enumeration; the cell is the member's number.</summary>
public abstract class CellMetric : CaseloadMetric
{
    private protected CellMetric(MetricName name, Protection protection, int cells)
        : base(name, protection) => Length = cells;

    /// <summary>The number of cells.</summary>
    public int Length { get; }

    /// <summary>True for a cell in which a client can be counted.</summary>
    public abstract bool Has(int cell);

    internal override object NewFigures() => new int[Length];
}

/// <inheritdoc/>
public sealed class EnumMetric<TEnum> : CellMetric
    where TEnum : struct, Enum
{
    /// <summary>By number, in their order.</summary>
    private static readonly SortedDictionary<int, object> Named =
        new(Enum.GetValues<TEnum>().ToDictionary(NumberOf, static member => (object)member));

    private readonly Func<EnumMetric<TEnum>, IEnumerable<MetricCounter>> _counters;

    internal EnumMetric(
        MetricName name, Protection protection, Func<EnumMetric<TEnum>, IEnumerable<MetricCounter>> counters)
        : base(name, protection, Enum.GetValues<TEnum>().Max(NumberOf) + 1) => _counters = counters;

    /// <summary>True when clients to whom no member applies are counted too, in cell 0.</summary>
    public bool CountsNone { get; internal init; }

    /// <summary>The cell of a member.</summary>
    public static int NumberOf(TEnum member) => Convert.ToInt32(member, null);

    public override IReadOnlyList<object?> Keys => CountsNone ? [null, .. Named.Values] : [.. Named.Values];

    public override bool Has(int cell) => (CountsNone && cell == 0) || Named.ContainsKey(cell);

    public override void Accept(IMetricForms forms) => forms.Cells(this);

    internal override IEnumerable<MetricCounter> NewCounters() => _counters(this);

    internal override object? KeyOf(int cell, CaseloadNames names) => Named.GetValueOrDefault(cell);
}

/// <summary>A metric by workers or codes, of which each caseload has its own.</summary>
public sealed class NamedMetric<T> : CaseloadMetric
    where T : notnull
{
    private readonly Func<CaseloadNames, NumberedNames<T>> _namesOf;
    private readonly Func<NamedMetric<T>, IEnumerable<MetricCounter>> _counters;

    internal NamedMetric(
        MetricName name, Protection protection, Func<CaseloadNames, NumberedNames<T>> namesOf,
        Func<NamedMetric<T>, IEnumerable<MetricCounter>> counters)
        : base(name, protection) => (_namesOf, _counters) = (namesOf, counters);

    public override void Accept(IMetricForms forms) => forms.Named(this);

    internal override IEnumerable<MetricCounter> NewCounters() => _counters(this);

    internal override object KeyOf(int cell, CaseloadNames names) => NamesIn(names)[cell];

    /// <summary>The names of a caseload, by number.</summary>
    internal NumberedNames<T> NamesIn(CaseloadNames names) => _namesOf(names);

    internal override object NewFigures() => new Dictionary<T, int>();
}
