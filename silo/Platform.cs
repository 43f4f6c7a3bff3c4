using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Silo;

/// <summary>
/// One process's worth of the platform: a store, grains in this process or in others, and the projections that follow
/// the log; a process that only hosts grains has none. It lives in the process's host: prepare it,
/// <see cref="AddTo"/> the host's builder, <see cref="Attach"/> what was built, and dispose it after the host. In a
/// cluster each process that answers questions has projections of its own (decision 0017).
/// </summary>
public sealed class Platform : IAsyncDisposable
{
    private readonly StoreAddress _address;
    private readonly ClusterPlace _place;
    private readonly Projections? _projections;
    private readonly Gauges _gauges;
    private readonly GrainReferences _references = new();
    private readonly OpenWork _work;
    private readonly Interruptions _interruptions = new();
    private readonly ReminderRounds? _reminders;
    private IGrainFactory? _factory;
    private IHost? _ownHost;
    private LogHeads? _heads;
    private LogEnds? _ends;

    private Platform(GrainServices services, StoreAddress address, ClusterPlace place)
    {
        (Services, _address, _place) = (services, address, place);
        Uses = new RegisterUses(services);
        _work = new OpenWork(isOneFile: services.Store is ISnapshotTable);
        Grains = new PatientCalls(_references, Calls, new MachineTime());
        _projections = place.FollowsLog ? new Projections(services, _work, _interruptions, address.Folder) : null;
        if (_projections is not null)
        {
            Staff = new RegisterStaff(_projections.Caseloads, services, () => _projections.Age);
            Rights = new RegisterRights(_projections.Caseloads, services, () => _projections.Age);
            Grains = new StaffCalls(Grains, _projections.Caseloads, services, Staff);
            Figures = new Figures(_projections.Caseloads, services.RegisterOf);
            _reminders = new ReminderRounds(services, Grains, _projections.Caseloads, _interruptions);
        }
        _gauges = new Gauges(this);
    }

    public IEventStore Store => Services.Store;

    public GrainServices Services { get; }

    /// <summary>Calls grains, wherever they are, once the host has started.</summary>
    public IGrainCalls Grains { get; }

    /// <summary>
    /// True when no other process writes to the log, so that its last position is known. In a cluster a caller may have
    /// heard of a position that this process has not.
    /// </summary>
    public bool WritesAlone => _address.Postgres is null;

    /// <summary>True in a process that has a silo; false in one that calls others'.</summary>
    public bool HostsGrains => _place.HostsGrains;

    /// <summary>True in a process that has projections.</summary>
    public bool FollowsLog => _projections is not null;

    /// <summary>Grains in this process's memory now.</summary>
    public long ActivationCount => Services.Figures.Activations.Total;

    public Caseloads Caseloads => Projections.Caseloads;

    /// <summary>Aggregates as callers may see them.</summary>
    /// <exception cref="InvalidOperationException">This process only hosts grains.</exception>
    public Figures Figures => field ?? throw new InvalidOperationException("This process does not follow the log.");

    /// <summary>Lines of the use log about lists and figures.</summary>
    public RegisterUses Uses { get; }

    /// <summary>Who callers are among the staff of the registers.</summary>
    /// <exception cref="InvalidOperationException">This process only hosts grains.</exception>
    public RegisterStaff Staff =>
        field ?? throw new InvalidOperationException("This process does not follow the log.");

    /// <summary>What registers grant; null in a process that only hosts grains.</summary>
    public RegisterRights? Rights { get; }

    public KnownGrains KnownGrains => Projections.KnownGrains;

    public FeedSignals Signals => Projections.Signals;

    /// <exception cref="InvalidOperationException">This process only hosts grains.</exception>
    public Projections Projections =>
        _projections ?? throw new InvalidOperationException("This process does not follow the log.");

    /// <summary>
    /// Completes when the projections have seen all of the log. Before that they must not be asked.
    /// </summary>
    /// <exception cref="StoreRefusal">The log cannot be followed; says why in one sentence.</exception>
    public Task Ready { get; private set; } = Task.CompletedTask;

    /// <summary>Comes back to what grains decide.</summary>
    internal IOpenWork Work => _work;

    /// <summary>What this process calls, by command.</summary>
    internal CallFigures Calls { get; } = new(Instruments.CallLatency);

    /// <summary>Opens a store, and begins to read its log.</summary>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    /// <param name="address">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="place">Where the process is in a cluster.</param>
    /// <param name="rules">What of keeping the installation says itself.</param>
    public static async Task<Platform> Prepare(
        StoreAddress address, TimeProvider time, ClusterPlace? place = null, KeepingRules? rules = null)
    {
        var services = await Stores.OpenWithKey(address, time, alone: false);
        try
        {
            services = services with
            {
                ArchivedBirthDays = rules?.ArchivedBirthDays ?? [],
                Installation = rules?.Installation,
                Registers = await KeptRegisters.Settle((INotes)services.Store, services.Codes, rules?.Counties),
                Endings = new EndingsList(EndingsPlace.Settle(address, rules?.EndingsFile), services.MasterKey),
            };
            await EndingsReplay.Apply(services, services.Endings);
        }
        catch
        {
            await services.Store.DisposeAsync();
            throw;
        }
        return await Prepare(services, address, place ?? ClusterPlace.Here);
    }

    /// <summary>Begins on a store that is open.</summary>
    internal static async Task<Platform> Prepare(GrainServices services, StoreAddress address, ClusterPlace place)
    {
        if (address.Postgres is { } postgres && place.HostsGrains)
        {
            try
            {
                await ClusterSchema.Ensure(postgres, place.Address);
            }
            catch
            {
                await services.Store.DisposeAsync();
                throw;
            }
        }
        var platform = new Platform(services, address, place);
        platform.Ready = platform.FollowsLog ? Task.Run(platform.CatchUp) : Task.CompletedTask;
        return platform;
    }

    /// <summary>
    /// Opens a platform for a verb that ends, as the only process on its store: a cluster would take it for a silo,
    /// give it grains, and not reach it.
    /// </summary>
    /// <exception cref="StoreRefusal">The store cannot be used, or others use it; says which in one sentence.
    /// </exception>
    public static async Task<Platform> OpenAlone(StoreAddress address, TimeProvider time) => await Open(
        await Prepare(await Stores.OpenWithKey(address, time, alone: true), address, ClusterPlace.Here));

    /// <summary>Opens a platform in a host of its own, and waits until it is ready.</summary>
    /// <exception cref="StoreRefusal">The store or the cluster cannot be used; says why in one sentence.</exception>
    internal static async Task<Platform> Open(StoreAddress address, TimeProvider time, ClusterPlace? place = null) =>
        await Open(await Prepare(address, time, place));

    /// <inheritdoc cref="Open(StoreAddress, TimeProvider, ClusterPlace?)"/>
    /// <param name="also">Adds what else the host is to have.</param>
    internal static async Task<Platform> Open(Platform platform, Action<IServiceCollection>? also = null)
    {
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            also?.Invoke(builder.Services);
            platform.AddTo(builder);
            platform._ownHost = builder.Build();
            platform.Attach(platform._ownHost.Services);
            await platform.Start(platform._ownHost);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds this process's silo, or its client of others' silos, to a host. A silo delivers to receivers of events when
    /// a <see cref="Deliveries.Deliverer"/> was added before.
    /// </summary>
    public void AddTo(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Grains).AddSingleton<IOpenWork>(_work);
        OrleansHosting.AddTo(builder, _place, Services, _address);
        // Stops after what answers requests, and before the silo.
        builder.Services.AddHostedService(_ => new WorkBeforeSilo(this));
    }

    /// <summary>Reaches grains through the host that was built.</summary>
    public void Attach(IServiceProvider services)
    {
        _references.Attach(services);
        _work.Attach(services);
        _interruptions.Attach(services);
        _factory = services.GetRequiredService<IGrainFactory>();
        var logs = services.GetService<ILoggerFactory>();
        _heads = new LogHeads(
            Store, _address.KeyFolder, Services.Time, logs?.CreateLogger<LogHeads>() ?? NullLogger<LogHeads>.Instance);
        _ends = Store is not ILogEnds ends ? null : new LogEnds(
            ends, Store, Services.Time, logs?.CreateLogger<LogEnds>() ?? NullLogger<LogEnds>.Instance);
    }

    /// <summary>Starts the host; completes when grains can be called and the projections asked.</summary>
    /// <exception cref="StoreRefusal">The cluster cannot be joined, or the log not be followed.</exception>
    public async Task Start(IHost host)
    {
        await OrleansHosting.Start(host);
        await Ready;
        _projections?.Start();
        _reminders?.Start();
    }

    /// <summary>The cluster's silos.</summary>
    public Task<ClusterReport> Look() => new ClusterView(_factory!, Services.Time).Look();

    /// <summary>Waits until the projections have seen a position: read-your-writes.</summary>
    public ValueTask WaitFor(long position, CancellationToken cancelled = default) =>
        Caseloads.Clock.WaitFor(position, TimeSpan.FromSeconds(5), Services.Time, cancelled);

    /// <summary>Finishes what was begun; after the host, unless the host is its own.</summary>
    public async ValueTask DisposeAsync()
    {
        await Ready.ContinueWith(static _ => { }, TaskScheduler.Default); // Those who wanted it heard what failed.
        _gauges.Dispose();
        if (_ownHost is not null)
        {
            await OrleansHosting.Stop(_ownHost);
        }
        await StopWork();
        await (_projections?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Services.Denied.DisposeAsync();
        await (_ends?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_heads?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Store.DisposeAsync();
    }

    /// <summary>Recomputes everything derived from the log and compares; at rest only.</summary>
    internal Task<VerificationReport> Verify() =>
        LogVerification.Run(Services, Caseloads, Projections.Fault?.Message);

    /// <summary>Calls no grain any more; a second call does nothing.</summary>
    private async ValueTask StopWork()
    {
        await (_reminders?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_projections?.StopWork() ?? ValueTask.CompletedTask);
    }

    private async Task CatchUp()
    {
        try
        {
            await Projections.CatchUp();
        }
        catch (StoreFault fault)
        {
            throw new StoreRefusal($"The log in {_address} cannot be followed. {fault.Message} Run ./osst verify.");
        }
        catch (Exception fault) when (fault is not StoreRefusal)
        {
            // Damaged bytes may read as an event that no rule was made for.
            throw new StoreRefusal(
                $"The log in {_address} cannot be followed. {GrainFault.Words(fault)}. Run ./osst verify.");
        }
    }

    private sealed class WorkBeforeSilo(Platform platform) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => await platform.StopWork();
    }
}
