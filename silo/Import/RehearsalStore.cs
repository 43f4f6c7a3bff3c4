using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// A store behind which nothing is written: what is appended stays in memory in front of the real log. Grains decide on
/// it exactly as they would.
/// </summary>
internal sealed class RehearsalStore(IEventStore real) : IEventStore
{
    private readonly ConcurrentDictionary<GrainName, Rehearsed> _streams = new();
    private long _position = real.LastPosition;

    public event Action<long>? Committed
    {
        add { }
        remove { }
    }

    public long LastPosition => Interlocked.Read(ref _position);

    /// <summary>Nothing that is rehearsed is a write.</summary>
    public StoreFigures Figures { get; } = new("rehearsal");

    public async ValueTask<AppendOutcome> Append(AppendRequest request)
    {
        if (await real.FindOutcome(request.Grain, request.CommandId) is { } before)
        {
            return before with { Result = AppendResult.Duplicate };
        }
        var stream = _streams.GetOrAdd(request.Grain, _ => new Rehearsed());
        lock (stream)
        {
            if (stream.Outcomes.TryGetValue(request.CommandId, out var first))
            {
                return first with { Result = AppendResult.Duplicate };
            }
            if (stream.Events.Count > 0 && stream.Events[^1].Version != request.ExpectedVersion)
            {
                return new AppendOutcome(AppendResult.Conflict, request.ExpectedVersion, 0);
            }
            return stream.Outcomes[request.CommandId] = Keep(stream, request);
        }
    }

    public ValueTask<bool> AddByConsent(ConsentEntry entry) => ValueTask.FromResult(true);

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId)
    {
        if (_streams.TryGetValue(grain, out var stream))
        {
            lock (stream)
            {
                if (stream.Outcomes.TryGetValue(commandId, out var first))
                {
                    return ValueTask.FromResult<AppendOutcome?>(first);
                }
            }
        }
        return real.FindOutcome(grain, commandId);
    }

    public ValueTask<bool> TryBindKey(MasterKey key) => real.TryBindKey(key);

    ValueTask<IOpenTables> IEventStore.OpenTables() => real.OpenTables();

    public async ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0)
    {
        var tail = await real.Load(grain, afterVersion);
        if (!_streams.TryGetValue(grain, out var stream))
        {
            return tail;
        }
        lock (stream)
        {
            var later = stream.Events.Where(e => e.Version > afterVersion);
            return tail with
            {
                Events = [.. tail.Events, .. later],
                WrappedKey = tail.WrappedKey.IsEmpty ? stream.Key : tail.WrappedKey,
                MatterKeys = [.. tail.MatterKeys, .. stream.MatterKeys],
            };
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) => real.ReadFeed(after, max);

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) => real.ReadSnapshot(grain);

    /// <summary>What is looked at, or refused, is no rehearsal: 703/2023 10 § asks for its line.</summary>
    public ValueTask LogAccess(IReadOnlyList<UseLine> lines) => real.LogAccess(lines);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AppendOutcome Keep(Rehearsed stream, AppendRequest request)
    {
        var version = request.ExpectedVersion;
        var position = LastPosition;
        foreach (var happened in request.Events)
        {
            position = Interlocked.Increment(ref _position);
            stream.Events.Add(new StoredEvent(
                request.Grain, ++version, position, request.MunicipalityOf(happened), happened.Type, request.OccurredOn,
                request.RecordedAt, request.CommandId, request.Actor, happened.Data, happened.Personal));
        }
        stream.Key = request.WrappedKey.IsEmpty ? stream.Key : request.WrappedKey;
        if (request.MatterKey is { } key)
        {
            stream.MatterKeys.Add(key);
        }
        return new AppendOutcome(AppendResult.Appended, version, position);
    }

    private sealed class Rehearsed
    {
        public List<StoredEvent> Events { get; } = [];

        public Dictionary<Guid, AppendOutcome> Outcomes { get; } = [];

        public ReadOnlyMemory<byte> Key { get; set; }

        public List<MatterKey> MatterKeys { get; } = [];
    }
}
