using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>
/// One process of the platform: the product's own hosts, projections, casework and deliveries on one lane, with a
/// connection and a clock of its own. Orleans alone is missing: who is activated where is the schedule's to say.
/// </summary>
internal sealed class Node : IOpenWork
{
    private const string Reminders = "reminder";

    private readonly World _world;
    private readonly SkewedTime _time;
    private readonly GrainServices _services;
    private readonly FeedPump _pump;
    private readonly Dictionary<GrainName, Task<Activation>> _active = [];
    private readonly Dictionary<GrainName, Action> _works = [];

    public Node(World world, string name)
    {
        _world = world;
        Lane = new Lane(world.Schedule, name);
        Store = new FaultyStore(world.Store, world.Schedule, world.Flaw, world.Commits, name)
        {
            Weather = world.Weather,
        };
        _time = new SkewedTime(world.Schedule.Clock, TimeSpan.FromSeconds(world.Schedule.Random.Next(-300, 300)));
        _services = new GrainServices(Store, World.Key, _time);
        Calls = new PatientCalls(new ProcessCalls(world, _time), new CallFigures(Instruments.CallLatency), _time);
        Caseloads = new Caseloads(Store);
        Seen = new SeenFeed();
        _pump = new FeedPump(Store, Caseloads, Seen);
    }

    public Lane Lane { get; }

    public FaultyStore Store { get; }

    /// <summary>Calls any grain, from here.</summary>
    public IGrainCalls Calls { get; }

    public Caseloads Caseloads { get; }

    /// <summary>What the feed has shown here since the start.</summary>
    public SeenFeed Seen { get; }

    /// <summary>Why the projections stopped; null while all is well.</summary>
    public Exception? Fault => _pump.Fault is StoreFault { IsPassing: true } ? null : _pump.Fault;

    /// <summary>True once the projections have seen the log as it was at the start.</summary>
    public bool IsUp { get; private set; }

    public void Start() => Lane.Start(Run);

    /// <summary><c>kill -9</c>.</summary>
    public void Crash()
    {
        Lane.Kill();
        Store.Cut();
    }

    /// <param name="patience">As Orleans does, a call whose turn comes after its caller gave up is not begun.</param>
    public Task<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope, TimeSpan patience)
    {
        var until = _world.Schedule.Clock.Now + patience;
        return Lane.Start(async () => await (await Activated(grain)).Execute(
            command, envelope, isLate: () => _world.Schedule.Clock.Now >= until));
    }

    public Task<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class => Lane.Start(async () =>
            await ((IGrainHost<TState>)(await Activated(grain)).Host).Read(request));

    /// <summary>Lets one activation go, as Orleans does with those nobody calls.</summary>
    public void LetOneGo()
    {
        var idle = _active.Where(active => active.Value.IsCompletedSuccessfully).Select(active => active.Key).ToArray();
        if (idle.Length > 0 && _active.Remove(_world.Schedule.Pick(idle), out var gone))
        {
            _ = Lane.Start(async () => await (await gone).Host.LetGo());
        }
    }

    /// <summary>Lets all activations go.</summary>
    public void LetAllGo() => _active.Clear();

    /// <inheritdoc/>
    public async Task Expect(GrainName grain, bool inOneFile = true)
    {
        await Store.TryWrite([new NoteRow(Reminders, grain.ToString(), new byte[] { 1 })]);
        _world.NodeOf(grain)?.Wake(grain);
    }

    private async Task Run()
    {
        await Trying(_pump.CatchUp);
        _pump.Start(Lane);
        IsUp = true;
        while (true)
        {
            await Trying(Tick);
            await Task.Delay(TimeSpan.FromSeconds(30), _time);
        }
    }

    /// <summary>Reminders: whatever may be open is looked at again.</summary>
    private async Task Tick()
    {
        foreach (var row in await Store.ReadRows(Reminders, "", 100))
        {
            if (GrainName.TryParse(row.Key, out var grain) && _world.NodeOf(grain) == this)
            {
                Wake(grain);
            }
        }
    }

    private async Task Trying(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (StoreFault fault) when (fault.IsPassing)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time);
            }
        }
    }

    private void Wake(GrainName grain)
    {
        if (!_works.TryGetValue(grain, out var wake))
        {
            _works[grain] = wake = Begin(grain);
        }
        wake();
    }

    private Action Begin(GrainName grain)
    {
        if (grain.Kind == GrainKind.Municipality)
        {
            var follower = new Follower(new DecidedWork(_services, Calls, grain.Key).CarryOut, _time, static _ => { });
            follower.Start(Lane);
            return follower.Wake;
        }
        if (grain.Kind == GrainKind.Receiver)
        {
            var desk = new DeliveryDesk(_services, Calls, _world.Deliverer, NullLogger<DeliveryDesk>.Instance);
            var delivery = new ReceiverDelivery(grain.Key, desk);
            delivery.Start(Lane);
            return delivery.Look;
        }
        return static () => { };
    }

    /// <summary>The activation here; one that could not begin is begun anew by the next call.</summary>
    private async Task<Activation> Activated(GrainName grain)
    {
        if (!_active.TryGetValue(grain, out var active))
        {
            _active[grain] = active = Activate(grain);
        }
        try
        {
            return await active;
        }
        catch (StoreFault)
        {
            if (_active.TryGetValue(grain, out var failed) && failed == active)
            {
                _active.Remove(grain);
            }
            throw;
        }
    }

    private async Task<Activation> Activate(GrainName grain)
    {
        var place = new Snapshots(grain, Store, await Store.ReadSnapshot(grain));
        return new Activation(grain.Kind switch
        {
            GrainKind.Client => new GrainHost<ClientState, ClientDecider>(grain, _services, place, this),
            GrainKind.Municipality =>
                new GrainHost<MunicipalityState, MunicipalityDecider>(grain, _services, place, this),
            GrainKind.ExternalId => new GrainHost<ExternalIdState, ExternalIdDecider>(grain, _services, place),
            GrainKind.Receiver => new GrainHost<ReceiverState, ReceiverDecider>(grain, _services, place, this),
            _ => throw new ArgumentOutOfRangeException(nameof(grain)),
        });
    }
}
