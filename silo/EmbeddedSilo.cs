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

    private EmbeddedSilo(IEventStore store, MasterKey masterKey, TimeProvider time)
    {
        Store = store;
        Services = new HostServices(store, masterKey, time);
        _engine = new EmbeddedEngine(Services);
        Caseloads = new Caseloads(store);
        Directory = new GrainDirectory();
        Signals = new FeedSignals();
        // In this order: who is told of a change finds it in the projections.
        _pump = new FeedPump(store, Caseloads, Directory, Signals);
    }

    public IEventStore Store { get; }

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
        var store = SqliteStore.Open(folder);
        try
        {
            var keyFile = masterKeyFile ?? Path.Combine(folder, MasterKey.FileName);
            var silo = new EmbeddedSilo(store, MasterKey.Open(keyFile, store.LastPosition == 0), time);
            silo._pump.CatchUp();
            silo._pump.Start();
            return silo;
        }
        catch (Exception fault)
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw fault is StoreFault
                ? new StoreRefusal($"The log in {folder} cannot be followed. {fault.Message} Run ./osst verify.")
                : fault;
        }
    }

    /// <summary>Waits until the projections have seen a position: read-your-writes.</summary>
    public ValueTask WaitFor(long position, CancellationToken cancelled = default) =>
        Caseloads.Clock.WaitFor(position, TimeSpan.FromSeconds(5), Services.Time, cancelled);

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _pump.DisposeAsync();
        await Signals.DisposeAsync();
        await Store.DisposeAsync();
    }
}
