using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Search;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Finding a client by name among 200 000, a tenth of them in one register, through the GraphQL engine and with durable
/// lines of the use log; what a start reads for it, and what it holds in memory. Names are made of syllables, so that
/// many share their beginnings.
/// </summary>
internal static class SearchBenchmark
{
    private const string Register = "837";
    private const int Clients = 200_000;
    private const int Questions = 200;

    private const string Query = """
        query($name: PersonalText!) { findClients(register: "837", by: { name: $name }) {
          othersExist hasMore clients { clientId lastName firstNames birthYear entry { status } } } }
        """;

    private static readonly string[] s_syllables =
        ["ma", "ki", "vir", "ta", "nen", "kor", "ho", "la", "mä", "ke", "ni", "sal", "mi", "hei", "jär", "vi"];

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("search");
        await table.Measure(
            $"words of {Clients:#,0} clients in memory", "bytes/client", () => Task.FromResult(Bytes()));
        await using var place = await Workplace.Open();
        await Fill(place);
        await Find(place, "virtanen");
        foreach (var (what, letters) in new[] { ("3 letters", 3), ("a last name and 3", 0) })
        {
            await table.Measure($"a search by {what}, p95", "ms", () => Percentile(place, letters));
        }
        await table.Measure("start to the first search answered", "s", async () =>
        {
            await place.Close();
            var watch = Stopwatch.StartNew();
            await place.OpenAgain();
            await Find(place, "virtanen");
            return watch.Elapsed.TotalSeconds;
        });
        return table;
    }

    private static async Task<double> Percentile(Workplace place, int letters)
    {
        var engine = PlatformSchema.Build(place.Silo, limits: new ApiLimits { MaxSearchesPerMinute = 10_000 });
        var context = new GraphQLRequestContext { User = Workplace.Worker };
        var answer = new ArrayBufferWriter<byte>(64 * 1024);
        var times = new List<double>(Questions);
        var random = new Random(2019);
        for (var i = 0; i < Questions; i++)
        {
            answer.ResetWrittenCount();
            var name = letters > 0 ? Name(random)[..letters] : $"{Name(random)} {Name(random)[..3]}";
            var watch = Stopwatch.StartNew();
            var result = await engine.ExecuteAsync(
                new GraphQLRequest(Query, Variables: JsonSerializer.SerializeToElement(new { name })), context, answer);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (result.Outcome != GraphQLOutcome.Success)
            {
                throw new InvalidOperationException($"A search failed: {result.FirstErrorCode}.");
            }
        }
        times.Sort();
        return times[(int)(Questions * 0.95)];
    }

    /// <summary>Waits until this process has all words.</summary>
    private static async Task Find(Workplace place, string name)
    {
        while (true)
        {
            try
            {
                await place.Silo.Projections.Search.ByName(
                    new SearchQuestion(Register, null, place.Silo.Services.Clock().Today, 20), name);
                return;
            }
            catch (LimitReached)
            {
                await Task.Delay(1);
            }
        }
    }

    private static async Task Fill(Workplace place)
    {
        var random = new Random(1952);
        var codes = Workplace.Municipalities(300);
        var people = Enumerable.Range(0, Clients).Select(i => (
            Client: GrainName.Client($"bench-{i}"),
            Command: new RegisterClient(
                i % 10 == 0 ? Register : codes[i % codes.Length], new PersonalText(Name(random)),
                new PersonalText($"{Name(random)} {Name(random)}"), 1980,
                TemporaryIdentifier: new PersonalText($"T-{i}"), Synthetic: true))).ToArray();
        var caller = new Caller(Role.Coordinator, "bench", Reach.All, Purposes.ClientWork);
        await Parallel.ForEachAsync(
            people, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (person, _) =>
                await place.Silo.Grains.Execute(person.Client, person.Command, new Envelope(Guid.NewGuid(), caller)));
        await place.Reopen(); // Without the clients' grains in memory.
    }

    private static double Bytes()
    {
        var random = new Random(1952);
        var clients = Enumerable.Range(0, Clients).Select(i => $"client-{i}").ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new WordIndex();
        for (var i = 0; i < Clients; i++)
        {
            var words = new ClientWords(Name(random), $"{Name(random)} {Name(random)}", 0, []);
            index.Put($"{i % 300}", clients[i], words.All());
        }
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(index);
        return (after - before) / (double)Clients;
    }

    private static string Name(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(2, 5)).Select(_ => s_syllables[random.Next(s_syllables.Length)]));
}
