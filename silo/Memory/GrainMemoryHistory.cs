using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <content>What is asked of the whole stream: it is read anew, and not remembered.</content>
internal sealed partial class GrainMemory<TState, TDecider>
{
    public ValueTask<AppendOutcome?> FindOutcome(Guid commandId) => services.Store.FindOutcome(grain, commandId);

    public async ValueTask<bool> IsOf(string actor, Guid commandId, AppendOutcome outcome) =>
        outcome.Version > 0
        && (await services.Store.Load(grain, outcome.Version - 1)).Events is [var last, ..]
        && last.CommandId == commandId && last.Actor == actor;

    public async ValueTask<PastEvent?> LeftBy(Guid commandId, long version) =>
        version > 0 && (await services.Store.Load(grain, version - 1)).Events is [var last, ..]
            && last.CommandId == commandId ? EventCodec.PastCoded(last) : null;

    public ValueTask<IReadOnlyList<PastEvent>> Past() => Past(Now?.Version ?? 0);

    public async ValueTask<IReadOnlyList<HistoryEntry>> Entries() =>
        [.. (await services.Store.Load(grain)).Events.Select(Entry)];

    public async ValueTask<HistoryPage> Page(HistorySlice slice, bool all) =>
        slice.Of(
            [
                .. (await services.Store.Load(grain)).Events
                    .Where(stored => all || !EventCatalogue.IsOfLogs(stored.Type)),
            ],
            _consent?.Entries ?? [], Entry);

    private async ValueTask<IReadOnlyList<PastEvent>> Past(long version) =>
        [.. (await services.Store.Load(grain)).Events.Where(e => e.Version <= version).Select(_codec.Past)];

    private HistoryEntry Entry(StoredEvent stored) => new(
        stored.Version, stored.Position, stored.Type, stored.OccurredOn, stored.RecordedAt, stored.Actor,
        _codec.Decode(stored));

    private static async ValueTask<bool> Joined(Task underWay)
    {
        await underWay;
        return false;
    }
}
