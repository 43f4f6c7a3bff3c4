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
/// All worklists of one municipality with 20 000 clients through the GraphQL engine, fifty items of each. The caseload
/// is filled straight from made-up events: nothing here waits for a disk.
/// </summary>
internal static class WorklistBenchmark
{
    private const string Municipality = "837";
    private const int Clients = 20_000;
    private const int Questions = 200;

    private const string Query = """
        query($worker: String) { worklists(municipality: "837", workerId: $worker) { asOf { position } lists {
          kind count items(first: 50) { pageInfo { hasNextPage endCursor } nodes { dueOn entry {
            clientId status reason workerId reviewDueOn nextMeetingOn overdue } } } } } }
        """;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("worklists");
        await using var place = await Workplace.Open();
        await Fill(place.Silo);
        var engine = PlatformSchema.Build(place.Silo);
        var context = new GraphQLRequestContext
        {
            User = new Caller(Role.Coordinator, "bench", Reach.Of(Municipality), Purposes.ClientWork),
        };
        await table.Measure(
            $"all lists, {Clients:#,0} clients, p95", "ms", () => Percentile(engine, context, null, 0.95));
        await table.Measure(
            "one worker's lists of them, p95", "ms", () => Percentile(engine, context, "w7", 0.95));
        return table;
    }

    private static async Task<double> Percentile(
        IGraphQLEngine engine, GraphQLRequestContext context, string? worker, double share)
    {
        var answer = new ArrayBufferWriter<byte>(256 * 1024);
        var request = new GraphQLRequest(Query)
        {
            Variables = System.Text.Json.JsonSerializer.SerializeToElement(new { worker }),
        };
        var times = new List<double>(Questions);
        for (var i = 0; i < Questions; i++)
        {
            answer.ResetWrittenCount();
            var watch = Stopwatch.StartNew();
            var result = await engine.ExecuteAsync(request, context, answer);
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (result.Outcome != GraphQLOutcome.Success)
            {
                throw new InvalidOperationException($"The worklists failed: {result.FirstErrorCode}.");
            }
        }
        times.Sort();
        return times[(int)(Questions * share)];
    }

    private static async Task Fill(Platform silo)
    {
        var position = 0L;
        var first = silo.Services.Clock().Today.AddDays(-700);
        await Apply(GrainName.Municipality(Municipality), 1, new MunicipalityRegistered("Tampere", null), 0);
        for (var i = 0; i < Clients; i++)
        {
            var version = 0L;
            foreach (var (happened, after) in Life(i, first.AddDays(i % 600)))
            {
                await Apply(GrainName.Client($"bench-{i}"), ++version, happened, (i % 600) + after);
            }
        }

        ValueTask Apply(GrainName grain, long version, IEvent happened, int day) => silo.Caseloads.Apply(
            new StoredEvent(
                grain, version, ++position, Municipality, "", first.AddDays(day), default, default, "", default,
                default), happened);
    }

    /// <summary>Everybody came one day; fewer and fewer went on from step to step.</summary>
    private static IEnumerable<(IEvent Happened, int After)> Life(int number, DateOnly day)
    {
        var reason = (ReferralReason)((number % 8) + 1);
        yield return (new ClientRegistered(Municipality, default, default, 1955 + (number % 45), null, null, true), 0);
        yield return (
            new ReferralReceived("r1", ReferralSource.Kela, reason, 2, null, number % 50 == 0, false, false), 0);
        if (number % 20 == 0)
        {
            yield return (new DiscussionRequested(null), 1);
        }
        if (number % 3 == 0)
        {
            yield break;
        }
        yield return (new ContactAttempted(ContactChannel.Phone, true, "r1", null), 5);
        yield return (new WorkerAssigned($"w{number % 200}", number % 4 != 0), 6);
        yield return (new MeetingBooked("m1", day.AddDays(20), null, MeetingSetting.Office, null, "r1"), 7);
        if (number % 5 == 0)
        {
            yield break;
        }
        yield return (new MeetingAttended("m1", day.AddDays(20), null, null), 20);
        yield return (new NeedAssessed(true, (SupportDuration)((number % 3) + 1), null, null, "r1"), 30);
        if (number % 2 == 0)
        {
            yield return (new PlanMade("p1", true, null, null, null, null), 40);
        }
    }
}
