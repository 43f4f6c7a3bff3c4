using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A county's staff lists, searches and counts its clients as one register, over GraphQL.</summary>
public sealed class CountyTests
{
    private const string Kainuu = "hva-20", Kajaani = "205", Sotkamo = "765";

    private const string Lists = """
        query($p: Long!) {
          caseload(municipality: "hva-20", first: 1, minPosition: $p) {
            totalCount pageInfo { hasNextPage endCursor } nodes { clientId } }
          worklists(municipality: "hva-20") { lists(kinds: [CASES_TO_ASSIGN]) { count
            items { nodes { entry { clientId } } } } }
          retentionDue(municipality: "hva-20") { nodes { clientId } }
          caseloadMetrics(municipalities: ["hva-20"]) { clients municipalities } }
        """;

    private const string Find = """
        { findClients(register: "hva-20", by: { name: "virtanen" }) { clients { clientId } } }
        """;

    [Fact]
    public async Task A_county_lists_searches_counts_and_audits_its_municipalities_as_one_register()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Data, "settings.json");
        Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(file, """{"registers": {"counties": ["hva-20"]}}""");
        await using var server = await RunningServer.Start(folder, "--quiet", "--settings", file);
        foreach (var (municipality, name) in new[] { (Kainuu, "Kainuu"), (Kajaani, "Kajaani") })
        {
            await Accepted(server.As(Role.Operator), "registerMunicipality", new { municipality, name });
        }
        var coordinator = server.As(Role.Coordinator, Kainuu);
        await Accepted(coordinator, "registerStaffMember", new { municipality = Kainuu, workerId = "aino" });
        await Registered(coordinator, "k-1", Kajaani);
        var position = await Registered(coordinator, "k-2", Sotkamo);

        var seen = await coordinator.Query(Lists, new { p = position });
        Assert.Equal("k-1", seen.At("caseload", "nodes")[0].At("clientId").GetString());
        Assert.True(seen.At("caseload", "pageInfo", "hasNextPage").GetBoolean());
        Assert.Equal(2, seen.At("caseload", "totalCount").GetInt32());
        Assert.Equal(2, seen.At("caseloadMetrics", "clients").GetInt32());
        var next = await coordinator.Query(
            "query($after: String) { caseload(municipality: \"hva-20\", first: 5, after: $after) { "
            + "pageInfo { hasNextPage hasPreviousPage } nodes { clientId } } }",
            new { after = seen.At("caseload", "pageInfo", "endCursor").GetString() });
        Assert.Equal("k-2", Assert.Single(next.At("caseload", "nodes").EnumerateArray()).At("clientId").GetString());
        Assert.True(next.At("caseload", "pageInfo", "hasPreviousPage").GetBoolean());
        Assert.False(next.At("caseload", "pageInfo", "hasNextPage").GetBoolean());
        await Patience.Until(
            () => coordinator.Send(Find),
            found => found.Code is null && found.Json.At("data", "findClients", "clients").GetArrayLength() == 2);

        // Its officer finds the lines in the county's log, and outsiders nothing.
        var audit = await server.As(Role.DataProtection, Kainuu, "officer").Query(
            "{ accessAudit(register: \"hva-20\", from: \"2020-01-01\", kind: REGISTER_USE) { "
            + "nodes { use { what } } } }");
        Assert.Contains(audit.At("accessAudit", "nodes").EnumerateArray(), node =>
            node.At("use", "what").GetString()!.StartsWith("caseload; 1 shown", StringComparison.Ordinal));
        foreach (var outsider in (GraphQLClient[])
            [server.As(Role.Coordinator, Kajaani), server.As(Role.Coordinator, "hva-08"), server.As(Role.Researcher)])
        {
            Assert.Equal("FORBIDDEN", (await outsider.Send(Find)).Code);
        }
        Assert.Equal("REGISTER_ELSEWHERE", (await coordinator.Mutate(
            "registerStaffMember", new { municipality = Kajaani, workerId = "x" }))
            .At("userErrors")[0].At("code").GetString());
        await AssertItsOfficerSeesAllOfIt(coordinator, server.As(Role.DataProtection, Kainuu, "officer"));
    }

    private static async Task AssertItsOfficerSeesAllOfIt(GraphQLClient coordinator, GraphQLClient officer)
    {
        await Accepted(coordinator, "declareDataSource", new
        {
            municipality = Kajaani,
            data = "BENEFIT_MONTHS",
            giver = "Kela",
            askedBy = "Kajaani",
            purpose = "care",
            legalBasis = "a law 1 §",
        });
        await Accepted(coordinator, "recordBenefitMonth", new
        {
            clientId = "k-1",
            month = "2018-03",
            amountCents = 55_000,
            reductionPercent = 0,
        });
        await Accepted(coordinator, "requestRestriction", new { clientId = "k-1", ground = "ACCURACY_CONTESTED" });
        var position = (await Accepted(
            coordinator, "requestRestriction", new { clientId = "k-2", ground = "UNLAWFUL_PROCESSING" }))
            .At("position").GetInt64();
        foreach (var caller in new[] { coordinator, officer })
        {
            Assert.Equal(["k-1", "k-2"], (await caller.Query(
                "query($p: Long!) { restrictions(register: \"hva-20\", minPosition: $p) { clientId } }",
                new { p = position })).At("restrictions").EnumerateArray()
                .Select(it => it.At("clientId").GetString()!));
        }
        var report = await officer.Query("""
            { logReport(register: "hva-20", client: "k-1", from: "2018-01-01", to: "2100-01-01") {
              recorded { what obtained { giver } } } }
            """);
        var month = report.At("logReport", "recorded").EnumerateArray()
            .Single(it => it.At("what").GetString() == "client.benefit-month-recorded");
        Assert.Equal("Kela", month.At("obtained", "giver").GetString());

        // Of whom no line was written yet.
        await Registered(coordinator, "k-3", Sotkamo);
        await Patience.Until(
            () => officer.Send("{ logSubjects(register: \"hva-20\", identityCode: \"k-3\") { clientId } }"),
            found => found.Code is null && found.Json.At("data", "logSubjects").GetArrayLength() == 1);
    }

    private static async Task<long> Registered(GraphQLClient caller, string id, string municipality) =>
        (await Accepted(caller, "registerClient", new
        {
            clientId = id,
            municipality,
            lastName = "Virtanen",
            firstNames = "Aada",
            birthYear = 1985,
            temporaryIdentifier = id,
            synthetic = true,
        })).At("position").GetInt64();

    private static async Task<JsonElement> Accepted(GraphQLClient caller, string mutation, object input)
    {
        var payload = await caller.Mutate(mutation, input);
        Assert.True(payload.At("accepted").GetBoolean(), payload.GetRawText());
        return payload;
    }
}
