using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.GraphQL;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The timeline of a client with 500 events, each with a note, over GraphQL: the grain is not in memory when asked,
/// and the answer leaves only after its use-log lines are on disk.
/// </summary>
internal static class TimelineBenchmark
{
    private const int Clients = 100;
    private const int Events = 500;

    private const string Query = """
        query($id: ID!, $first: Int!, $after: String) { client(id: $id) { timeline(first: $first, after: $after) {
          totalCount pageInfo { hasNextPage endCursor }
          nodes { version kind occurredOn recordedAt who text words { heading text } inErrorBy corrects } } } }
        """;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("timeline");
        await using var place = await Workplace.Open();
        var clients = await place.RegisterClients(Clients);
        await Parallel.ForEachAsync(
            clients, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (client, _) =>
            {
                for (var i = 1; i < Events; i++)
                {
                    await place.Send(client, new RecordContactAttempt(
                        ContactChannel.Phone, Reached: true, Note: new PersonalText("Sovittiin uusi aika.")));
                }
            });
        await ColdTimes(place, clients);
        var runs = new List<List<double>>();
        for (var i = 0; i < FigureTable.Runs; i++)
        {
            runs.Add(await ColdTimes(place, clients));
        }
        foreach (var (name, share) in new[] { ("half of them", 0.5), ("95 of 100", 0.95) })
        {
            table.Add(new Figure(
                $"500 events, cold, the first 50: {name}", "ms", [.. runs.Select(r => r[(int)(r.Count * share)])]));
        }
        return table;
    }

    /// <summary>Every client once, each for the first time since the silo was opened.</summary>
    private static async Task<List<double>> ColdTimes(Workplace place, GrainName[] clients)
    {
        await place.Reopen();
        var engine = PlatformSchema.Build(place.Silo);
        var context = new GraphQLRequestContext { User = Workplace.Worker };
        var answer = new ArrayBufferWriter<byte>(64 * 1024);
        var times = new List<double>(clients.Length);
        foreach (var client in clients)
        {
            answer.ResetWrittenCount();
            var watch = Stopwatch.StartNew();
            var result = await engine.ExecuteAsync(RequestFor(client), context, answer);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (result.Outcome != GraphQLOutcome.Success)
            {
                throw new InvalidOperationException($"The timeline failed: {result.FirstErrorCode}.");
            }
        }
        times.Sort();
        return times;
    }

    private static GraphQLRequest RequestFor(GrainName client) => new(Query)
    {
        Variables = JsonSerializer.SerializeToElement(new { id = client.Key, first = 50 }),
    };
}
