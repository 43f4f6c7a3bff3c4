using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// What the platform does by itself after an event: the index of identities, hand-overs and merges. The feed only wakes
/// it, after everything that was decided is in the projections.
/// </summary>
internal sealed class CaseworkFollowers : IFeedReader, IAsyncDisposable
{
    private readonly Follower _identities;
    private readonly Follower _handOvers;
    private readonly Follower _merges;
    private bool _registered;
    private bool _handsOver;
    private bool _merging;

    public CaseworkFollowers(GrainServices services, IGrainCalls grains, Caseloads caseloads)
    {
        _identities = new Follower(new Identities(services).CatchUp, services.Time);
        _handOvers = new Follower(new HandOvers(grains, caseloads, services.Time).CarryOut, services.Time);
        _merges = new Follower(new Merges(grains, caseloads, services.Time).CarryOut, services.Time);
    }

    public void Start()
    {
        _identities.Start();
        _handOvers.Start();
        _merges.Start();
    }

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        _registered |= happened is ClientRegistered or ClientDetailsChanged;
        _handsOver |= happened is CaseloadHandOverDecided;
        _merging |= happened is DuplicateMergeDecided;
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        Wake(_identities, ref _registered);
        Wake(_handOvers, ref _handsOver);
        Wake(_merges, ref _merging);
    }

    public async ValueTask DisposeAsync()
    {
        await _merges.DisposeAsync();
        await _handOvers.DisposeAsync();
        await _identities.DisposeAsync();
    }

    private static void Wake(Follower follower, ref bool wanted)
    {
        if (wanted)
        {
            wanted = false;
            follower.Wake();
        }
    }
}
