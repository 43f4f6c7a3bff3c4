using System.Net;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Clients are found over GraphQL by those who may know of them, and each search leaves its line.</summary>
[Collection("demo")]
public sealed class SearchTests(DemoServer demo)
{
    private const string Register = "994"; // Made up: no other test looks for its clients.

    private const string Find = """
        query($register: ID!, $by: ClientSearch!) { findClients(register: $register, by: $by) {
          othersExist hasMore clients { clientId lastName firstNames birthYear entry { status } } } }
        """;

    private const string Resolve = """
        query($source: String!, $id: PersonalText!, $in: String) {
          clientByExternalId(source: $source, id: $id, municipality: $in) { clientId municipality } }
        """;

    /// <summary>A caller of this test alone: searches are counted by caller.</summary>
    private readonly GraphQLClient _coordinator =
        demo.Server.As(Role.Coordinator, Register, $"f-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_worker_finds_own_clients_and_of_others_that_they_exist_with_a_line_at_each()
    {
        var (own, other) = (await Registered("Hakulinen", "Aada"), await Registered("Hakulinen", "Bertta"));
        foreach (var worker in (string[])["f-aino", "f-eino"])
        {
            await Accepted("registerStaffMember", new { municipality = Register, workerId = worker });
        }
        await Accepted("assignWorker", new { clientId = own, workerId = "f-aino", ownWorker = true });
        await Accepted("assignWorker", new { clientId = other, workerId = "f-eino", ownWorker = true });
        Assert.Equal(2, (await Known(_coordinator, "hakulinen", 2)).GetArrayLength());

        var aino = demo.Server.As(Role.SocialWorker, Register, "f-aino");
        var seen = (await Known(aino, "haku", 1))[0];
        Assert.Equal(own, seen.At("clientId").GetString());
        Assert.Equal("Hakulinen", seen.At("lastName").GetString());
        Assert.Equal("REGISTERED", seen.At("entry", "status").GetString());
        Assert.False((await Found(aino, new { name = "haku ber" })).At("othersExist").GetBoolean());
        var hidden = await Found(aino, new { name = "hakulinen bertta" });
        Assert.True(hidden.At("othersExist").GetBoolean());
        Assert.Equal(0, hidden.At("clients").GetArrayLength());
        Assert.DoesNotContain(other, hidden.GetRawText(), StringComparison.Ordinal);

        Assert.Contains("social-worker/f-aino find-clients by=name", await LinesOf(own));
        Assert.Contains("social-worker/f-aino find-clients by=name; exists", await LinesOf(other));
    }

    /// <summary>The answer of who may not search at all says nothing of who there is.</summary>
    [Fact]
    public async Task Other_registers_are_refused_alike_whatever_is_searched_for()
    {
        var id = await Registered("Tuntematon", "Cecilia");
        await Known(_coordinator, "tuntematon", 1);
        foreach (var caller in (GraphQLClient[])
            [demo.Server.As(Role.Coordinator, "680"), demo.Server.As(Role.Researcher), demo.Server.As(Role.Operator)])
        {
            var there = await caller.Send(Find, new { register = Register, by = new { identityCode = id } });
            var nowhere = await caller.Send(Find, new { register = Register, by = new { identityCode = "T-nowhere" } });
            Assert.Equal("FORBIDDEN", there.Code);
            Assert.Equal(nowhere.Text, there.Text);
        }
        var away = demo.Server.As(Role.Coordinator, "680");
        var elsewhere = await away.Query(Find, new { register = "680", by = new { identityCode = id } });
        Assert.False(elsewhere.At("findClients", "othersExist").GetBoolean());
    }

    [Fact]
    public async Task A_search_in_an_address_is_refused()
    {
        var query = Uri.EscapeDataString(
            $$"""{ findClients(register: "{{Register}}", by: { name: "virtanen" }) { othersExist } }""");
        var answer = await _coordinator.Send(new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={query}"));
        Assert.Equal("POST_ONLY", answer.Code);
        var variables = Uri.EscapeDataString("""{"source":"registry","id":"1"}""");
        query = Uri.EscapeDataString(Resolve);
        answer = await _coordinator.Send(
            new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={query}&variables={variables}"));
        Assert.Equal("POST_ONLY", answer.Code);
    }

    [Theory]
    [InlineData("""{"name":"ma"}""", "BAD_INPUT")]
    [InlineData("""{"identityCode":" "}""", "BAD_INPUT")]
    [InlineData("""{"externalId":{"source":"No Source","id":"1"}}""", "BAD_INPUT")]
    [InlineData("""{}""", "VARIABLES")]
    [InlineData("""{"name":"maija","identityCode":"T-1"}""", "VARIABLES")]
    public async Task What_cannot_be_searched_for_is_refused_and_not_repeated(string by, string code)
    {
        var answer = await _coordinator.Send(Find, new { register = Register, by = JsonElement.Parse(by) });
        Assert.Equal(code, answer.Code);
        Assert.DoesNotContain("maija", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_searches_without_end_is_stopped_and_others_go_on()
    {
        var eager = demo.Server.As(Role.Coordinator, Register, "f-eager");
        var answers = new List<Answer>();
        for (var i = 0; i < 61; i++) // A minute may end between two of them, but not twice.
        {
            answers.Add(await eager.Send(Find, new { register = Register, by = new { name = "hakija" } }));
        }
        var refused = answers.First(answer => answer.Code is not null);
        Assert.Equal("LIMIT_SEARCHES", refused.Code);
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Null((await _coordinator.Send(Find, new { register = Register, by = new { name = "hakija" } })).Code);
    }

    [Fact]
    public async Task A_system_resolves_its_own_identifiers_and_no_others()
    {
        var system = System(Register);
        var imported = await system.Send("""
            mutation($lines: [ClientLineInput!]!) { importClients(input: { source: "registry", lines: $lines }) {
              accepted position } }
            """, new
        {
            lines = (object[])
            [
                new
                {
                    externalId = "f-17", municipality = Register, lastName = "Tuotu", firstNames = "Daavid",
                    birthYear = 1970, temporaryIdentifier = "T-f-17", synthetic = true,
                },
            ],
        });
        Assert.Equal(1, imported.Json.At("data", "importClients", "accepted").GetInt32());
        var position = imported.Json.At("data", "importClients", "position").GetInt64();
        var asked = await system.Query(
            $$"""
            { clientByExternalId(source: "registry", id: "f-17", minPosition: {{position}}) { clientId municipality } }
            """);
        var id = asked.At("clientByExternalId", "clientId").GetString()!;
        Assert.Equal(Register, asked.At("clientByExternalId", "municipality").GetString());
        Assert.Contains("integration/tester client-by-external-id", await LinesOf(id));

        var (foreign, none) = (System("680"), new { source = "registry", id = "f-18" });
        Assert.Equal(
            (await system.Send(Resolve, none)).Text,
            (await foreign.Send(Resolve, new { source = "registry", id = "f-17" })).Text);
        Assert.Equal("FORBIDDEN", (await foreign.Send(
            Resolve, new { source = "registry", id = "f-17", @in = Register })).Code);
        Assert.Equal("FORBIDDEN", (await system.Send(Resolve, new { source = "other", id = "f-17" })).Code);
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.SocialWorker, Register).Send(Resolve, none)).Code);

        var external = new { externalId = new { source = "registry", id = "f-17" } };
        Assert.Equal(
            id, (await Found(_coordinator, external)).At("clients")[0].At("clientId").GetString());
        // A restricted client is shown to no coordinator; the system goes on recording.
        var mine = new { source = "registry", id = "f-17" };
        Assert.Contains(id, (await _coordinator.Send(Resolve, mine)).Text, StringComparison.Ordinal);
        await Accepted("requestRestriction", new { clientId = id, ground = "ACCURACY_CONTESTED" });
        await Accepted("grantRestriction", new { clientId = id });
        var unknown = (await _coordinator.Send(Resolve, none)).Text;
        await Patience.Until(() => _coordinator.Send(Resolve, mine), found => found.Text == unknown);
        Assert.Contains(id, (await system.Send(Resolve, mine)).Text, StringComparison.Ordinal);
        await Accepted("withdrawRestriction", new { clientId = id });
        await Accepted("eraseClient", new { clientId = id, reason = "REGISTERED_IN_ERROR" });
        Assert.Equal(0, (await Found(_coordinator, external)).At("clients").GetArrayLength());
        Assert.Equal(
            (await system.Send(Resolve, none)).Text,
            (await system.Send(Resolve, new { source = "registry", id = "f-17" })).Text);
    }

    private GraphQLClient System(string register) =>
        demo.Server.With(demo.Server.Token(Role.Integration, Reach.Of(register)));

    private static async Task<JsonElement> Found(GraphQLClient caller, object by) =>
        (await caller.Query(Find, new { register = Register, by })).GetProperty("findClients");

    /// <summary>A client is found a moment after the registration.</summary>
    private static async Task<JsonElement> Known(GraphQLClient caller, string name, int clients)
    {
        var answer = await Patience.Until(
            () => caller.Send(Find, new { register = Register, by = new { name } }),
            found => found.Code is null
                && found.Json.At("data", "findClients", "clients").GetArrayLength() == clients);
        return answer.Json.At("data", "findClients", "clients");
    }

    private async Task<string[]> LinesOf(string client)
    {
        var data = await _coordinator.Query(
            "query($id: ID!) { client(id: $id) { accessLog(first: 50) { nodes { actor what } } } }",
            new { id = client });
        return [.. data.At("client", "accessLog", "nodes").EnumerateArray()
            .Select(line => $"{line.At("actor").GetString()} {line.At("what").GetString()}")];
    }

    private async Task<string> Registered(string lastName, string firstNames)
    {
        var id = $"find-{Guid.NewGuid():N}";
        await Accepted("registerClient", new
        {
            clientId = id,
            municipality = Register,
            lastName,
            firstNames,
            birthYear = 1985,
            temporaryIdentifier = id,
            synthetic = true,
        });
        return id;
    }

    private async Task Accepted(string mutation, object input)
    {
        var payload = await _coordinator.Mutate(mutation, input);
        Assert.True(payload.At("accepted").GetBoolean(), payload.GetRawText());
    }
}
