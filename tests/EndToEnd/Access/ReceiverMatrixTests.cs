using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests.Access;

/// <summary>
/// What each receiver is told, asked by the feed; deliveries take the same way. The table is beside this file.
/// </summary>
[Collection("demo")]
public sealed class ReceiverMatrixTests(DemoServer demo)
{
    private const string Own = "680";
    private const string Away = "320";

    /// <summary>The stored names of the table's events.</summary>
    private static readonly Dictionary<string, string> s_types = new()
    {
        ["technical"] = "municipality.caseload-limit-set",
        ["person"] = "client.registered",
        ["opening"] = "client.access-opened",
    };

    private static readonly string[][] s_table =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "receivers.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    private readonly string _run = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Each_receiver_is_told_what_the_one_who_registered_it_may_let_out()
    {
        var coordinator = demo.Server.As(Role.Coordinator, Own);
        await Register("own", coordinator, Own, []);
        await Register("away", demo.Server.As(Role.Coordinator, Away), Away, []);
        await Register("operator", demo.Server.As(Role.Operator), null, [s_types["technical"]]);
        var before = await demo.Server.Position();
        var client = await coordinator.RegisterSomeone("told");
        await coordinator.Mutate("setCaseloadLimit", new { municipality = Own, clients = 9_999 });
        await coordinator.Mutate("setCaseloadLimit", new { municipality = Own });
        await coordinator.Mutate("registerStaffMember", new { municipality = Own, workerId = $"told-{_run}" });
        var opened = await demo.Server.As(Role.SocialWorker, Own, $"told-{_run}").Mutate(
            "openAccess", new { clientId = client, reason = "DANGER", words = "Synteettinen hätä" });
        Assert.True(opened.GetProperty("accepted").GetBoolean(), opened.GetRawText());
        var receivers = s_table[0][1..];
        for (var at = 0; at < receivers.Length; at++)
        {
            var told = await Told(receivers[at], before);
            Assert.Equal(
                s_table[1..].Where(line => line[at + 1] == "y").Select(line => line[0]),
                s_table[1..].Select(line => line[0]).Where(kind => told.Contains($"osst.{s_types[kind]}")));
        }
    }

    private async Task Register(string receiver, GraphQLClient by, string? municipality, string[] eventTypes)
    {
        var payload = await by.Mutate("registerReceiver", new
        {
            receiverId = $"{receiver}-{_run}",
            name = "Matrix",
            purpose = "test",
            legalBasis = "703/2023",
            municipality,
            subject = "tester",
            eventTypes,
        });
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
    }

    /// <summary>The types of events behind a position that the receiver gets.</summary>
    private async Task<HashSet<string>> Told(string receiver, long after)
    {
        var (types, cursor) = (new HashSet<string>(), "");
        while (true)
        {
            var answer = await demo.Server.As(Role.Integration).Send(new HttpRequestMessage(
                HttpMethod.Get, $"/feed?limit=500&receiver={receiver}-{_run}&after={cursor}"));
            var page = JsonElement.Parse(answer.Text);
            types.UnionWith(page.GetProperty("events").EnumerateArray()
                .Where(told => told.GetProperty("position").GetInt64() > after)
                .Select(told => told.GetProperty("type").GetString()!));
            cursor = page.GetProperty("cursor").GetString()!;
            if (!page.GetProperty("hasMore").GetBoolean())
            {
                return types;
            }
        }
    }
}
