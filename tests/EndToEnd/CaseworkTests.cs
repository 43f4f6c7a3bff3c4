using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Duplicates, hand-overs and limits over HTTP, with a process that dies in the middle.</summary>
public sealed class CaseworkTests
{
    private const string Municipality = "320";

    [Fact]
    public async Task A_person_from_two_notifications_is_found_and_merged_by_a_decision()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.Start(folder, "--quiet");
        var worker = server.As(Role.Coordinator);
        await Take(server.As(Role.Operator), "registerMunicipality", new { municipality = "320", name = "Kemijärvi" });
        foreach (var (client, reason) in new[] { ("a", "NEED"), ("b", "REDUCTION20") })
        {
            await Register(worker, client, "T-1");
            await Take(worker, "receiveReferral", new
            {
                clientId = client,
                referralId = "r1",
                source = "KELA",
                reason,
                urgency = 3,
            });
        }
        await Register(worker, "c", "T-2");

        var group = await Until(
            worker, "duplicateCandidates", "{ entries { clientId } }", found => found.GetArrayLength() > 0);
        Assert.Equal(["a", "b"], group[0].At("entries").EnumerateArray().Select(e => e.At("clientId").GetString()));
        await Take(worker, "mergeDuplicate", Merge("m1"));
        var merges = await Until(
            worker, "duplicateMerges", "{ outcome refusal }", all => all[0].At("outcome").GetString() != "UNDER_WAY");
        Assert.Equal("MERGED", merges[0].At("outcome").GetString());
        var survivor = (await worker.Query("{ client(id: \"a\") { referrals { referralId reason } } }"))
            .GetProperty("client");
        Assert.Equal(
            ["r1 NEED", "r1-2 REDUCTION20"],
            survivor.At("referrals").EnumerateArray().Select(r => $"{r.At("referralId")} {r.At("reason")}"));
        var refused = await worker.Mutate("requestDiscussion", new { clientId = "b" });
        Assert.Equal("CLIENT_MERGED", refused.At("userErrors")[0].At("code").GetString());
        const string Candidates = "{ duplicateCandidates(municipality: \"320\") { entries { clientId } } }";
        Assert.Equal("FORBIDDEN", (await server.As(Role.Operator).TryMutate("mergeDuplicate", Merge("m2"))).Code);
        Assert.Equal("FORBIDDEN", (await server.As(Role.Researcher).Send(Candidates)).Code);
    }

    [Fact]
    public async Task A_hand_over_survives_kill_9_and_hands_over_every_client_once()
    {
        const int Clients = 300;
        using var folder = new TestFolder();
        await using (var server = await RunningServer.StartProcess(folder, "--quiet"))
        {
            var coordinator = server.As(Role.Coordinator);
            await Take(coordinator, "registerMunicipality", new { municipality = Municipality, name = "Kemijärvi" });
            await Take(coordinator, "addSocialWorker", new { municipality = Municipality, workerId = "eino" });
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
            {
                await Register(coordinator, $"c{number}", $"T-{number}");
                var assigned = new { clientId = $"c{number}", workerId = "aino", ownWorker = true };
                await Take(coordinator, "assignWorker", assigned);
            }));
            await Take(coordinator, "setCaseloadLimit", new { municipality = Municipality, clients = Clients - 1 });
            var full = await coordinator.Mutate("handOverCaseload", HandOver);
            Assert.Equal("CASELOAD_FULL", full.At("userErrors")[0].At("code").GetString());
            await Take(coordinator, "setCaseloadLimit", new { municipality = Municipality });
            await Take(coordinator, "handOverCaseload", HandOver);
            await server.Kill();
        }
        await using (var server = await RunningServer.Start(folder, "--quiet"))
        {
            var coordinator = server.As(Role.Coordinator);
            await Take(coordinator, "handOverCaseload", HandOver);
            var handOvers = await Until(
                coordinator, "caseloadHandOvers", "{ handOverId endedOn remaining }",
                all => all[0].At("endedOn").ValueKind is not JsonValueKind.Null);
            Assert.Equal(1, handOvers.GetArrayLength());
            Assert.Equal(0, handOvers[0].At("remaining").GetInt32());
            for (string? after = null; ;)
            {
                var page = (await coordinator.Query(
                    """
                    query($after: String) { caseload(municipality: "320", first: 100, after: $after) {
                      nodes { workerId client { worker { ownWorker } history { type } } }
                      pageInfo { hasNextPage endCursor } } }
                    """,
                    new { after })).GetProperty("caseload");
                Assert.All(page.At("nodes").EnumerateArray(), node =>
                {
                    Assert.Equal("eino", node.At("workerId").GetString());
                    Assert.True(node.At("client", "worker", "ownWorker").GetBoolean());
                    Assert.Single(node.At("client", "history").EnumerateArray(), entry =>
                        entry.At("type").GetString() == "client.handed-over");
                });
                if (!page.At("pageInfo", "hasNextPage").GetBoolean())
                {
                    break;
                }
                after = page.At("pageInfo", "endCursor").GetString();
            }
        }
        await Osst.AssertVerifies("--data", folder.Data);
    }

    private static object Merge(string mergeId) => new
    {
        municipality = Municipality,
        mergeId,
        survivorId = "a",
        duplicateId = "b",
        grounds = "SAME_IDENTIFIER",
    };

    private static object HandOver => new
    {
        municipality = Municipality,
        commandId = "0f8fad5b-d9cb-469f-a165-70867728950e",
        handOverId = "h1",
        fromWorkerId = "aino",
        toWorkerId = "eino",
    };

    private static Task Register(GraphQLClient caller, string client, string identifier) => Take(
        caller,
        "registerClient",
        new
        {
            clientId = client,
            municipality = Municipality,
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1980,
            temporaryIdentifier = identifier,
            synthetic = true,
        });

    private static async Task Take(GraphQLClient caller, string mutation, object input)
    {
        var payload = await caller.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
    }

    /// <summary>Asks until the platform has done what it does by itself.</summary>
    private static Task<JsonElement> Until(
        GraphQLClient caller, string field, string selection, Func<JsonElement, bool> isDone) => Patience.Until(
            async () => (await caller.Query($"{{ {field}(municipality: \"320\") {selection} }}")).GetProperty(field),
            isDone, field);
}
