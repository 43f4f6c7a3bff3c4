using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Engines;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// What the platform costs beside a bare Orleans grain with a payload of the same size: calls, durable commands, cold
/// starts and memory in one process; then commands, reads and starts of processes. All take turns.
/// </summary>
internal static class HouseBenchmark
{
    private const string OneByOne = "one fsync per command, bare SQLite";
    private const string Orleans = "Orleans";
    private const string Bare = "bare Orleans grain";
    private const string BareFound = "bare Orleans grain, GetGrain for each call";
    private const int Grains = 256;

    private static readonly Turns Turns = new(Rounds: 5, Seconds: 2, WarmUpSeconds: 6);

    /// <summary>What hosts the grains.</summary>
    private static readonly (string Name, EngineChoice Choice, string[] Options)[] Engines =
    [
        ("embedded engine", EngineChoice.Embedded, ["--engine", "embedded"]),
        (Orleans, EngineChoice.Orleans, ["--engine", "orleans"]),
    ];

    /// <summary>OSST_BENCH_ROWS names those that are wanted: calls, appends, cold, http, starts.</summary>
    private static bool Wanted(string rows) =>
        Environment.GetEnvironmentVariable("OSST_BENCH_ROWS") is not { Length: > 0 } wanted || wanted.Contains(
            rows, StringComparison.Ordinal);

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("house");
        foreach (var (name, measure) in new (string, Func<FigureTable, Task>)[]
        {
            ("calls", Calls), ("appends", Appends), ("cold", Cold), ("http", Http), ("starts", Starts),
        })
        {
            if (Wanted(name))
            {
                await measure(table);
            }
        }
        return table.WithRatios(Bare, OneByOne, Orleans);
    }

    private static async Task Calls(FigureTable table)
    {
        await using var bare = await BareSilo.Open();
        var keys = Enumerable.Range(100, Grains).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var peers = new List<(string Name, Func<int, int, Task<CallRate>> Load)>();
        var places = new List<Workplace>();
        foreach (var (name, choice, _) in Engines)
        {
            var place = await Workplace.Open(Workplace.NewAddress(), choice);
            places.Add(place);
            var (grains, read) = (await Municipalities(place, keys), new ReadEnvelope(Operator));
            peers.Add((name, (callers, seconds) =>
                Callers.Loop(callers, seconds, i => place.Silo.Grains.Read(grains[i % Grains], read))));
        }
        var kept = keys.Select(bare.Find).ToArray();
        peers.Add((Bare, (callers, seconds) =>
            Callers.Loop(callers, seconds, i => BareSilo.Read(kept[i % Grains]))));
        peers.Add((BareFound, (callers, seconds) =>
            Callers.Loop(callers, seconds, i => bare.Read(keys[i % Grains]))));
        foreach (var callers in new[] { 1, 2, 64 })
        {
            var cpu = peers.ToDictionary(peer => peer.Name, _ => new List<double>());
            await Turns.Measure(table, $"warm call, callers {callers}", "calls/s", [.. peers.Select(peer =>
                new Contender(peer.Name, async seconds =>
                {
                    var rate = await peer.Load(callers, seconds);
                    cpu[peer.Name].Add(rate.CpuMicroseconds);
                    return rate.PerSecond;
                }))]);
            foreach (var (name, taken) in cpu)
            {
                table.Add(new Figure( // The first one warmed up.
                    $"{name}: processor time of a warm call, callers {callers}", "µs", [.. taken.Skip(1)]));
            }
        }
        foreach (var place in places)
        {
            await place.DisposeAsync();
        }
    }

    private static Caller Operator { get; } = new(Role.Operator, "bench", null, "benchmark");

    private static async Task<GrainName[]> Municipalities(Workplace place, string[] keys)
    {
        var grains = keys.Select(GrainName.Municipality).ToArray();
        foreach (var grain in grains)
        {
            await place.Silo.Grains.Execute(
                grain, new CommandEnvelope(Guid.NewGuid(), new RegisterMunicipality("Kunta"), Operator));
        }
        return grains;
    }

    private static async Task Appends(FigureTable table)
    {
        foreach (var callers in new[] { 1, 32, 256 })
        {
            var peers = new List<Contender> { new(OneByOne, AppendBenchmark.OneByOne) };
            var places = new List<Workplace>();
            foreach (var (name, choice, _) in Engines)
            {
                var place = await Workplace.Open(Workplace.NewAddress(), choice);
                places.Add(place);
                var clients = await place.RegisterClients(callers);
                peers.Add(new Contender(name, seconds => AppendBenchmark.Concurrently(
                    callers, async i => await place.Send(clients[i], Attempt), seconds)));
            }
            await Turns.Measure(table, $"durable command, callers {callers}", "commands/s", peers);
            foreach (var place in places)
            {
                await place.DisposeAsync();
            }
        }
    }

    private static RecordContactAttempt Attempt { get; } = new(ContactChannel.Phone, Reached: true);

    private static async Task Cold(FigureTable table)
    {
        var peers = new List<(string Name, Func<Task<ColdStart>> Start)>();
        var places = new List<Workplace>();
        foreach (var (name, choice, _) in Engines)
        {
            var place = await Workplace.Open(Workplace.NewAddress(), choice);
            places.Add(place);
            var clients = await place.RegisterClients(ColdStart.Grains);
            await place.Silo.WaitFor(place.Silo.Store.LastPosition);
            peers.Add((name, () => ColdStart.Of(
                place.Close, place.OpenAgain, i => place.Send(clients[i], Attempt))));
        }
        peers.Add((Bare, ColdStart.OfBare));
        await ColdStart.Measure(table, Turns.Rounds, peers);
        foreach (var place in places)
        {
            await place.DisposeAsync();
        }
    }

    private static Task Http(FigureTable table) =>
        HouseProcesses.Http(table, Turns, [.. Engines.Select(engine => (engine.Name, engine.Options))]);

    private static Task Starts(FigureTable table) =>
        HouseProcesses.Starts(table, Turns.Rounds, [.. Engines.Select(engine => (engine.Name, engine.Options))]);
}
