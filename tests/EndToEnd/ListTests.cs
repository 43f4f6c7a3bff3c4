using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Lists in both directions, worklists, and the global ids by which everything is found again.</summary>
[Collection("demo")]
public sealed class ListTests(DemoServer demo)
{
    private const string Tampere = "837";

    private readonly RunningServer _server = demo.Server;

    private GraphQLClient Coordinator => _server.As(Role.Coordinator, Tampere);

    [Fact]
    public async Task A_caseload_read_backwards_is_the_caseload_read_forwards()
    {
        var (forwards, backwards) = (new List<string>(), new List<string>());
        for (string? after = null; ;)
        {
            var page = await Page("first: 9", new { after });
            Assert.Equal(after is not null, page.At("pageInfo", "hasPreviousPage").GetBoolean());
            forwards.AddRange(ClientsOf(page));
            if (!page.At("pageInfo", "hasNextPage").GetBoolean())
            {
                break;
            }
            after = page.At("pageInfo", "endCursor").GetString();
        }
        for (string? before = null; ;)
        {
            var page = await Page("last: 9", new { before });
            Assert.Equal(before is not null, page.At("pageInfo", "hasNextPage").GetBoolean());
            backwards.InsertRange(0, ClientsOf(page));
            if (!page.At("pageInfo", "hasPreviousPage").GetBoolean())
            {
                break;
            }
            before = page.At("pageInfo", "startCursor").GetString();
        }
        Assert.True(forwards.Count > 9);
        Assert.Equal(forwards, backwards);
    }

    [Theory]
    [InlineData("first: 5, last: 5", "last")]
    [InlineData("first: 0", "first")]
    [InlineData("last: 201", "last", "LIMIT_PAGE_SIZE")]
    [InlineData("first: 5, after: \"nonsense\"", "after")]
    [InlineData("last: 5, before: \"\"", "before")]
    public async Task A_page_that_cannot_be_is_refused_by_the_arguments_name(
        string arguments, string field, string code = "BAD_INPUT")
    {
        var answer = await Coordinator.Send($$"""
            { caseload(municipality: "837", {{arguments}}) { totalCount } }
            """);
        Assert.Equal(code, answer.Code);
        Assert.Equal(field, answer.Json.At("errors").EnumerateArray().Single().At("extensions", "field").GetString());
    }

    /// <summary>What a filter asks for stands in the use log, which is kept for years.</summary>
    [Theory]
    [InlineData("caseload(municipality: \"837\", filter: { workerId: $text }) { totalCount }", "workerId")]
    [InlineData("worklists(municipality: \"837\", workerId: $text) { municipality }", "workerId")]
    [InlineData("caseloadMetrics(municipalities: [\"837\"], filter: { workerId: $text }) { clients }", "workerId")]
    [InlineData(
        "caseload(municipality: \"837\", filter: { method: { system: \"avain-method\", code: $text } }) { totalCount }",
        "method")]
    [InlineData(
        "caseloadMetrics(municipalities: [\"837\"], filter: { method: { system: $text, code: \"1\" } }) { clients }",
        "method")]
    public async Task A_filter_by_what_is_no_worker_and_no_method_is_refused_by_the_fields_name(
        string field, string refused)
    {
        foreach (var text in (string[])["w; 50 shown", "w\0", "w\u202e", "w\nw", "", new string('w', 65)])
        {
            var answer = await Coordinator.Send($$"""query($text: String!) { {{field}} }""", new { text });
            Assert.Equal("BAD_INPUT", answer.Code);
            Assert.Equal(
                refused, answer.Json.At("errors").EnumerateArray().Single().At("extensions", "field").GetString());
        }
    }

    [Fact]
    public async Task Worklists_hold_whom_the_caseload_says_is_late()
    {
        var data = await Coordinator.Query("""
            { worklists(municipality: "837") {
                asOf { position }
                lists(kinds: [REVIEWS_DUE, CONTACT_OVERDUE, MEETING_OUTCOMES]) {
                  kind count items(first: 200) { nodes { dueOn entry { clientId } } pageInfo { hasNextPage } } } }
              caseload(municipality: "837", first: 200) { nodes { clientId overdue } } }
            """);
        var late = data.At("caseload", "nodes").EnumerateArray().ToLookup(
            entry => entry.GetProperty("clientId").GetString()!,
            entry => entry.GetProperty("overdue").EnumerateArray().Select(kind => kind.GetString()).ToHashSet());
        var lists = data.At("worklists", "lists").EnumerateArray().ToArray();
        Assert.Equal(["REVIEWS_DUE", "CONTACT_OVERDUE", "MEETING_OUTCOMES"],
            lists.Select(list => list.GetProperty("kind").GetString()));
        Assert.Equal(late.Count(entry => entry.Single().Contains("CONTACT")), lists[1].At("count").GetInt32());
        Assert.Equal(late.Count(entry => entry.Single().Contains("MEETING_OUTCOME")), lists[2].At("count").GetInt32());
        var due = ClientsOf(lists[0], "items", "nodes", "entry").ToHashSet();
        Assert.Subset(due, late.Where(entry => entry.Single().Contains("REVIEW")).Select(e => e.Key).ToHashSet());
        Assert.NotEmpty(due);
    }

    [Fact]
    public async Task A_worklist_goes_on_at_its_cursor()
    {
        const string Query = """
            query($after: String) { worklists(municipality: "837", notHeardOfDays: 1) { lists(kinds: [NOT_HEARD_OF]) {
              count items(first: 3, after: $after) { edges { cursor node { entry { clientId } } }
                pageInfo { hasNextPage endCursor } } } } }
            """;
        var (seen, count) = (new List<string>(), 0);
        for (string? after = null; ;)
        {
            var list = (await Coordinator.Query(Query, new { after })).At("worklists", "lists")[0];
            count = list.GetProperty("count").GetInt32();
            seen.AddRange(ClientsOf(list, "items", "edges", "node", "entry"));
            if (!list.At("items", "pageInfo", "hasNextPage").GetBoolean())
            {
                break;
            }
            after = list.At("items", "pageInfo", "endCursor").GetString();
        }
        Assert.Equal(count, seen.Distinct().Count());
        Assert.True(count > 3);
    }

    [Fact]
    public async Task Only_who_may_read_the_clients_sees_their_worklists()
    {
        foreach (var other in new[] { _server.As(Role.Researcher), _server.As(Role.Coordinator, "320") })
        {
            Assert.Equal("FORBIDDEN",
                (await other.Send("{ worklists(municipality: \"837\") { municipality } }")).Code);
        }
    }

    [Fact]
    public async Task Every_kind_of_grain_is_found_again_by_its_global_id()
    {
        var found = await Coordinator.Query($$"""
            { caseload(municipality: "837", first: 1) { nodes { clientId client { id } } }
              municipality(code: "837") { id dropInCentres { id dropInCentreId } } programme { id } }
            """);
        string[] ids =
        [
            found.At("caseload", "nodes")[0].At("client", "id").GetString()!,
            found.At("municipality", "id").GetString()!,
            found.At("municipality", "dropInCentres")[0].At("id").GetString()!,
            found.At("programme", "id").GetString()!,
        ];
        var nodes = (await Coordinator.Query("""
            query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Client { clientId }
              ... on Municipality { code } ... on DropInCentre { dropInCentreId } } }
            """, new { ids = ids.Append("Gabc").Append("837") })).GetProperty("nodes").EnumerateArray().ToArray();
        Assert.Equal(["Client", "Municipality", "DropInCentre", "Programme"],
            nodes.Take(4).Select(node => node.GetProperty("__typename").GetString()));
        Assert.Equal(ids, nodes.Take(4).Select(node => node.GetProperty("id").GetString()));
        Assert.All(nodes.Skip(4), node => Assert.Equal(JsonValueKind.Null, node.ValueKind));
        Assert.Equal(
            found.At("caseload", "nodes")[0].At("clientId").GetString(), nodes[0].At("clientId").GetString());
        var again = await Coordinator.Query(
            "query($id: ID!) { client(id: $id) { id } node(id: $id) { id } }", new { id = ids[0] });
        Assert.Equal(ids[0], again.At("client", "id").GetString());
        Assert.Equal(ids[0], again.At("node", "id").GetString());
    }

    [Fact]
    public async Task A_node_is_read_under_the_rules_of_its_kind_and_at_most_fifty_at_once()
    {
        var id = (await Coordinator.Query("{ caseload(municipality: \"837\", first: 1) { nodes { client { id } } } }"))
            .At("caseload", "nodes")[0].At("client", "id").GetString()!;
        Assert.Equal("FORBIDDEN", (await _server.As(Role.Researcher).Send(
            "query($id: ID!) { node(id: $id) { id } }", new { id })).Code);
        Assert.Equal("FORBIDDEN", (await _server.As(Role.SocialWorker, "320").Send(
            "query($id: ID!) { nodes(ids: [$id]) { id } }", new { id })).Code);
        Assert.Equal("BAD_INPUT", (await Coordinator.Send(
            "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Repeat("Gx", 51) })).Code);
    }

    [Fact]
    public async Task A_node_that_is_refused_is_null_by_itself_and_the_error_says_which()
    {
        var ids = new List<string>();
        foreach (var register in (string[])["680", Tampere])
        {
            ids.Add((await _server.As(Role.Coordinator, register).Query(
                $"{{ caseload(municipality: \"{register}\", first: 1) {{ nodes {{ client {{ id }} }} }} }}"))
                .At("caseload", "nodes")[0].At("client", "id").GetString()!);
        }
        var answer = await Coordinator.Send("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids });
        Assert.Equal(JsonValueKind.Null, answer.Json.At("data", "nodes")[0].ValueKind);
        Assert.Equal(ids[1], answer.Json.At("data", "nodes")[1].At("id").GetString());
        var error = Assert.Single(answer.Json.At("errors").EnumerateArray());
        Assert.Equal("[\"nodes\",0]", error.GetProperty("path").GetRawText());
        Assert.Equal("FORBIDDEN", error.At("extensions", "code").GetString());
    }

    private async Task<JsonElement> Page(string size, object variables) => (await Coordinator.Query($$"""
        query($after: String, $before: String) {
          caseload(municipality: "837", {{size}}, after: $after, before: $before) {
            nodes { clientId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
        """, variables)).GetProperty("caseload");

    private static IEnumerable<string> ClientsOf(JsonElement page) => ClientsOf(page, "nodes");

    /// <summary>The clients of a list; the path leads to the list and, from each of its lines, to the client.</summary>
    private static IEnumerable<string> ClientsOf(JsonElement from, params string[] path)
    {
        var list = Array.FindIndex(path, step => step is "nodes" or "edges") + 1;
        return from.At(path[..list]).EnumerateArray()
            .Select(line => line.At([.. path[list..], "clientId"]).GetString()!);
    }
}
