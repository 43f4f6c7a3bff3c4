using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// Wakes process grains at once: at a start those whose work the projections show as open, and then whatever the feed
/// shows to be decided. Reminders would do it within a minute; those that were lost with their table, or that an older
/// version never registered, are registered here.
/// </summary>
internal sealed class ProcessWakes : IFeedReader, IAsyncDisposable
{
    private readonly IOpenWork _work;
    private readonly ConcurrentDictionary<GrainName, bool> _expected = [];
    private readonly Follower _follower;
    private bool _found;

    public ProcessWakes(IOpenWork work, TimeProvider time)
    {
        _work = work;
        _follower = new Follower(Expect, time);
    }

    /// <summary>Begins with what is open now, before anything more is applied.</summary>
    public void Start(Caseloads caseloads)
    {
        _expected.Clear(); // What was decided once, and mostly is done.
        foreach (var code in caseloads.Codes.Where(code => caseloads.MunicipalityOf(code)!.HasOpenWork()))
        {
            _expected[GrainName.Municipality(code)] = true;
        }
        _follower.Start();
    }

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        if (happened is IOpensWork)
        {
            _expected[stored.Grain] = true;
            _found = true;
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>One call for each grain, whatever the batch held of it.</summary>
    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        if (_found)
        {
            _found = false;
            _follower.Wake();
        }
    }

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    private async Task Expect(CancellationToken stopped)
    {
        StoreFault? failed = null;
        foreach (var grain in _expected.Keys)
        {
            stopped.ThrowIfCancellationRequested();
            _expected.TryRemove(grain, out _); // Before the call: what is decided meanwhile is another one's.
            try
            {
                await _work.Expect(grain);
            }
            catch (StoreFault fault)
            {
                (_expected[grain], failed) = (true, fault); // The others do not wait for it.
            }
        }
        if (failed is not null)
        {
            throw failed;
        }
    }
}
