using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Search;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Silo;

/// <summary>
/// What a process that answers questions derives from the log: it follows the log from the start to the end, and wakes
/// those who carry out what the log asks for.
/// </summary>
public sealed class Projections : IAsyncDisposable
{
    private readonly IEventStore _store;
    private readonly FeedPump _pump;
    private readonly DayTurn _days;
    private readonly ImageWriter _images;
    private readonly IdentityFollower _identities;
    private readonly ProcessWakes _wakes;

    internal Projections(GrainServices services, OpenWork work, Interruptions interruptions, string folder)
    {
        _store = services.Store;
        Caseloads = new Caseloads(_store) { Registers = services.Registers };
        Signals = new FeedSignals { EditionAt = () => Caseloads.Edition.AsOf.Position };
        _images = new ImageWriter(folder, KnownGrains, Caseloads);
        _identities = new IdentityFollower(services, Caseloads, interruptions);
        Search = new ClientSearch(_store, Caseloads, _identities);
        _wakes = new ProcessWakes(work, Caseloads, KnownGrains, services.Time, interruptions);
        // In this order: a reader that acts on a change finds it in the projections.
        _pump = new FeedPump(_store, Caseloads, KnownGrains, Signals, _identities, _wakes, _images);
        _days = new DayTurn(services, () => Signals.TellOfNewDay(Caseloads.Clock.Now.Position));
        AntiEntropy = new AntiEntropy(services, Caseloads, _pump);
    }

    /// <summary>The caseload of each municipality.</summary>
    public Caseloads Caseloads { get; }

    /// <summary>Which grains there are.</summary>
    public KnownGrains KnownGrains { get; } = new();

    /// <summary>Says to subscribers what changed.</summary>
    public FeedSignals Signals { get; }

    /// <summary>Finds clients.</summary>
    public ClientSearch Search { get; }

    /// <summary>Compares live caseloads with the log, once it is started.</summary>
    public AntiEntropy AntiEntropy { get; }

    /// <summary>Why the projections stopped; null while all is well.</summary>
    public Exception? Fault => _pump.Fault;

    /// <summary>How long the projections have not seen all of the log; zero when they have.</summary>
    public TimeSpan Lag => _pump.Lag;

    /// <summary>How old what they have seen of the log is at most: also while nothing comes, and when they stopped.
    /// </summary>
    public TimeSpan Age => _pump.Age;

    public async ValueTask DisposeAsync()
    {
        await StopWork();
        await _pump.DisposeAsync();
        _images.Close();
        await Signals.DisposeAsync();
    }

    /// <summary>Reads the log up to its present end, after an image of the projections where there is one.</summary>
    internal async Task CatchUp()
    {
        _pump.GoOnAfter(await _images.Restore(_store));
        await _pump.CatchUp();
    }

    /// <summary>Follows what comes after it, and begins with the work that the log shows as open.</summary>
    internal void Start()
    {
        _wakes.Start();
        _pump.Start();
        _identities.Start();
    }

    /// <summary>Calls no grain any more; a second call does nothing.</summary>
    internal async ValueTask StopWork()
    {
        await AntiEntropy.DisposeAsync();
        _days.Dispose();
        await _wakes.DisposeAsync();
        await _identities.DisposeAsync();
    }
}
