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

    /// <summary>Each client is in exactly one cell: the cells add up to all clients, who are a figure too.</summary>
    public sealed record Partition : Protection;

    /// <summary>
    /// A cell counts some of the clients who have certain statuses. It is shown where each of these statuses is. Beside
    /// it stand the other clients of these statuses, and neither may be a small cell.
    /// </summary>
    /// <param name="Of">The statuses that a cell's clients can have.</param>
    public sealed record WithinStatuses(Func<int, IReadOnlyList<CaseStatus>> Of) : Protection;

    /// <summary>Only the municipality's own staff may see it; others get nothing of it.</summary>
    public sealed record OwnStaff : Protection;
}
