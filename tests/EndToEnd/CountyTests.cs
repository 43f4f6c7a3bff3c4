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
        await Accepted(
            server.As(Role.Operator), "registerMunicipality", new { municipality = Kainuu, name = "Kainuu" });
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
