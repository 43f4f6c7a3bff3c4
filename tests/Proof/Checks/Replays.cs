using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>Every stream of a world's log, replayed once.</summary>
internal sealed class Replays
{
    private readonly Dictionary<GrainName, StreamReplay> _replays = [];
    private readonly Dictionary<GrainName, IReadOnlyList<StoredEvent>> _streams;

    public Replays(World world, IReadOnlyList<StoredEvent> log)
    {
        Log = log;
        _streams = log.GroupBy(stored => stored.Grain)
            .ToDictionary(stream => stream.Key, stream => (IReadOnlyList<StoredEvent>)[.. stream]);
        foreach (var (grain, events) in _streams)
        {
            var tail = world.Store is MemoryStore memory
                ? memory.EveryKeyOf(grain)
                : world.Store.Load(grain, afterVersion: long.MaxValue).AsTask().GetAwaiter().GetResult();
            _replays[grain] = StreamReplay.Of(grain, events, tail.KeysOf(grain, World.Key));
        }
    }

    public IReadOnlyList<StoredEvent> Log { get; }

    public IReadOnlyDictionary<GrainName, StreamReplay> All => _replays;

    public StreamReplay? Of(GrainName grain) => _replays.GetValueOrDefault(grain);

    /// <summary>Without the words, as it is read after the person was erased.</summary>
    public StreamReplay Coded(GrainName grain) => StreamReplay.Of(grain, _streams[grain], ClientKeys.None);
}
