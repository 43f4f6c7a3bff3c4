using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A client asks who used and who got the client's data, and is answered (703/2023 11 §).</summary>
[Collection("demo")]
public sealed class LogReportTests(DemoServer demo)
{
    private const string Raisio = "680";

    private const string Report = """
        query($client: ID!, $from: Date!, $to: Date!) {
          logReport(register: "680", client: $client, from: $from, to: $to) { clientId from to
            uses(first: 2) { pageInfo { hasNextPage } nodes { actor what purpose } } disclosures { nodes { what } }
            recorded { actor what } } }
        """;

    private readonly GraphQLClient _officer = demo.Server.As(Role.DataProtection, Raisio, "officer");
    private readonly GraphQLClient _coordinator = demo.Server.As(Role.Coordinator, Raisio);

    [Fact]
    public async Task A_coordinator_answers_within_the_days_of_a_request_and_the_officer_at_any_time()
    {
        var client = await _coordinator.RegisterSomeone("log-report");
        var today = (await demo.Server.As(Role.SocialWorker, Raisio).Query(
            "{ caseloadMetrics { asOf { recordedAt } } }")).At("caseloadMetrics", "asOf", "recordedAt")
            .GetDateTimeOffset();
        // Two days on: before midnight by Greenwich it is tomorrow in Finland already.
        var days = new { client, from = Day(today.AddDays(-30)), to = Day(today.AddDays(2)) };
        Assert.Equal("BAD_INPUT", (await _coordinator.Send(Report, days)).Code);
        Assert.True((await Accepted(_officer, "requestLogReport", new { clientId = client, requestId = "l1" })));
        var waiting = await Waiting(client);
        Assert.Equal(("l1", false, false), (waiting!.Value.GetProperty("requestId").GetString(),
            waiting.Value.GetProperty("isLate").GetBoolean(), waiting.Value.GetProperty("mayCost").GetBoolean()));
        Assert.Equal("BAD_INPUT", (await _coordinator.Send(Report, days)).Code); // It goes beyond what was asked.
        var asked = new { client, from = days.from, to = waiting.Value.GetProperty("requestedOn").GetString() };
        var report = await _coordinator.Query(Report, asked);
        var uses = report.At("logReport", "uses");
        Assert.Equal(
            [("data-protection/officer", "client.log-report-requested"), ("coordinator/tester", "client.registered")],
            report.At("logReport", "recorded").EnumerateArray().Select(
                it => (it.GetProperty("actor").GetString()!, it.GetProperty("what").GetString()!)));
        Assert.Equal("coordinator/tester use-log client-work", Lines(uses)[0]);
        Assert.True(uses.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.Equal(
            "data-protection/officer log-report supervision",
            Lines((await _officer.Query(Report, days)).At("logReport", "uses"))[0]);
        Assert.True(await Accepted(_coordinator, "giveLogReport", new { clientId = client, requestId = "l1" }));
        Assert.Null(await Waiting(client));
        Assert.True(await Accepted(_coordinator, "requestLogReport", new { clientId = client, requestId = "l2" }));
        Assert.True((await Waiting(client))!.Value.GetProperty("mayCost").GetBoolean());
    }

    [Fact]
    public async Task A_client_who_moved_away_is_answered_by_the_register_where_the_client_asked()
    {
        var client = await _coordinator.RegisterSomeone("log-report");
        Assert.True(await Accepted(
            _officer, "requestLogReport", new { clientId = client, requestId = "l1", note = "Who looked in May?" }));
        Assert.Equal("Who looked in May?", (await Waiting(client))!.Value.GetProperty("note").GetString());
        Assert.True(await Accepted(
            _coordinator, "moveToMunicipality", new { clientId = client, municipality = "320" }));
        Assert.NotNull(await Waiting(client));
        var next = demo.Server.As(Role.Coordinator, "320");
        await next.Query("query($client: ID!) { client(id: $client) { municipality } }", new { client });
        var give = new { clientId = client, requestId = "l1" };
        Assert.Equal("FORBIDDEN", (await next.TryMutate("giveLogReport", give)).Code);
        Assert.True(await Accepted(_coordinator, "giveLogReport", give));
        Assert.Null(await Waiting(client));
        var answered = await Waiting(client, "answered: true, ");
        Assert.Equal(("GIVEN", "coordinator/tester"), (
            answered!.Value.GetProperty("outcome").GetString(), answered.Value.GetProperty("answeredBy").GetString()));
        var both = demo.Server.With(
            demo.Server.Token(Role.DataProtection, Reach.Of(Raisio, "320"), "officer-of-both"));
        var report = (await both.Query(
            "query($client: ID!) { logReport(register: \"680\", client: $client, from: \"2019-01-01\", "
            + "to: \"9999-12-31\") { otherRegisters absorbed } }", new { client })).GetProperty("logReport");
        Assert.Equal("""{"otherRegisters":["320"],"absorbed":[]}""", report.GetRawText());
    }

    [Fact]
    public async Task A_report_about_who_was_never_here_leaves_a_line_at_the_register_alone()
    {
        var client = $"never-here-{Guid.NewGuid():N}";
        var days = new { client, from = "2019-01-01", to = "2019-02-01" };
        Assert.Empty(Lines((await _officer.Query(Report, days)).At("logReport", "uses")));
        Assert.Empty(Lines((await _officer.Query(Report, days with { to = "9999-12-31" })).At("logReport", "uses")));
        Assert.Equal("BAD_INPUT", (await _officer.Send(Report, days with { to = "2018-12-31" })).Code);
    }

    [Fact]
    public async Task Lines_outlive_an_erasure_and_the_officer_still_finds_them()
    {
        var client = await _coordinator.RegisterSomeone("log-report");
        await _coordinator.Query("query($client: ID!) { client(id: $client) { lastName } }", new { client });
        Assert.True(await Accepted(
            _coordinator, "eraseClient", new { clientId = client, reason = "REGISTERED_IN_ERROR" }));
        var lines = Lines((await _officer.Query(Report, new { client, from = "2019-01-01", to = "9999-12-31" }))
            .At("logReport", "uses"));
        Assert.Equal(
            [
                "data-protection/officer log-report supervision", "coordinator/tester command: eraseClient client-work",
            ], lines);
        var refused = await _officer.Mutate("requestLogReport", new { clientId = client, requestId = "l1" });
        Assert.Equal("CLIENT_ERASED", refused.At("userErrors")[0].At("code").GetString());
    }

    /// <summary>A person who asks has a code and no id; of another register's client an officer learns nothing.
    /// </summary>
    [Fact]
    public async Task The_officer_finds_who_asks_by_the_code_also_after_a_move_and_an_erasure()
    {
        var code = $"T-{Guid.NewGuid():N}";
        var client = $"subject-{Guid.NewGuid():N}";
        Assert.True(await Accepted(_coordinator, "registerClient", new
        {
            clientId = client,
            municipality = Raisio,
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1980,
            temporaryIdentifier = code,
            synthetic = true,
        }));
        await _coordinator.Query("query($client: ID!) { client(id: $client) { lastName } }", new { client });
        var there = demo.Server.As(Role.DataProtection, "320", "officer-there");
        Assert.True(await Accepted(
            _coordinator, "moveToMunicipality", new { clientId = client, municipality = "320" }));
        // The index of identifiers follows the log.
        await Patience.Until(
            () => there.Send(Find, new { register = "320", code }),
            found => found.Code is null && found.Json.At("data", "logSubjects").GetArrayLength() == 1);
        Assert.Equal([$"{client} False"], await Subjects(_officer, Raisio));
        Assert.True(await Accepted(demo.Server.As(Role.Coordinator, "320"), "eraseClient", new
        {
            clientId = client,
            reason = "REGISTERED_IN_ERROR",
        }));
        Assert.Equal([$"{client} True"], await Subjects(_officer, Raisio));
        Assert.Empty(await Subjects(demo.Server.As(Role.DataProtection, "837", "officer-nowhere"), "837"));
        Assert.Equal("FORBIDDEN", (await _coordinator.Send(Find, new { register = Raisio, code })).Code);
        Assert.Equal("BAD_INPUT", (await _officer.Send(Find, new { register = Raisio, code = "" })).Code);

        async Task<string[]> Subjects(GraphQLClient officer, string register) =>
        [
            .. (await officer.Query(Find, new { register, code })).GetProperty("logSubjects").EnumerateArray().Select(
                it => $"{it.GetProperty("clientId").GetString()} {it.GetProperty("isErased").GetBoolean()}"),
        ];
    }

    private const string Find =
        "query($register: String!, $code: PersonalText!) { "
        + "logSubjects(register: $register, identityCode: $code) { clientId isErased } }";

    [Fact]
    public async Task Nobody_else_asks_and_an_answer_shows_no_client()
    {
        var client = await _coordinator.RegisterSomeone("log-report");
        foreach (var other in (GraphQLClient[])
            [demo.Server.As(Role.SocialWorker, Raisio), demo.Server.As(Role.DataProtection, "320")])
        {
            Assert.Equal("FORBIDDEN", (await other.Send(
                Report, new { client, from = "2019-01-01", to = "2019-02-01" })).Code);
            Assert.Equal("FORBIDDEN", (await other.Send("{ logRequests(register: \"680\") { clientId } }")).Code);
            Assert.Equal("FORBIDDEN", (await other.TryMutate(
                "requestLogReport", new { clientId = client, requestId = "l1" })).Code);
        }
        var answer = await _officer.Send(
            "mutation($input: RequestLogReportInput!) { requestLogReport(input: $input) { client { lastName } } }",
            new { input = new { clientId = client, requestId = "l1" } });
        Assert.Equal("""{"data":{"requestLogReport":{"client":null}}}""", answer.Text);
    }

    private async Task<JsonElement?> Waiting(string client, string which = "")
    {
        var position = await demo.Server.Position();
        var data = await _officer.Query(
            $"query($position: Long) {{ logRequests({which}register: \"680\", minPosition: $position) "
            + "{ clientId requestId requestedOn dueOn isLate from to mayCost note outcome answeredBy } }",
            new { position });
        return data.GetProperty("logRequests").EnumerateArray()
            .Where(request => request.GetProperty("clientId").GetString() == client)
            .Select(request => (JsonElement?)request).SingleOrDefault();
    }

    private static async Task<bool> Accepted(GraphQLClient sender, string mutation, object input) =>
        (await sender.Mutate(mutation, input)).GetProperty("accepted").GetBoolean();

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", null);

    private static IReadOnlyList<string> Lines(JsonElement page) =>
    [
        .. page.GetProperty("nodes").EnumerateArray().Select(node => string.Join(
            ' ', ((string[])["actor", "what", "purpose"]).Select(field => node.GetProperty(field).GetString()))),
    ];
}
