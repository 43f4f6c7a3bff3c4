using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>
/// Some processes on one store, callers, and whatever comes between them, for one seed: a short life that ends when
/// everything that was begun is done.
/// </summary>
internal sealed class World
{
    private const int Processes = 2;
    private const int MostSteps = 60_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(15);
    private static readonly MasterKey s_key = FixedKey();

    private readonly List<Node> _nodes = [];
    private readonly int _crashOneIn;
    private int _started;
    private bool _isStormy = true;

    public World(int seed, StoreFlaw flaw = StoreFlaw.None, IEventStore? store = null)
    {
        (Schedule, Flaw) = (new Schedule(seed), flaw);
        Store = store ?? new MemoryStore(flaw);
        if (Store is MemoryStore memory)
        {
            memory.Committed += Commits.Raise;
        }
        History = new History(Schedule, Store as MemoryStore);
        Deliverer = new Deliverer(
            Deliver, new DeliveryPatience(20, Seconds(1), Seconds(10), Seconds(20)), new Random(seed));
        var storms = Schedule.Random.Next(4);
        _crashOneIn = storms == 0 ? int.MaxValue : 900 / storms;
        Traffic = new Traffic(this);
    }

    public Schedule Schedule { get; }

    public StoreFlaw Flaw { get; }

    public IEventStore Store { get; }

    public CommitSignal Commits { get; } = new();

    /// <summary>The master key of every world.</summary>
    public static MasterKey Key => s_key;

    public History History { get; }

    public Traffic Traffic { get; }

    public Deliverer Deliverer { get; }

    public Weather Weather { get; private set; } = Weather.Fair;

    /// <summary>The processes that are alive.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Where a grain's next call goes: mostly to one process, by mistake to another; null while none is up.
    /// </summary>
    public Node? NodeOf(GrainName grain)
    {
        var up = _nodes.Where(node => node.IsUp).ToArray();
        return up.Length == 0 ? null
            : _isStormy && Schedule.OneIn(6) ? Schedule.Pick(up)
            : up[grain.Key.Sum(letter => letter) % up.Length];
    }

    /// <summary>Lives through the schedule; returns what was never done, or null.</summary>
    /// <exception cref="Exception">A caller met what it must not meet.</exception>
    public string? Run()
    {
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Live();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private string? Live()
    {
        for (var i = 0; i < Processes; i++)
        {
            StartOne();
        }
        Until(Traffic.Prepare());
        Weather = new Weather(Refused: 150, Lost: 120, Slow: 25);
        foreach (var node in _nodes)
        {
            node.Store.Weather = Weather;
        }
        var callers = Traffic.Begin();
        while (!callers.IsCompleted && Schedule.Steps < MostSteps)
        {
            Schedule.Step();
            Disturb();
        }
        Heal();
        var late = Schedule.Clock.Now + s_patience;
        for (var next = Schedule.Clock.Now + s_idle; !(callers.IsCompleted && IsQuiet());)
        {
            if (Schedule.Clock.Now > next)
            {
                next += s_idle;
                LetAllGo(); // What an activation that was one too many has stored, the one that is left did not hear.
            }
            if (!Schedule.Step() || Schedule.Clock.Now > late)
            {
                DemandUnbroken(callers);
                return $"after two hours of fair weather it is not done: {string.Join("; ", Unrest(callers))}";
            }
        }
        DemandUnbroken(callers);
        return null;
    }

    private static void DemandUnbroken(Task callers)
    {
        if (callers.IsFaulted)
        {
            callers.GetAwaiter().GetResult();
        }
    }

    private void Until(Task done)
    {
        while (!done.IsCompleted)
        {
            if (!Schedule.Step() || Schedule.Steps > MostSteps)
            {
                throw new InvalidOperationException($"It is not done after {Schedule.Steps} steps.");
            }
        }
        done.GetAwaiter().GetResult();
    }

    private void StartOne()
    {
        var node = new Node(this, $"process {++_started}");
        _nodes.Add(node);
        node.Start();
    }

    private void Disturb()
    {
        if (_nodes.Count > 0 && Schedule.OneIn(_crashOneIn))
        {
            var dying = Schedule.Pick(_nodes);
            _nodes.Remove(dying);
            dying.Crash();
        }
        if (_nodes.Count < Processes && Schedule.OneIn(80))
        {
            StartOne();
        }
        if (_nodes.Count > 0 && Schedule.OneIn(700))
        {
            Schedule.Pick(_nodes).Lane.PausedUntil = Schedule.Clock.Now + Seconds(Schedule.Random.Next(1, 40));
        }
        if (_nodes.Count > 0 && Schedule.OneIn(200))
        {
            Schedule.Pick(_nodes).LetOneGo();
        }
    }

    /// <summary>The storm is over: every process is up, and of each grain there is one activation, a fresh one.
    /// </summary>
    private void Heal()
    {
        (Weather, _isStormy) = (Weather.Fair, false);
        while (_nodes.Count < Processes)
        {
            StartOne();
        }
        foreach (var node in _nodes)
        {
            node.Store.Weather = Weather;
            node.Lane.PausedUntil = default;
        }
        LetAllGo();
    }

    private void LetAllGo()
    {
        foreach (var node in _nodes)
        {
            node.LetAllGo();
        }
    }

    private bool IsQuiet() => !Unrest(Task.CompletedTask).Any();

    private IEnumerable<string> Unrest(Task callers)
    {
        if (!callers.IsCompleted)
        {
            yield return "a caller waits";
        }
        foreach (var node in _nodes)
        {
            if (node.Fault is { } fault)
            {
                yield return $"{node.Lane}: {fault.GetType().Name} {fault.Message}";
            }
            if (node.Seen.Last < Store.LastPosition)
            {
                yield return $"{node.Lane} has seen {node.Seen.Last} of {Store.LastPosition}";
            }
            if (Traffic.OpenIn(node.Caseloads) is { } code)
            {
                yield return $"{code} has open work";
            }
        }
        if (Traffic.Receiver is { } receiver && PlaceOf(receiver) < Store.LastPosition)
        {
            yield return $"the receiver is at {PlaceOf(receiver)} of {Store.LastPosition}";
        }
    }

    private long PlaceOf(string receiver) => Ended(new DeliveryPlaces((INotes)Store).Find(receiver))?.Position ?? 0;

    private static T Ended<T>(ValueTask<T> done) => done.AsTask().GetAwaiter().GetResult();

    private async ValueTask<NotTaken?> Deliver(
        string key, Grains.Receiver.ReceiverState receiver, OutgoingEvent outgoing, CancellationToken stop)
    {
        await Task.Yield();
        if (Weather != Weather.Fair && Schedule.OneIn(8))
        {
            return new NotTaken("TEST");
        }
        using var body = JsonDocument.Parse(outgoing.Body);
        _ = GrainName.TryParse(body.RootElement.GetProperty("subject").GetString()!, out var grain);
        History.Got(grain, outgoing.Position);
        await Task.Yield();
        return Weather != Weather.Fair && Schedule.OneIn(12) ? new NotTaken("LOST") : null;
    }

    /// <summary>The same in every run: names that are derived from it are part of a schedule.</summary>
    private static MasterKey FixedKey()
    {
        var folder = Directory.CreateTempSubdirectory("osst-proof-");
        var path = Path.Combine(folder.FullName, MasterKey.FileName);
        KeyFile.Write(path, "master key", Enumerable.Range(0, 32).Select(number => (byte)number).ToArray());
        var key = MasterKey.Open(path, storeIsEmpty: false);
        folder.Delete(recursive: true);
        return key;
    }
}
