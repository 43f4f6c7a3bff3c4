using System.Globalization;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Audit;

/// <summary>So many within a time.</summary>
internal readonly record struct Spell(int Count, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>With more, from an earlier line.</summary>
    public Spell With(int more, DateTimeOffset at) => Count == 0 ? new(more, at, at) : new(Count + more, at, To);
}

/// <summary>What one user did in all roles, added from the newest line to the oldest.</summary>
internal sealed class UserUses(TimeSpan shortTime)
{
    private readonly SortedSet<string> _actors = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Client)> _recent = new();
    private readonly Dictionary<string, int> _timesRecent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _audited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>The roles in which the user stands in lines, with the subject.</summary>
    public IReadOnlyList<string> Actors => [.. _actors];

    /// <summary>The short time with the most clients.</summary>
    public Spell Most { get; private set; }

    /// <summary>All clients who were read.</summary>
    public Spell Clients { get; private set; }

    public Spell Opened { get; private set; }

    public Spell Refused { get; private set; }

    public Spell FoundToExist { get; private set; }

    public Spell Audited { get; private set; }

    /// <summary>Erased, or what was kept of them ended.</summary>
    public Spell Ended { get; private set; }

    public void Add(in UseLine line)
    {
        _actors.Add(line.Actor);
        if (line.What.StartsWith(UseLine.Denied, StringComparison.Ordinal))
        {
            Refused = Refused.With(AttemptsOf(line.What), line.At);
        }
        else if (line.Client.Kind is GrainKind.Client)
        {
            AddUse(line);
        }
    }

    private void AddUse(in UseLine line)
    {
        var client = line.Client.Key;
        if (line.What.EndsWith(UseNames.Exists, StringComparison.Ordinal))
        {
            FoundToExist = With(FoundToExist, _found, client, line.At);
        }
        else if (line.What is UseNames.AccessAudit or UseNames.LogReport or UseNames.LogLookUp)
        {
            Audited = With(Audited, _audited, client, line.At);
        }
        else if (line.What.StartsWith(UseNames.Sent, StringComparison.Ordinal))
        {
            Ended = With(Ended, _ended, client, line.At);
        }
        else if (UseNames.IsRead(line.What))
        {
            Read(client, line.At);
            Clients = With(Clients, _read, client, line.At);
            if (line.Basis == AccessBases.NameOf(AccessBasis.Opened))
            {
                Opened = With(Opened, _opened, client, line.At);
            }
        }
    }

    private static Spell With(Spell spell, HashSet<string> known, string client, DateTimeOffset at) =>
        known.Add(client) ? spell.With(1, at) : spell;

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
