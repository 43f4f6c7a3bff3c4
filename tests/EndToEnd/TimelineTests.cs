using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>One timeline per client, its corrections and its past, over HTTP.</summary>
[Collection("demo")]
public sealed class TimelineTests(DemoServer demo)
{
    private const string Timeline = """
        query($id: ID!, $language: String!, $after: String) { client(id: $id) { timeline(
          language: $language, first: 2, after: $after) {
            totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
            nodes { version kind type occurredOn who text words { heading text } inErrorBy inErrorReason correctedBy
              corrects } } } }
        """;

    private readonly GraphQLClient _worker = demo.Server.As(Role.Coordinator, "680");

    [Fact]
    public async Task What_was_recorded_is_told_in_order_of_days_page_by_page_in_each_language()
    {
        var id = await Client();
        await Contact(id, "2019-03-04", "Soitin kahdesti.");
        await Contact(id, "2019-02-04", null); // Recorded late.
        var first = await Page(id, "fi", null);
        Assert.Equal(3, first.GetProperty("totalCount").GetInt32());
        Assert.Equal(
            ["Rekisteröitiin asiakkaaksi (kunta 680)", "Yhteydenotto (puhelinsoitto): asiakas tavoitettiin"],
            Texts(first));
        Assert.Equal(["2019-01-02", "2019-02-04"], Values(first, "occurredOn"));
        Assert.Equal("koordinoiva sosiaalityöntekijä tester", Values(first, "who").First());
        var rest = await Page(id, "sv", first.At("pageInfo", "endCursor").GetString());
        Assert.Equal(["Kontaktförsök (telefonsamtal): klienten nåddes"], Texts(rest));
        Assert.Equal("Soitin kahdesti.", rest.GetProperty("nodes")[0].GetProperty("words")[0].At("text").GetString());
        Assert.False(rest.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.True(rest.At("pageInfo", "hasPreviousPage").GetBoolean());
    }

    [Fact]
    public async Task It_is_narrowed_by_kind_and_period_and_turned_round()
    {
        var id = await Client();
        await Contact(id, "2019-03-04", null);
        await Contact(id, "2019-02-04", null);
        var data = (await _worker.Query("""
            query($id: ID!) { client(id: $id) {
              kinds: timeline(kinds: [CONTACT]) { nodes { version } }
              days: timeline(from: "2019-02-01", to: "2019-02-28") { nodes { version } }
              recorded: timeline(order: RECORDED, newestFirst: true) { nodes { version } }
              none: timeline(kinds: []) { totalCount } } }
            """, new { id })).GetProperty("client");
        Assert.Equal([3, 2], Versions(data.GetProperty("kinds")));
        Assert.Equal([3], Versions(data.GetProperty("days")));
        Assert.Equal([3, 2, 1], Versions(data.GetProperty("recorded")));
        Assert.Equal(0, data.At("none", "totalCount").GetInt32());
    }

    [Fact]
    public async Task An_error_stays_on_the_timeline_with_its_mark_and_counts_no_more()
    {
        var id = await Client();
        await Contact(id, "2019-03-04", null);
        await Contact(id, "2019-03-05", null);
        var mark = await _worker.Mutate("markRecordedInError", new
        {
            clientId = id,
            entry = 2,
            reason = "Wrong day",
            correctedBy = 3,
        });
        Assert.True(mark.GetProperty("accepted").GetBoolean(), mark.GetRawText());
        var data = await _worker.Query("""
            query($id: ID!) { client(id: $id) { contacts { phoneCalls } timeline(language: "en") {
              nodes { version text inErrorBy inErrorReason correctedBy corrects } } }
              then: client(id: $id, asItWasOn: "2019-03-04") { version contacts { phoneCalls } }
              before: client(id: $id, asItWasOn: "2018-12-31") { version }
              known: client(id: $id, asKnownOn: "2019-03-04") { version } }
            """, new { id });
        var nodes = data.At("client", "timeline", "nodes");
        Assert.Equal(1, data.At("client", "contacts", "phoneCalls").GetInt32());
        Assert.Equal((4, "Wrong day", 3), (
            nodes[1].GetProperty("inErrorBy").GetInt32(), nodes[1].GetProperty("inErrorReason").GetString(),
            nodes[1].GetProperty("correctedBy").GetInt32()));
        Assert.Equal(2, nodes[2].GetProperty("corrects").GetInt32());
        Assert.Equal("Entry 2 was marked as recorded in error; entry 3 says it right",
            nodes[3].GetProperty("text").GetString());
        Assert.Equal((1, 0), (
            data.At("then", "version").GetInt32() - 1, data.At("then", "contacts", "phoneCalls").GetInt32()));
        Assert.Equal(JsonValueKind.Null, data.GetProperty("before").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("known").ValueKind); // Recorded today, not in 2019.
    }

    [Fact]
    public async Task A_refused_mark_names_the_field()
    {
        var id = await Client();
        var refused = await _worker.Mutate(
            "markRecordedInError", new { clientId = id, entry = 1, reason = "Wrong client" });
        Assert.Equal(("IllegalStep", "ENTRY_NOT_CORRECTABLE", "entry"), (
            refused.GetProperty("userErrors")[0].GetProperty("__typename").GetString(),
            refused.GetProperty("userErrors")[0].GetProperty("code").GetString(),
            refused.GetProperty("userErrors")[0].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Nobody_else_reads_it_and_an_unknown_language_is_refused()
    {
        var id = await Client();
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.SocialWorker, "837").Send(
            Timeline, new { id, language = "fi" })).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.SocialWorker, "837").Send(
            "query($id: ID!) { client(id: $id, asItWasOn: \"2019-03-04\") { version } }", new { id })).Code);
        Assert.Equal("BAD_INPUT", (await _worker.Send(Timeline, new { id, language = "de" })).Code);
    }

    private async Task<JsonElement> Page(string id, string language, string? after) =>
        (await _worker.Query(Timeline, new { id, language, after })).At("client", "timeline");

    private static IEnumerable<string?> Texts(JsonElement page) => Values(page, "text");

    private static IEnumerable<string?> Values(JsonElement page, string field) =>
        page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty(field).GetString());

    private static IEnumerable<int> Versions(JsonElement page) =>
        page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("version").GetInt32());

    private Task<string> Client() => _worker.RegisterSomeone("line");

    private async Task Contact(string id, string day, string? note)
    {
        var payload = await _worker.Mutate("recordContactAttempt", new
        {
            clientId = id,
            occurredOn = day,
            channel = "PHONE",
            reached = true,
            note,
        });
        Assert.True(payload.GetProperty("accepted").GetBoolean());
    }
}
