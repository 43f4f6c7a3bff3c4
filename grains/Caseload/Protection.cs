using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// How a metric is protected, so that it shows nothing about single people; the room <c>Disclosure</c> does it.
/// </summary>
public abstract record Protection
{
    private Protection()
    {
    }

    /// <summary>
    /// Each client is in exactly one cell: the cells add up to all clients. What else is known of who is in which cells
    /// of two partitions stands in <see cref="LiveMetrics.Implications"/>.
    /// </summary>
    public sealed record Partition : Protection;

    /// <summary>
    /// A cell counts some of the clients of certain statuses, and perhaps others. It is shown only where so many
    /// clients are shown in these statuses that it says nothing of them.
    /// </summary>
    /// <param name="Of">The statuses any client of which can be in a cell.</param>
    public sealed record WithinStatuses(Func<int, IReadOnlyList<CaseStatus>> Of) : Protection;

    /// <summary>Only the municipality's own staff may see it; others get nothing of it.</summary>
    public sealed record OwnStaff : Protection;
}

/// <summary>Some cells of a table; for a metric the table is its <see cref="CaseloadMetric.Index"/>.</summary>
public sealed record CellGroup(int Table, IReadOnlyList<int> Cells);

/// <summary>Every client in these cells is in one of those: a fact that outsiders may know.</summary>
public sealed record Implication(CellGroup These, CellGroup Those);
