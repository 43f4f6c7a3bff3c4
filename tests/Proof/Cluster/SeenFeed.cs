using OsstOrleans.Grains;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>Remembers what a feed showed, in its order.</summary>
internal sealed class SeenFeed : IFeedReader
{
    private readonly List<long> _positions = [];

    public IReadOnlyList<long> Positions => _positions;

    public long Last => _positions.Count > 0 ? _positions[^1] : 0;

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        _positions.Add(stored.Position);
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
    }
}
