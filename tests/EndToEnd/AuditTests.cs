using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What those who see to data protection ask, and what others are refused (703/2023 10 and 11 §).</summary>
[Collection("demo")]
public sealed class AuditTests(DemoServer demo)
{
    private const string Raisio = "680";

    private const string Audit = """
        query($client: ID, $user: String, $kind: AuditKind, $first: Int! = 50, $after: String,
            $from: Date! = "2018-01-01") {
          accessAudit(register: "680", from: $from, client: $client, user: $user, kind: $kind, first: $first,
            after: $after) {
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }
            nodes { kind clientId use { actor what basis purpose register } disclosure { what recipient } } } }
        """;

    private readonly GraphQLClient _officer = demo.Server.As(Role.DataProtection, Raisio, "officer");
    private readonly GraphQLClient _coordinator = demo.Server.As(Role.Coordinator, Raisio);

    [Fact]
    public async Task The_officer_sees_who_used_a_clients_data_and_leaves_a_line_there()
    {
        var client = await _coordinator.RegisterSomeone("audit");
        await _coordinator.Query("query($client: ID!) { client(id: $client) { lastName } }", new { client });
        await demo.Server.As(Role.SocialWorker, Raisio, "stranger").Send(
            "query($client: ID!) { client(id: $client) { lastName } }", new { client });
        string[] before =
        [
            "REFUSED social-worker/stranger denied: client client-work",
            "CLIENT_USE coordinator/tester client client-work",
        ];
        Assert.Equal(before, Lines(await Page(new { client })));
        Assert.Equal(
            ["CLIENT_USE data-protection/officer access-audit supervision", .. before],
            Lines(await Page(new { client })));
        Assert.Equal(before[..1], Lines(await Page(new { client, kind = "REFUSED" })));
        Assert.Equal(before[1..], Lines(await Page(new { client, user = "coordinator/tester" })));
        var register = Lines(await Page(new { user = "data-protection/officer", kind = "REGISTER_USE", first = 1 }));
        Assert.Equal(
            "REGISTER_USE data-protection/officer access-audit from=2018-01-01 "
            + $"user=coordinator/tester client={client}; 1 clients shown supervision", Assert.Single(register));
        var seen = (await _coordinator.Query(
            "query($client: ID!) { client(id: $client) { accessLog { nodes { actor basis } } } }", new { client }))
            .At("client", "accessLog", "nodes").EnumerateArray()
            .Select(node => node.GetProperty("actor").GetString()).ToList();
        Assert.Contains("social-worker/stranger", seen);
        Assert.DoesNotContain("data-protection/officer", seen); // It may be the coordinator who is looked at.
    }

    /// <summary>To manage by the register's figures is to use its data (552/2019 19 §).</summary>
    [Fact]
    public async Task Exact_figures_of_the_own_register_leave_a_line_whatever_asks_for_them()
    {
        var counter = demo.Server.As(Role.Coordinator, Raisio, "counter");
        foreach (var (question, line) in new[]
        {
            ("caseloadTrend(municipalities: [\"680\"], measures: [OPEN], from: \"2018-01\", to: \"2018-02\") "
                + "{ periods { from } }", "caseload-trend"),
            ("caseloadTable(municipalities: [\"680\"], by: [STATUS]) { cells { figure { value } } }", "caseload-table"),
            ("referralFunnel(municipalities: [\"680\"]) { withheld }", "outcomes"),
            ("evaluation(municipalities: [\"680\"]) { exit { isExact } }", "evaluation"),
        })
        {
            await counter.Query($"{{ {question} }}");
            var lines = Lines(await Page(new { user = "coordinator/counter", kind = "REGISTER_USE" }));
            Assert.Contains(lines, each => each.Contains($" {line} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        var client = await _coordinator.RegisterSomeone("audit");
        foreach (var field in (string[])["history { version }", "timeline { totalCount }"])
        {
            await _coordinator.Query($"query($client: ID!) {{ client(id: $client) {{ {field} }} }}", new { client });
        }
        const string User = "coordinator/tester";
        var whole = Lines(await Page(new { client, user = User }));
        Assert.Equal(4, whole.Count); // Each read of a client is one, too.
        var first = await Page(new { client, user = User, first = 3 });
        Assert.True(first.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.False(first.At("pageInfo", "hasPreviousPage").GetBoolean());
        var after = first.At("pageInfo", "endCursor").GetString();
        Assert.Equal(after, first.At("edges")[2].GetProperty("cursor").GetString());
        var rest = await Page(new { client, user = User, first = 3, after });
        Assert.Equal(whole, [.. Lines(first), .. Lines(rest)]);
        Assert.False(rest.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.Equal("BAD_INPUT", (await _officer.Send(Audit, new { after = "bm9uZQ" })).Code);
        foreach (var wrong in (object[])
            [new { user = "coordinator/other", client, first = 3, after }, new { client, first = 3, after },
            new { client = "No Client" }, new { user = "tester" }, new { user = "coordinator/a\nb" },
            new { user = "coordinator/" + new string('a', 300) }, new { from = "9999-01-01" }])
        {
            Assert.Equal("BAD_INPUT", (await _officer.Send(Audit, wrong)).Code);
        }
        Assert.Equal("LIMIT_PAGE_SIZE", (await _officer.Send(Audit, new { first = 201 })).Code);
        foreach (var user in (string[])["coordinator/a\0", "coordinator/a\nb", new string('x', 301)])
        {
            Assert.Equal("BAD_INPUT", (await _officer.Send(Audit, new { user })).Code);
        }
    }

    [Fact]
    public async Task A_purpose_is_asked_for_and_no_client_is_read()
    {
        var client = await _coordinator.RegisterSomeone("audit");
        var position = await demo.Server.Position();
        Assert.Equal("FORBIDDEN", (await _officer.Send(
            "query($client: ID!) { client(id: $client) { lastName } }", new { client })).Code);
        Assert.Equal("FORBIDDEN", (await _officer.TryMutate("closeMatter", new { clientId = client, reason = "OTHER" }))
            .Code);
        Assert.Equal(position, await demo.Server.Position());
        Assert.Equal("PURPOSE_NOT_ALLOWED", (await _officer.SendBody(
            """{"query": "{ me { role } }", "extensions": {"purpose": "client-work"}}""")).Code);
    }

    private async Task<JsonElement> Page(object variables) =>
        (await _officer.Query(Audit, variables)).GetProperty("accessAudit");

    private static IReadOnlyList<string> Lines(JsonElement page) =>
    [
        .. page.GetProperty("nodes").EnumerateArray().Select(node => string.Join(' ',
        [
            node.GetProperty("kind").GetString()!,
            .. ((string[])["actor", "what", "purpose"]).Select(field => node.At("use", field).GetString()!),
        ])),
    ];
}
