using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Processes;

/// <summary>
/// What a reminder does by itself, on either store: no process here follows the log, so nothing else awakens anybody.
/// </summary>
public abstract class ReminderContract : IAsyncLifetime
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly HandOverCaseload FromAino = new("h1", "aino", "eino");

    private readonly TempFolder _folder = new();
    private readonly Wakes _wakes = new();
    private Platform _silo = null!;

    protected string Folder => _folder.Path;

    protected virtual StoreAddress Address => new(Folder);

    public virtual async Task InitializeAsync() => await Start();

    public virtual async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    [StoreFact]
    public async Task A_reminder_alone_awakens_what_a_crash_left()
    {
        await Prepare();
        await Expect();
        await _silo.DisposeAsync();
        await DecideBehindEverybody();
        await Start();

        await Patience.Until(async () => (await State()).HandOvers is [{ EndedOn: not null }]);
        var client = await _silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        Assert.Equal("eino", client.State!.Worker!.WorkerId);
        await Patience.Until(async () => await Reminders() == 0);
    }

    [StoreFact]
    public async Task What_is_expected_and_never_happens_leaves_no_reminder()
    {
        await Prepare();
        await Expect();
        Assert.Equal(1, await Reminders());
        await Patience.Until(async () => await Reminders() == 0);
    }

    [StoreFact]
    public async Task A_decision_is_carried_out_though_its_reminder_was_taken_away_once()
    {
        await Prepare();
        await Expect();
        await Patience.Until(async () => await Reminders() == 0);
        await _silo.Grains.Execute(Municipality, Ask(FromAino, In(Role.Coordinator, Tampere)));
        await Patience.Until(async () => (await State()).HandOvers is [{ EndedOn: not null }]);
    }

    [StoreFact]
    public async Task An_erased_clients_snapshot_goes_also_when_a_crash_left_it()
    {
        await Prepare();
        await Live();
        await _silo.DisposeAsync(); // The end of an activation leaves a snapshot.
        Assert.Equal(1, await Snapshots());
        await Start();
        await _silo.Work.Expect(Maija);
        await _silo.DisposeAsync();
        await EraseBehindEverybody();
        await LeaveSnapshot();

        await Start();
        await Patience.Until(async () => await Snapshots() == 0);
        await Patience.Until(async () => await Reminders() == 0);
    }

    [StoreFact]
    public async Task A_client_who_is_expected_to_be_erased_and_is_not_keeps_the_snapshot()
    {
        await Prepare();
        await Live();
        await _silo.DisposeAsync();
        await Start();
        await _silo.Work.Expect(Maija);
        await Patience.Until(async () => await Reminders() == 0);
        Assert.Equal(1, await Snapshots());
    }

    /// <summary>Who wakes it may be behind the log, and have heard of the work and not of its end.</summary>
    [StoreFact]
    public async Task A_process_grain_that_is_woken_when_nothing_is_left_to_do_ends_again()
    {
        await Prepare();
        ((OpenWork)_silo.Work).Wake(Municipality);
        var management = (await _wakes.First.Task.Patiently()).GetGrain<IManagementGrain>(0);
        await Patience.Until(async () =>
            (await management.GetActiveGrains(GrainType.Create(OpenWork.OfMunicipality))).Count == 0);
        Assert.Equal(0, await Reminders());
    }

    /// <summary>The rows of the table that Orleans keeps reminders in.</summary>
    protected abstract Task<long> Reminders();

    /// <summary>The rows of Maija's snapshot.</summary>
    protected abstract Task<long> Snapshots();

    /// <summary>What an activation that had not heard of the erasure stores too late, where nothing keeps it from it.
    /// </summary>
    protected abstract Task LeaveSnapshot();

    private async Task Start() => _silo = await Platform.Open(
        await Platform.Prepare(Address, TimeProvider.System, ClusterPlace.Here with { FollowsLog = false }),
        services => services
            .Configure<ReminderOptions>(
                reminders => reminders.MinimumReminderPeriod = TimeSpan.FromMilliseconds(250))
            .AddSingleton<IIncomingGrainCallFilter>(_wakes));

    private async Task Prepare()
    {
        await _silo.Grains.Execute(
            Municipality, Ask(new RegisterMunicipality("Tampere"), In(Role.Operator, null)));
        await _silo.Grains.Execute(Municipality, Ask(new AddSocialWorker("eino"), In(Role.Coordinator, Tampere)));
        await _silo.Grains.Execute(Maija, Ask(Register));
        await _silo.Grains.Execute(Maija, Ask(new AssignWorker("aino", true), In(Role.Coordinator, Tampere)));
    }

    /// <summary>Enough events for a snapshot to be worth its while.</summary>
    private async Task Live()
    {
        for (var letter = 0; letter < 40; letter++)
        {
            Assert.Equal(ReplyKind.Accepted, (await _silo.Grains.Execute(Maija, Ask(Letter))).Kind);
        }
    }

    /// <summary>What a client's grain does before its erasure is appended.</summary>
    protected Task ExpectErasure() => _silo.Work.Expect(Maija, inOneFile: false);

    /// <summary>What the grain does before it appends.</summary>
    private Task Expect() => _silo.Work.Expect(Municipality);

    /// <summary>The event is in the log, and the process that wrote it did nothing more.</summary>
    private Task DecideBehindEverybody() => Behind(Municipality, FromAino);

    private Task EraseBehindEverybody() => Behind(Maija, new EraseClient(ErasureReason.RegisteredInError));

    private async Task Behind(GrainName grain, ICommand command)
    {
        var services = await Stores.OpenWithKey(Address, TimeProvider.System, alone: false);
        await using var store = services.Store;
        var reply = await GrainKinds.NewHost(grain, services, ReadSnapshot.None)
            .Execute(Ask(command, In(Role.Coordinator, Tampere)));
        Assert.Equal(ReplyKind.Accepted, reply.Kind);
    }

    private async Task<MunicipalityState> State() =>
        (await _silo.Grains.Read<MunicipalityState>(Municipality, ReadAs(Worker))).State!;

    /// <summary>Hears that a process grain was woken.</summary>
    private sealed class Wakes : IIncomingGrainCallFilter
    {
        public TaskCompletionSource<IGrainFactory> First { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(IProcessGrain.Wake))
            {
                First.TrySetResult(context.TargetContext.ActivationServices.GetRequiredService<IGrainFactory>());
            }
        }
    }
}

/// <summary>Reminders in the log's own file.</summary>
public sealed class SqliteReminderTests : ReminderContract
{
    [Fact]
    public async Task An_erasure_registers_no_reminder_for_what_its_transaction_deletes()
    {
        await ExpectErasure();
        Assert.Equal(0, await Reminders());
    }

    protected override Task<long> Reminders()
    {
        using var database = Database.Open(Path.Combine(Folder, SqliteStore.FileName));
        return Task.FromResult(long.Parse(
            database.Scalar("SELECT count(*) FROM notes WHERE shelf = 'reminder'")!,
            System.Globalization.CultureInfo.InvariantCulture));
    }

    protected override Task<long> Snapshots()
    {
        using var database = Database.Open(Path.Combine(Folder, SqliteStore.FileName));
        return Task.FromResult(long.Parse(
            database.Scalar("SELECT count(*) FROM snapshots WHERE stream = 'client/maija'")!,
            System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The statement asks for the key: <see cref="Storage.SnapshotTableTests"/>.</summary>
    protected override Task LeaveSnapshot() => Task.CompletedTask;
}

/// <summary>Reminders in Orleans' own table for them.</summary>
[NeedsPostgres]
public sealed class PostgresReminderTests : ReminderContract
{
    private PostgresCluster _cluster = null!;
    private string _database = "";

    protected override StoreAddress Address => new(Folder, _cluster.To(_database));

    public override async Task InitializeAsync()
    {
        _cluster = await PostgresCluster.Start();
        _database = await _cluster.NewDatabase();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    protected override async Task<long> Reminders() =>
        (long)(await _cluster.Scalar("SELECT count(*) FROM orleans.reminder", _database))!;

    protected override async Task<long> Snapshots() => (long)(await _cluster.Scalar(
        "SELECT count(*) FROM orleans.grainstate WHERE extension = 'maija' AND graintype LIKE '%client%'", _database))!;

    protected override async Task LeaveSnapshot() => Assert.Equal(1, await Snapshots()); // As it was.
}
