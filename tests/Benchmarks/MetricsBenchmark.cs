using System.Buffers;
using System.Diagnostics;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Live metrics of all 300 municipalities through the GraphQL engine, while the number of clients grows: the cost must
/// not grow with it. The caseloads are filled straight from made-up events: nothing here waits for a disk.
/// </summary>
internal static class MetricsBenchmark
{
    public const int Municipalities = 300;
    private const int Questions = 200;

    /// <summary>The codes of the municipalities.</summary>
    public static IEnumerable<string> Codes => Enumerable.Range(0, Municipalities).Select(CodeOf);

    private const string Query = """
        { caseloadMetrics { asOf { position } municipalities clients byStatus { status count }
          byReason { reason count } byAgeBand { ageBand count } overdue { kind count }
          byMethod { method { code } count } } }
        """;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("metrics");
        foreach (var clients in new[] { 10_000, 100_000, 200_000 })
        {
            await using var place = await Workplace.Open();
            await Fill(place.Silo, clients);
            var engine = PlatformSchema.Build(place.Silo);
            var live = new GraphQLRequestContext { User = new Caller(Role.Coordinator, "bench", Reach.Of(Codes)) };
            var released = new GraphQLRequestContext { User = new Caller(Role.Researcher, "bench", Reach.All) };
            await table.Measure(
                $"all 300 municipalities, {clients:#,0} clients, p95", "ms", () => Percentile(engine, live, 0.95));
            await table.Measure(
                $"the same as released to others, {clients:#,0} clients, p95", "ms",
                () => Percentile(engine, released, 0.95));
        }
        return table;
    }

    private static async Task<double> Percentile(IGraphQLEngine engine, GraphQLRequestContext context, double share)
    {
        var answer = new ArrayBufferWriter<byte>(64 * 1024);
        var times = new List<double>(Questions);
        for (var i = 0; i < Questions; i++)
        {
            answer.ResetWrittenCount();
            var watch = Stopwatch.StartNew();
            var result = await engine.ExecuteAsync(new GraphQLRequest(Query), context, answer);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (result.Outcome != GraphQLOutcome.Success)
            {
                throw new InvalidOperationException($"The metrics query failed: {result.FirstErrorCode}.");
            }
        }
        times.Sort();
        return times[(int)(Questions * share)];
    }

    private static string CodeOf(int municipality) => $"{municipality + 100}";

    /// <summary>Made-up events of clients in 300 municipalities, straight into the caseloads.</summary>
    public static async Task Fill(Platform silo, int clients)
    {
        var position = 0L;
        var day = new DateOnly(2018, 1, 8);
        for (var m = 0; m < Municipalities; m++)
        {
            var code = CodeOf(m);
            await Apply(code, GrainName.Municipality(code), 1, new MunicipalityRegistered($"Kunta {m}", null));
        }
        for (var i = 0; i < clients; i++)
        {
            var municipality = CodeOf(i % Municipalities);
            var client = GrainName.Client($"bench-{i}");
            var reason = (ReferralReason)((i % 8) + 1);
            await Apply(municipality, client, 1, new ClientRegistered(
                municipality, default, default, 1955 + (i % 45), null, null, true));
            await Apply(municipality, client, 2, new ReferralReceived(
                "r1", ReferralSource.Kela, reason, 3, null, false, false, false));
            if (i % 3 != 0)
            {
                await Apply(municipality, client, 3, new ContactAttempted(ContactChannel.Letter, true, "r1", null));
            }
        }

        ValueTask Apply(string municipality, GrainName grain, long version, IEvent happened) => silo.Caseloads.Apply(
            new StoredEvent(
                grain, version, ++position, municipality, "", day.AddDays((int)(position % 700)), default, default, "",
                default, default), happened);
    }
}
