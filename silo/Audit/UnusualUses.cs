using System.ComponentModel.DataAnnotations;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Audit;

/// <summary>From where on a use of client data is unusual. The law names no number; these are the project's own.
/// </summary>
public sealed record AuditThresholds
{
    /// <summary>How long a time is short.</summary>
    [Range(60, 86_400)]
    public TimeSpan ShortTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Clients whom one user reads one by one within a short time; more are unusual.</summary>
    [Range(1, 100_000)]
    public int ClientsInShortTime { get; init; } = 40;

    /// <summary>Clients whom one user reads one by one on a day; more are unusual.</summary>
    [Range(1, 100_000)]
    public int ClientsADay { get; init; } = 120;

    /// <summary>Clients whom one user reads on a day by an opening, without a relationship; more are unusual.</summary>
    [Range(0, 100_000)]
    public int OpenedClients { get; init; }

    /// <summary>Attempts of one user on a day that were refused; more are unusual.</summary>
    [Range(0, 100_000)]
    public int RefusedAttempts { get; init; } = 10;

    /// <summary>Clients of whom one user learns on a day by searches that they exist; more are unusual.</summary>
    [Range(0, 100_000)]
    public int SearchedClients { get; init; } = 20;

    /// <summary>Clients whose log lines one user is shown on a day; more are unusual.</summary>
    [Range(0, 100_000)]
    public int AuditedClients { get; init; } = 200;

    /// <summary>Clients whom one user erased on a day, or of whom one user ended what was kept; more are unusual.
    /// </summary>
    [Range(0, 100_000)]
    public int EndedClients { get; init; } = 5;

    /// <summary>Lines of one day that are looked at; those before the latest of them are left out.</summary>
    [Range(1_000, 10_000_000)]
    public int LinesADay { get; init; } = 200_000;
}

/// <summary>What is unusual.</summary>
public enum UnusualKind
{
    /// <summary>One user read many clients, one by one, within a short time.</summary>
    ManyClients = 1,

    /// <summary>One user read clients with whom there was no relationship, having opened them.</summary>
    WithoutRelationship = 2,

    /// <summary>One user was refused often.</summary>
    OftenRefused = 3,

    /// <summary>One user read many clients, one by one, on a day.</summary>
    ManyClientsADay = 4,

    /// <summary>One user learned by searches of many clients that they exist.</summary>
    FoundToExist = 5,

    /// <summary>One user was shown the log lines of many clients.</summary>
    ManyLogs = 6,

    /// <summary>One user erased many clients, or ended what was kept of them.</summary>
    ManyEnded = 7,
}

/// <summary>A user's use of client data that is out of the usual.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Actors">Who: <c>role/subject</c>, once for each role that the subject used data in.</param>
/// <param name="Count">How many clients, or attempts.</param>
/// <param name="Threshold">How many are usual at most.</param>
/// <param name="From">The first of the lines that were counted.</param>
/// <param name="To">The last of them.</param>
public sealed record UnusualUse(
    UnusualKind Kind, IReadOnlyList<string> Actors, int Count, int Threshold, DateTimeOffset From, DateTimeOffset To);

/// <summary>The unusual uses of a time.</summary>
/// <param name="Found">By kind, the most first.</param>
/// <param name="LookedFrom">Where there were more lines than are looked at: all lines from this instant on were, and
/// who asks for those before it goes on. Null when all were.</param>
public sealed record UnusualUses(IReadOnlyList<UnusualUse> Found, DateTimeOffset? LookedFrom)
{
    /// <summary>False when there were more lines than are looked at.</summary>
    public bool IsComplete => LookedFrom is null;
}

/// <summary>
/// Counts a register's use-log lines about single clients by user, newest first as their index has them: what it costs
/// follows from the lines of that time and from nothing else. Lines of lists are not among them, so that no user hides
/// reads behind lists. A subject is one user in all roles together.
/// </summary>
/// <param name="logs">Where the lines are.</param>
/// <param name="thresholds">From where on something is unusual.</param>
public sealed class UnusualUseSearch(IRegisterLogs logs, AuditThresholds thresholds)
{
    private const int Round = 2_000;

    /// <summary>The finest step of a line's time that both stores keep.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly RegisterTurns _turns = new();

    /// <summary>Looks through the lines of a register; of each register one search runs at a time.</summary>
    /// <param name="register">The municipality's code.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant before which the lines were written.</param>
    /// <param name="stop">The asker has gone.</param>
    public ValueTask<UnusualUses> In(
        string register, DateTimeOffset from, DateTimeOffset to, CancellationToken stop = default) =>
        _turns.Take(register, () => Looked(register, from, to, stop), stop);

    private async ValueTask<UnusualUses> Looked(
        string register, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var users = new Dictionary<string, UserUses>(StringComparer.Ordinal);
        var slice = new RegisterLogSlice(register, from, new LinePlace(to, 0), Math.Min(Round, thresholds.LinesADay))
        {
            OneByOne = true,
        };
        for (var looked = 0; ;)
        {
            stop.ThrowIfCancellationRequested();
            var lines = await logs.UsesIn(slice);
            foreach (var line in lines.Select(logged => logged.Line))
            {
                var subject = Actors.Of(line.Actor).Subject;
                if (!users.TryGetValue(subject, out var user))
                {
                    users.Add(subject, user = new UserUses(thresholds.ShortTime));
                }
                user.Add(line);
            }
            looked += lines.Count;
            if (lines.Count < slice.Max || looked >= thresholds.LinesADay)
            {
                return new UnusualUses(
                    Found(users.Values), lines.Count < slice.Max ? null : lines[^1].Line.At + Step);
            }
            slice = slice with
            {
                Before = new LinePlace(lines[^1].Line.At, lines[^1].Place),
                Max = Math.Min(Round, thresholds.LinesADay - looked),
            };
        }
    }

    private IReadOnlyList<UnusualUse> Found(IEnumerable<UserUses> users) =>
    [
        .. users.SelectMany(user => (UnusualUse[])
            [
                Of(UnusualKind.ManyClients, user.Most, thresholds.ClientsInShortTime, user),
                Of(UnusualKind.WithoutRelationship, user.Opened, thresholds.OpenedClients, user),
                Of(UnusualKind.OftenRefused, user.Refused, thresholds.RefusedAttempts, user),
                Of(UnusualKind.ManyClientsADay, user.Clients, thresholds.ClientsADay, user),
                Of(UnusualKind.FoundToExist, user.FoundToExist, thresholds.SearchedClients, user),
                Of(UnusualKind.ManyLogs, user.Audited, thresholds.AuditedClients, user),
                Of(UnusualKind.ManyEnded, user.Ended, thresholds.EndedClients, user),
            ])
            .Where(use => use.Count > use.Threshold)
            .OrderBy(use => use.Kind).ThenByDescending(use => use.Count)
            .ThenBy(use => use.Actors[0], StringComparer.Ordinal),
    ];

    private static UnusualUse Of(UnusualKind kind, Spell spell, int threshold, UserUses user) =>
        new(kind, user.Actors, spell.Count, threshold, spell.From, spell.To);
}
