using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Lines of the use log about lists of clients, as resolvers show them.</summary>
internal static class ListUses
{
    /// <summary>A page of clients is about to be shown.</summary>
    /// <param name="platform">Where lines are written.</param>
    /// <param name="caller">To whom.</param>
    /// <param name="register">Whose clients.</param>
    /// <param name="what">Which list, and what was asked of it.</param>
    /// <param name="entries">Who is on it.</param>
    /// <param name="sight">Where the caller stood when it was made; null for one who sees all.</param>
    /// <param name="stream">What the stream has shown already; null for a single answer.</param>
    public static ValueTask Listed(
        this Platform platform, Caller caller, string register, string what, IEnumerable<CaseloadEntry> entries,
        Standing? sight, ListStream? stream = null) => platform.Uses.Listed(caller, register, what,
            [.. entries.Select(e => new ListedClient(e.Client, RegisterStaff.BasisOnList(sight, e)))], stream);

    /// <summary>The parts of a filter that are set, as <c>field=value</c>.</summary>
    public static string Words(CaseloadFilter filter) => string.Join(' ', new (string Name, object? Value)[]
    {
        ("status", filter.Status), ("reason", filter.Reason), ("ageBand", filter.AgeBand),
        ("workerId", filter.WorkerId), ("method", filter.Method?.Code), ("overdue", filter.Overdue),
        ("receivedFrom", filter.ReceivedFrom?.ToString("O")), ("receivedTo", filter.ReceivedTo?.ToString("O")),
        ("arm", filter.Arm),
    }.Where(part => part.Value is not null).Select(part => $" {part.Name}={part.Value}"));
}
