using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Engines;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Silo;

/// <summary>
/// One process's worth of the platform: a store, an engine that reaches every grain, and the projections that follow
/// the log. Open it, use it, dispose it: disposing finishes what was begun. In a cluster each process that answers
/// questions has projections of its own (decision 0017).
/// </summary>
public sealed class Platform : IAsyncDisposable
{
    private readonly FeedPump _pump;
    private readonly RunningEngine _engine;
    private readonly DayTurn _days;
    private readonly ImageKeeper _images;
    private readonly CaseworkFollowers _followers;
    private readonly Gauges _gauges;

    private Platform(
        HostServices services, RunningEngine engine, Caseloads caseloads, GrainDirectory directory, ImageKeeper images)
    {
        (Services, _engine, Caseloads, Directory, _images) = (services, engine, caseloads, directory, images);
        Grains = new ObservedGrains(engine.Grains, Calls, engine.GrainsAreHere);
        Signals = new FeedSignals();
        _followers = new CaseworkFollowers(services, Grains, caseloads);
        // In this order: who is told of a change finds it in the projections.
        _pump = new FeedPump(Store, Caseloads, Directory, Signals, _followers, _images);
        _days = new DayTurn(services, () => Signals.TellOfNewDay(Caseloads.Clock.Now.Position));
        AntiEntropy = new AntiEntropy(services, caseloads, _pump);
        _gauges = new Gauges(this);
    }

    public IEventStore Store => Services.Store;

    /// <summary>
    /// True when nobody else writes to the log, so that its last position is known. In a cluster a caller may have been
    /// told of a position that this process has not heard of yet.
    /// </summary>
    public bool WritesAlone { get; private init; }

    public HostServices Services { get; }

    public IGrainEngine Grains { get; }

    /// <summary>What this process calls, by command.</summary>
    internal CallFigures Calls { get; } = new(Instruments.CallLatency);

    public Caseloads Caseloads { get; }

    public GrainDirectory Directory { get; }

    /// <summary>Tells subscribers what changed.</summary>
    public FeedSignals Signals { get; }

    /// <summary>Compares live caseloads with the log, once it is started.</summary>
    public AntiEntropy AntiEntropy { get; }

    /// <summary>Grains in this process's memory now.</summary>
    public int ActivationCount => _engine.ActivationCount();

    /// <inheritdoc cref="RunningEngine.Cluster"/>
    public Func<Task<ClusterReport>>? Cluster => _engine.Cluster;

    /// <summary>Why the projections stopped; null while all is well.</summary>
    public Exception? FeedFault => _pump.Fault;

    /// <summary>How long the projections have not seen all of the log; zero when they have.</summary>
    public TimeSpan FeedLag => _pump.Lag;

    /// <summary>
    /// Completes when the projections have seen all of the log. Before that nobody may ask them or call a grain.
    /// </summary>
    /// <exception cref="StoreRefusal">The log cannot be followed; says why in one sentence.</exception>
    public Task Ready { get; private set; } = Task.CompletedTask;

    /// <summary>Opens a store, folds its log and starts the engine.</summary>
    /// <exception cref="StoreRefusal">The store or the engine cannot be used; says why in one sentence.</exception>
    public static async Task<Platform> Open(StoreAddress address, TimeProvider time, EngineChoice? choice = null)
    {
        var silo = await Begin(address, time, choice);
        try
        {
            await silo.Ready;
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a store and starts the engine, while the log is folded: until <see cref="Ready"/>.</summary>
    /// <exception cref="StoreRefusal">The store or the engine cannot be used; says why in one sentence.</exception>
    public static async Task<Platform> Begin(StoreAddress address, TimeProvider time, EngineChoice? choice = null)
    {
        choice ??= EngineChoice.Embedded;
        var services = await OpenStore(address, time, alone: choice.Kind == GrainEngineKind.Embedded);
        RunningEngine? engine = null;
        try
        {
            engine = await GrainEngines.Start(choice, services, address);
            var (caseloads, directory) = (new Caseloads(services.Store), new GrainDirectory());
            var images = new ImageKeeper(address.Folder, directory, caseloads);
            var silo = new Platform(services, engine, caseloads, directory, images)
            {
                WritesAlone = choice.Kind == GrainEngineKind.Embedded || address.Postgres is null,
            };
            silo.Ready = Task.Run(() => silo.FollowLog(address));
            return silo;
        }
        catch
        {
            await (engine?.Stop() ?? ValueTask.CompletedTask);
            await services.Store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The store and its key alone, for whoever must not trust what is derived from the log.</summary>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    internal static async Task<HostServices> OpenStore(
        StoreAddress address, TimeProvider time, bool alone = true, bool checkWhole = false)
    {
        var store = await Stores.Open(address, alone, checkWhole);
        try
        {
            var key = MasterKey.Open(address.MasterKeyPath, store.LastPosition == 0);
            return await store.KnowsKey(key.Mark)
                ? new HostServices(store, key, time) { Codes = ImportedCodes.Load(address.Folder) }
                : throw new StoreRefusal(
                $"The master key {address.MasterKeyPath} is not the one that the log in {address} was begun with.");
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the projections have seen a position: read-your-writes.</summary>
    public ValueTask WaitFor(long position, CancellationToken cancelled = default) =>
        Caseloads.Clock.WaitFor(position, TimeSpan.FromSeconds(5), Services.Time, cancelled);

    private async Task FollowLog(StoreAddress address)
    {
        try
        {
            _pump.GoOnAfter(await _images.Restore(Store));
            await _pump.CatchUp();
        }
        catch (StoreFault fault)
        {
            throw new StoreRefusal($"The log in {address} cannot be followed. {fault.Message} Run ./osst verify.");
        }
        _pump.Start();
        _followers.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Ready.ContinueWith(static _ => { }, TaskScheduler.Default); // Whoever wanted it was told what failed.
        _gauges.Dispose();
        await AntiEntropy.DisposeAsync();
        _days.Dispose();
        await _followers.DisposeAsync();
        await _engine.Stop();
        await _pump.DisposeAsync();
        _images.Close();
        await Signals.DisposeAsync();
        await Store.DisposeAsync();
    }
}
