using OsstOrleans.Silo.Engines.Embedded;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo;

/// <summary>
/// One process's worth of grains on a SQLite store: store, engine, and the projections that follow the log. Open it,
/// use it, dispose it: disposing finishes what was begun.
/// </summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly FeedPump _pump;
    private readonly EmbeddedEngine _engine;
    private readonly DayTurn _days;
    private readonly ImageKeeper _images;

    private EmbeddedSilo(HostServices services, string folder)
    {
        Services = services;
        _engine = new EmbeddedEngine(Services);
        Caseloads = new Caseloads(Store);
        Directory = new GrainDirectory();
        Signals = new FeedSignals();
        // In this order: who is told of a change finds it in the projections.
        _images = new ImageKeeper(folder, Directory, Caseloads);
        _pump = new FeedPump(Store, _images.Restore(Store), Caseloads, Directory, Signals, _images);
        _days = new DayTurn(services, () => Signals.TellOfNewDay(Caseloads.Clock.Now.Position));
    }

    public IEventStore Store => Services.Store;

    public HostServices Services { get; }

    public IGrainEngine Grains => _engine;

    public Caseloads Caseloads { get; }

    public GrainDirectory Directory { get; }

    /// <summary>Tells subscribers what changed.</summary>
    public FeedSignals Signals { get; }

    /// <summary>Grains in memory now.</summary>
    public int ActivationCount => _engine.ActivationCount;

    /// <summary>Why the projections stopped; null while all is well.</summary>
    public Exception? FeedFault => _pump.Fault;

    /// <summary>Opens the store of a folder and folds its log.</summary>
    /// <param name="masterKeyFile">Where the master key lies; <c>master.key</c> in the folder when null.</param>
    /// <exception cref="StoreRefusal">The folder cannot be used; says why in one sentence.</exception>
    public static EmbeddedSilo Open(string folder, TimeProvider time, string? masterKeyFile = null)
    {
        var services = OpenStore(folder, time, masterKeyFile);
        try
        {
            var silo = new EmbeddedSilo(services, folder);
            silo._pump.CatchUp();
            silo._pump.Start();
            return silo;
        }
        catch (Exception fault)
        {
            Close(services.Store);
            throw fault is StoreFault
                ? new StoreRefusal($"The log in {folder} cannot be followed. {fault.Message} Run ./osst verify.")
                : fault;
        }
    }

    /// <summary>The store and its key alone, for whoever must not trust what is derived from the log.</summary>
    /// <exception cref="StoreRefusal">The folder cannot be used; says why in one sentence.</exception>
    internal static HostServices OpenStore(
        string folder, TimeProvider time, string? masterKeyFile = null, bool checkWhole = false)
    {
        var store = SqliteStore.Open(folder, checkWhole);
        try
        {
            var keyFile = masterKeyFile ?? Path.Combine(folder, MasterKey.FileName);
            return new HostServices(store, MasterKey.Open(keyFile, store.LastPosition == 0), time);
        }
        catch
        {
            Close(store);
            throw;
        }
    }

    /// <summary>Waits until the projections have seen a position: read-your-writes.</summary>
    public ValueTask WaitFor(long position, CancellationToken cancelled = default) =>
        Caseloads.Clock.WaitFor(position, TimeSpan.FromSeconds(5), Services.Time, cancelled);

    public async ValueTask DisposeAsync()
    {
        _days.Dispose();
        _engine.Dispose();
        await _pump.DisposeAsync();
        _images.Close();
        await Signals.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static void Close(IEventStore store) => store.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
