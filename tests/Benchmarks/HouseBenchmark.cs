using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// What the platform costs beside a bare Orleans grain with a payload of the same size: calls, durable commands, cold
/// starts and memory in one process; then commands, reads and starts of processes. All take turns.
/// </summary>
internal static class HouseBenchmark
{
    private const string OneByOne = "one fsync per command, bare SQLite";
    private const string House = "this platform";
    private const string Bare = "bare Orleans grain";
    private const string BareFound = "bare Orleans grain, GetGrain for each call";
    private const int Grains = 256;

    private static readonly Turns Turns = new(Rounds: 5, Seconds: 2, WarmUpSeconds: 6);

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
        return table.WithRatios(Bare, OneByOne);
    }

    private static async Task Calls(FigureTable table)
    {
        await using var bare = await BareSilo.Open();
        var keys = Workplace.Municipalities(Grains);
        await using var place = await Workplace.Open();
        var (grains, read) = (await Municipalities(place, keys), new ReadRequest(Operator));
        var peers = new List<(string Name, Func<int, int, Task<CallRate>> Load)>
        {
            (House, (callers, seconds) => Callers.Loop(
                callers, seconds, i => place.Silo.Grains.Read<MunicipalityState>(grains[i % Grains], read))),
        };
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
    }

    private static Caller Operator { get; } = new(Role.Operator, "bench", Reach.All);

    private static async Task<GrainName[]> Municipalities(Workplace place, string[] keys)
    {
        var grains = keys.Select(GrainName.Municipality).ToArray();
        foreach (var grain in grains)
        {
            await place.Silo.Grains.Execute(
                grain, new RegisterMunicipality("Kunta"), new Envelope(Guid.NewGuid(), Operator));
        }
        return grains;
    }

    private static async Task Appends(FigureTable table)
    {
        foreach (var callers in new[] { 1, 32, 256 })
        {
            await using var place = await Workplace.Open();
            var clients = await place.RegisterClients(callers);
            await Turns.Measure(
                table, $"durable command, callers {callers}", "commands/s",
                new Contender(OneByOne, AppendBenchmark.OneByOne),
                new Contender(House, seconds => AppendBenchmark.Concurrently(
                    callers, async i => await place.Send(clients[i], Attempt), seconds)));
        }
    }

    private static RecordContactAttempt Attempt { get; } = new(ContactChannel.Phone, Reached: true);

    private static async Task Cold(FigureTable table)
    {
        await using var place = await Workplace.Open();
        var clients = await place.RegisterClients(ColdStart.Grains);
        await place.Silo.WaitFor(place.Silo.Store.LastPosition);
        await ColdStart.Measure(table, Turns.Rounds,
        [
            (House, () => ColdStart.Of(place.Close, place.OpenAgain, i => place.Send(clients[i], Attempt))),
            (Bare, ColdStart.OfBare),
        ]);
    }

    private static Task Http(FigureTable table) => HouseProcesses.Http(table, Turns, House);

    private static Task Starts(FigureTable table) => HouseProcesses.Starts(table, Turns.Rounds, House);
}
