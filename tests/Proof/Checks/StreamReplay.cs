using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>What one command left in a stream: the versions after <paramref name="After"/>, as many as there are
/// events.</summary>
internal sealed record Block(Guid CommandId, long After, IReadOnlyList<StoredEvent> Events)
{
    public long Version => After + Events.Count;
}

/// <summary>One grain's stream, decided and folded once more with the product's own rules.</summary>
internal abstract class StreamReplay
{
    public static StreamReplay Of(GrainName grain, IReadOnlyList<StoredEvent> events, ClientKeys keys) =>
        grain.Kind switch
        {
            GrainKind.Client => new StreamReplay<ClientState, ClientDecider>(grain, events, keys),
            GrainKind.Municipality => new StreamReplay<MunicipalityState, MunicipalityDecider>(grain, events, keys),
            GrainKind.ExternalId => new StreamReplay<ExternalIdState, ExternalIdDecider>(grain, events, keys),
            GrainKind.Receiver => new StreamReplay<ReceiverState, ReceiverDecider>(grain, events, keys),
            _ => throw new ArgumentOutOfRangeException(nameof(grain)),
        };

    /// <summary>The commands that left something, in order.</summary>
    public abstract IReadOnlyList<Block> Blocks { get; }

    /// <summary>What is wrong with the stream itself; null when it can be read.</summary>
    public abstract string? Damage { get; }

    /// <summary>The events of the stream, decoded.</summary>
    public abstract IReadOnlyList<PastEvent> Past { get; }

    /// <summary>The state at a version.</summary>
    public abstract object StateAt(long version);

    /// <summary>What a command leads to at a version; its events in a form that can be compared.</summary>
    public abstract (IReadOnlyList<string> Events, string? Refusal) Decide(long at, ICommand command, Moment moment);

    /// <summary>What is stored of a block, in the same form.</summary>
    public abstract IReadOnlyList<string> Stored(Block block);
}

/// <inheritdoc cref="StreamReplay"/>
internal sealed class StreamReplay<TState, TDecider> : StreamReplay
    where TState : class
    where TDecider : IDecider<TState>
{
    private readonly List<PastEvent> _past = [];
    private readonly List<Block> _blocks = [];

    public StreamReplay(GrainName grain, IReadOnlyList<StoredEvent> events, ClientKeys keys)
    {
        var codec = new EventCodec(grain) { Keys = keys };
        try
        {
            foreach (var stored in events)
            {
                if (stored.Version != _past.Count + 1)
                {
                    Damage = $"{grain}: version {stored.Version} follows {_past.Count}";
                    return;
                }
                _past.Add(codec.Past(stored));
            }
        }
        catch (StoreFault fault)
        {
            Damage = fault.Message;
            return;
        }
        for (var i = 0; i < events.Count; i++)
        {
            var from = i;
            while (i + 1 < events.Count && events[i + 1].CommandId == events[from].CommandId)
            {
                i++;
            }
            _blocks.Add(new Block(events[from].CommandId, from, [.. events.Skip(from).Take(i - from + 1)]));
        }
    }

    public override IReadOnlyList<Block> Blocks => _blocks;

    public override string? Damage { get; }

    public override IReadOnlyList<PastEvent> Past => _past;

    public override object StateAt(long version) => History.Fold<TState, TDecider>([.. _past.Take((int)version)]);

    public override (IReadOnlyList<string> Events, string? Refusal) Decide(
        long at, ICommand command, Moment moment)
    {
        var decision = command is IRevision
            ? TDecider.Revise([.. _past.Take((int)at)], command, moment)
            : TDecider.Decide((TState)StateAt(at), command, moment);
        return ([.. decision.Events.Select(Form)], decision.Rejection?.Code);
    }

    public override IReadOnlyList<string> Stored(Block block) =>
        [.. _past.Skip((int)block.After).Take(block.Events.Count).Select(entry => Form(entry.Happened!))];

    private static string Form(IEvent happened) =>
        $"{EventCatalogue.NameOf(happened)} {StoredJson.Plain(happened)}";
}

/// <summary>The moment at which something was recorded.</summary>
internal static class Moments
{
    public static Moment Of(in StoredEvent stored) => At(stored.OccurredOn, stored.RecordedAt) with
    {
        Actor = stored.Actor,
    };

    public static Moment At(DateOnly occurredOn, DateTimeOffset instant) =>
        new(occurredOn, GrainServices.DayOf(instant), instant);
}
