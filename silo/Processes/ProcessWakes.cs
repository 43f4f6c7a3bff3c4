using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// Wakes process grains from a process that follows the log, sooner than reminders would. At a start it expects all
/// work that the projections show as open: that registers reminders which an older version did not, or whose table was
/// lost. Then it expects what the feed shows to be decided, and while anything happens wakes all open work every few
/// seconds, so that a killed silo costs that work no more.
/// </summary>
internal sealed class ProcessWakes : IFeedReader, IAsyncDisposable
{
    private static readonly TimeSpan BetweenWakes = TimeSpan.FromSeconds(5);

    private readonly OpenWork _work;
    private readonly Caseloads _caseloads;
    private readonly KnownGrains _known;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<GrainName, bool> _expected = [];
    private readonly Follower _follower;
    private bool _found;
    private bool _started;
    private long _woke;

    public ProcessWakes(
        OpenWork work, Caseloads caseloads, KnownGrains known, TimeProvider time, Interruptions interruptions)
    {
        (_work, _caseloads, _known, _time) = (work, caseloads, known, time);
        _follower = new Follower(Expect, time, interruptions.Of("The waking of open work"));
    }

    /// <summary>Begins with what is open now, before anything more is applied.</summary>
    public void Start()
    {
        _expected.Clear(); // What was decided once, and mostly is done.
        foreach (var grain in Open())
        {
            _expected[grain] = true;
        }
        (_started, _woke) = (true, _time.GetTimestamp());
        _follower.Start();
    }

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        if (happened is IOpensWork opened)
        {
            _expected[stored.Grain] = opened.InOneFile;
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
        if (_started && _time.GetElapsedTime(_woke) >= BetweenWakes)
        {
            _woke = _time.GetTimestamp();
            foreach (var grain in Open())
            {
                _work.Wake(grain);
            }
        }
    }

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    /// <summary>Decisions of municipalities and erasures that are not carried out, and every receiver that is open.
    /// </summary>
    private IEnumerable<GrainName> Open() =>
    [
        .. _caseloads.CodesOfAll.Where(code => _caseloads.MunicipalityOf(code)?.HasOpenWork() is true)
            .Select(GrainName.Municipality),
        .. _caseloads.Codes.SelectMany(code => _caseloads.Ask(code, static caseload => caseload.Ending()) ?? [])
            .Select(GrainName.Client),
        .. _known.OpenReceivers.Select(GrainName.Receiver),
    ];

    private async Task Expect(CancellationToken stopped)
    {
        StoreFault? failed = null;
        foreach (var grain in _expected.Keys)
        {
            stopped.ThrowIfCancellationRequested();
            // Before the call: what is decided meanwhile is another one's.
            _expected.TryRemove(grain, out var inOneFile);
            try
            {
                await _work.Expect(grain, inOneFile);
            }
            catch (StoreFault fault)
            {
                (_expected[grain], failed) = (inOneFile, fault); // The others do not wait for it.
            }
        }
        if (failed is not null)
        {
            throw failed;
        }
    }
}
