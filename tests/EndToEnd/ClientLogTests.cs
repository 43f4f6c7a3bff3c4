using System.Net.Http.Headers;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Who used a client's data and who got it, read by the coordinator who answers the client.</summary>
[Collection("demo")]
public sealed class ClientLogTests(DemoServer demo)
{
    private const string Uses = """
        query($id: ID!, $after: String, $from: Date) { client(id: $id) { accessLog(first: 2, after: $after, from: $from)
          { pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor }
            nodes { at actor purpose what register } } } }
        """;

    private readonly GraphQLClient _worker = demo.Server.As(Role.Coordinator, "680");
    private readonly GraphQLClient _coordinator = demo.Server.As(Role.Coordinator, "680");

    [Fact]
    public async Task Each_use_is_on_one_page_newest_first_and_the_reading_itself_is_a_use()
    {
        var id = await Client();
        await _worker.Query("query($id: ID!) { client(id: $id) { timeline { totalCount } } }", new { id });
        var first = await Page(id, null);
        Assert.Equal(["coordinator/tester use-log", "coordinator/tester client"], Lines(first));
        Assert.Equal("680", first.GetProperty("nodes")[0].GetProperty("register").GetString());
        Assert.NotEqual("", first.GetProperty("nodes")[0].GetProperty("purpose").GetString());
        var rest = await Page(id, first.At("pageInfo", "endCursor").GetString());
        Assert.Equal(["coordinator/tester timeline", "coordinator/tester client"], Lines(rest));
        Assert.False(rest.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.True(rest.At("pageInfo", "hasPreviousPage").GetBoolean());
        Assert.Equal(
            rest.At("pageInfo", "endCursor").GetString(), rest.GetProperty("edges")[1].At("cursor").GetString());
        Assert.Equal(2, Lines(await Page(id, null, from: "0001-01-01")).Count());
        Assert.Equal(2, Lines(await Page(id, null, from: "1850-01-01")).Count());
        Assert.Empty(Lines(await Page(id, null, from: "9999-12-31")));
    }

    [Fact]
    public async Task What_a_receiver_got_is_told_with_purpose_and_basis()
    {
        var id = await Client();
        await Register("followers");
        await Feed("followers");
        var data = await _coordinator.Query("""
            query($id: ID!) { client(id: $id) { disclosureLog { pageInfo { hasNextPage } nodes {
              at what receiverId recipient discloser purpose legalBasis register position } } } }
            """, new { id });
        var line = Assert.Single(data.At("client", "disclosureLog", "nodes").EnumerateArray());
        Assert.Equal(
            ["client.registered, coded", "followers", "Followers", "osst/feed", "follow-up", "703/2023 58 §", "680"],
            ((string[])["what", "receiverId", "recipient", "discloser", "purpose", "legalBasis", "register"])
                .Select(field => line.GetProperty(field).GetString()));
        Assert.True(line.GetProperty("position").GetInt64() > 0);
        var uses = await Page(id, (await Page(id, null)).GetProperty("edges")[1].At("cursor").GetString());
        Assert.Contains("coordinator/tester disclosure-log", Lines(uses));
    }

    [Fact]
    public async Task Nobody_else_reads_them_and_a_cursor_of_another_list_is_none()
    {
        var id = await Client();
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.SocialWorker, "680").Send(Uses, new { id })).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.Counsellor, "680").Send(Uses, new { id })).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.Coordinator, "837").Send(Uses, new { id })).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.Operator).Send(Uses, new { id })).Code);
        var cursor = (await Page(id, null)).At("pageInfo", "endCursor").GetString();
        Assert.Equal("BAD_INPUT", (await _coordinator.Send(
            "query($id: ID!, $after: String) { client(id: $id) { disclosureLog(after: $after) { nodes { at } } } }",
            new { id, after = cursor })).Code);
        Assert.Equal("LIMIT_PAGE_SIZE", (await _coordinator.Send(
            "query($id: ID!) { client(id: $id) { accessLog(first: 201) { nodes { at } } } }", new { id })).Code);
    }

    private async Task<JsonElement> Page(string id, string? after, string? from = null) =>
        (await _coordinator.Query(Uses, new { id, after, from })).At("client", "accessLog");

    private static IEnumerable<string> Lines(JsonElement page) => page.GetProperty("nodes").EnumerateArray()
        .Select(node => $"{node.GetProperty("actor").GetString()} {node.GetProperty("what").GetString()}");

    private async Task Register(string receiver)
    {
        var answer = await _coordinator.Mutate("registerReceiver", new
        {
            receiverId = receiver,
            name = "Followers",
            purpose = "follow-up",
            legalBasis = "703/2023 58 §",
            municipality = "680",
            subject = "tester",
            eventTypes = new[] { "client.registered" },
        });
        Assert.True(answer.GetProperty("accepted").GetBoolean(), answer.GetRawText());
    }

    private async Task Feed(string receiver)
    {
        using var http = new HttpClient { BaseAddress = demo.Server.Address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", demo.Server.Token(Role.Integration));
        for (var (cursor, hasMore) = ("", true); hasMore;)
        {
            var page = JsonElement.Parse(await http.GetStringAsync($"/feed?receiver={receiver}&after={cursor}"));
            (cursor, hasMore) = (page.GetProperty("cursor").GetString()!, page.GetProperty("hasMore").GetBoolean());
        }
    }

    private Task<string> Client() => _worker.RegisterSomeone("log");
}
