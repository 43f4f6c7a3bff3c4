using OsstOrleans.Grains;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>A projection that knows how many events it was handed.</summary>
internal sealed class Counting : IFeedReader
{
    private int _seen;

    public int Seen => Volatile.Read(ref _seen);

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        Interlocked.Increment(ref _seen);
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
    }
}
