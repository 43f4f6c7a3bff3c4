using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Work;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>Programmes as folded from the feed: what they decided on methods for their municipalities.</summary>
public sealed class ProgrammeStates
{
    private readonly ConcurrentDictionary<string, ProgrammeState> _states = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>Grows with each event of a programme.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>What programmes decided on methods for a municipality: it was a member on the decision's first day.
    /// </summary>
    public IEnumerable<MethodDecision> DecidedFor(string municipality) => _states
        .OrderBy(programme => programme.Key, StringComparer.Ordinal)
        .SelectMany(programme => programme.Value.MethodDecisions.Where(decision => programme.Value.Members.Any(
            member => member.Municipality == municipality && member.JoinsOn <= decision.From
                && !(member.LeavesOn < decision.From))));

    internal void Apply(in StoredEvent stored, IEvent happened)
    {
        _states[stored.Grain.Key] = ProgrammeDecider.Evolve(
            _states.GetValueOrDefault(stored.Grain.Key, ProgrammeDecider.Initial), happened, stored.OccurredOn);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>All of it, written or read.</summary>
    internal void Imprint(Image image)
    {
        var states = _states.ToDictionary(
            programme => programme.Key, programme => StoredJson.Write(programme.Value, null, default).Coded);
        image.Entries(states, static (Image i, ref string key, ref byte[] state) =>
        {
            i.Name(ref key);
            state ??= [];
            ProjectionImage.Bytes(i, ref state);
        });
        foreach (var (key, state) in states)
        {
            _states[key] = (ProgrammeState)StoredJson.Read(typeof(ProgrammeState), state, default, null, default);
        }
    }
}
