using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Calls;
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

    /// <summary>Clients whom one user reads on a day by an opening, without a relationship; more are unusual.</summary>
    [Range(0, 100_000)]
    public int OpenedClients { get; init; } = 1;

    /// <summary>Attempts of one user on a day that were refused; more are unusual.</summary>
    [Range(0, 100_000)]
    public int RefusedAttempts { get; init; } = 10;

    /// <summary>Lines of one day that are looked at; those before the latest of them are left out.</summary>
    [Range(1_000, 10_000_000)]
    public int LinesADay { get; init; } = 200_000;
}

/// <summary>What is unusual.</summary>
public enum UnusualKind
{
    /// <summary>One user read many clients, one by one, within a short time.</summary>
    ManyClients = 1,

    /// <summary>One user read several clients with whom there was no relationship, having opened them.</summary>
    WithoutRelationship = 2,

    /// <summary>One user was refused often.</summary>
    OftenRefused = 3,
}

/// <summary>A user's use of client data that is out of the usual.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Actor">Who, <c>role/subject</c>.</param>
/// <param name="Count">How many clients, or attempts.</param>
/// <param name="Threshold">How many are usual at most.</param>
/// <param name="From">The first of the lines that were counted.</param>
/// <param name="To">The last of them.</param>
public sealed record UnusualUse(
    UnusualKind Kind, string Actor, int Count, int Threshold, DateTimeOffset From, DateTimeOffset To);

/// <summary>The unusual uses of a time.</summary>
/// <param name="Found">By kind, the most first.</param>
/// <param name="IsComplete">False when there were more lines than are looked at.</param>
public sealed record UnusualUses(IReadOnlyList<UnusualUse> Found, bool IsComplete);

/// <summary>
/// Counts a register's use-log lines by user, newest first as the index has them: what it costs follows from the lines
/// of that time and from nothing else.
/// </summary>
/// <param name="logs">Where the lines are.</param>
/// <param name="thresholds">From where on something is unusual.</param>
public sealed class UnusualUseSearch(IRegisterLogs logs, AuditThresholds thresholds)
{
    private const int Round = 2_000;

    /// <summary>Looks through the lines of a register.</summary>
    /// <param name="register">The municipality's code.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant before which the lines were written.</param>
    public async ValueTask<UnusualUses> In(string register, DateTimeOffset from, DateTimeOffset to)
    {
        var users = new Dictionary<string, UserCount>(StringComparer.Ordinal);
        var slice = new RegisterLogSlice(register, from, new LinePlace(to, 0), Round);
        for (var looked = 0; ;)
        {
            var lines = await logs.UsesIn(slice);
            foreach (var line in lines.Select(logged => logged.Line))
            {
                if (!users.TryGetValue(line.Actor, out var user))
                {
                    users.Add(line.Actor, user = new UserCount(thresholds.ShortTime));
                }
                user.Add(line);
            }
            looked += lines.Count;
            if (lines.Count < slice.Max)
            {
                return new UnusualUses(Found(users), IsComplete: true);
            }
            if (looked >= thresholds.LinesADay)
            {
                return new UnusualUses(Found(users), IsComplete: false);
            }
            slice = slice with
            {
                Before = new LinePlace(lines[^1].Line.At, lines[^1].Place),
                Max = Math.Min(Round, thresholds.LinesADay - looked),
            };
        }
    }

    private IReadOnlyList<UnusualUse> Found(Dictionary<string, UserCount> users) =>
    [
        .. users.SelectMany(user => (UnusualUse[])
            [
                Of(UnusualKind.ManyClients, user.Key, user.Value.Most, thresholds.ClientsInShortTime),
                Of(UnusualKind.WithoutRelationship, user.Key, user.Value.Opened, thresholds.OpenedClients),
                Of(UnusualKind.OftenRefused, user.Key, user.Value.Refused, thresholds.RefusedAttempts),
            ])
            .Where(use => use.Count > use.Threshold)
            .OrderBy(use => use.Kind).ThenByDescending(use => use.Count)
            .ThenBy(use => use.Actor, StringComparer.Ordinal),
    ];

    private static UnusualUse Of(UnusualKind kind, string actor, Spell spell, int threshold) =>
        new(kind, actor, spell.Count, threshold, spell.From, spell.To);

    /// <summary>So many within a time.</summary>
    private readonly record struct Spell(int Count, DateTimeOffset From, DateTimeOffset To)
    {
        public Spell With(int more, DateTimeOffset at) => Count == 0 ? new(more, at, at) : new(Count + more, at, To);
    }

    /// <summary>What one user did, added from the newest line to the oldest.</summary>
    private sealed class UserCount(TimeSpan shortTime)
    {
        private readonly Queue<(DateTimeOffset At, string Client)> _recent = new();
        private readonly Dictionary<string, int> _timesRecent = new(StringComparer.Ordinal);
        private readonly HashSet<string> _opened = new(StringComparer.Ordinal);

        /// <summary>The short time with the most clients.</summary>
        public Spell Most { get; private set; }

        public Spell Opened { get; private set; }

        public Spell Refused { get; private set; }

        public void Add(in UseLine line)
        {
            if (line.Client.Kind is not GrainKind.Client)
            {
                return;
            }
            if (line.What.StartsWith(UseLine.Denied, StringComparison.Ordinal))
            {
                Refused = Refused.With(AttemptsOf(line.What), line.At);
                return;
            }
            if (!UseNames.IsRead(line.What))
            {
                return;
            }
            Read(line.Client.Key, line.At);
            if (line.Basis == AccessBases.NameOf(AccessBasis.Opened) && _opened.Add(line.Client.Key))
            {
                Opened = Opened.With(1, line.At);
            }
        }

        private void Read(string client, DateTimeOffset at)
        {
            _recent.Enqueue((at, client));
            _timesRecent[client] = _timesRecent.GetValueOrDefault(client) + 1;
            while (_recent.Peek() is var newest && newest.At - at > shortTime)
            {
                _recent.Dequeue();
                if (--_timesRecent[newest.Client] == 0)
                {
                    _timesRecent.Remove(newest.Client);
                }
            }
            if (_timesRecent.Count > Most.Count)
            {
                Most = new Spell(_timesRecent.Count, at, _recent.Peek().At);
            }
        }

        /// <summary>A line stands for one attempt, or for the number it says (<c>denied: 7 more within a minute</c>).
        /// </summary>
        private static int AttemptsOf(string what) =>
            what[UseLine.Denied.Length..].Split(' ') is [var number, "more", ..]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var more)
                ? more
                : 1;
    }
}
