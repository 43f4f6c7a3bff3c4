using System.Buffers;
using System.Diagnostics;
using System.Text;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.GraphQL;
using OsstOrleans.Simulation;

namespace OsstOrleans.Benchmarks;

/// <summary>The GraphQL engine and its resolvers without HTTP: where a request's time goes.</summary>
internal static class EngineBenchmark
{
    private const int Requests = 20_000;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("engine");
        await using var place = await Workplace.Open();
        await new Loader(place.Silo.Grains).Load(Population.Of(1, 1_000, OsstDataSet.Embedded()));
        await place.Silo.WaitFor(place.Silo.Store.LastPosition);
        var engine = PlatformSchema.Build(place.Silo, engine: GraphQLEngineKind.Own);
        var caller = new Caller(Role.Coordinator, "bench", Reach.Of("837"), Purposes.ClientWork);
        foreach (var (kind, query) in new[] { ("small", GraphQLBenchmark.Small), ("nested", GraphQLBenchmark.Nested) })
        {
            var body = Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(new { query }));
            await table.Measure($"parse the request: {kind}", "µs", () => Time(() =>
            {
                GraphQLRequest.Parse(body);
                return ValueTask.CompletedTask;
            }));
            var answer = new ArrayBufferWriter<byte>(64 * 1024);
            await table.Measure($"execute and write: {kind}", "µs", () => Time(async () =>
            {
                answer.ResetWrittenCount();
                await engine.ExecuteAsync(
                    new GraphQLRequest(query), new GraphQLRequestContext { User = caller }, answer);
            }));
            table.Add(new Figure($"size of the answer: {kind}", "bytes", [answer.WrittenCount]));
        }
        return table;
    }

    private static async Task<double> Time(Func<ValueTask> once)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Requests; i++)
        {
            await once();
        }
        return watch.Elapsed.TotalMicroseconds / Requests;
    }
}
