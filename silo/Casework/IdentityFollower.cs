using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Keeps the index of identities up with the log, in every process that follows it: an index is a projection, and what
/// is missing in it is found in the store.
/// </summary>
internal sealed class IdentityFollower(GrainServices services, Interruptions interruptions)
    : IFeedReader, IAsyncDisposable
{
    private readonly Follower _follower = new(
        new Identities(services).CatchUp, services.Time, interruptions.Of("The index of identities"));
    private bool _changed;

    public void Start() => _follower.Start();

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        _changed |= happened is ClientRegistered or ClientDetailsChanged;
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        if (_changed)
        {
            _changed = false;
            _follower.Wake();
        }
    }

    public ValueTask DisposeAsync() => _follower.DisposeAsync();
}
