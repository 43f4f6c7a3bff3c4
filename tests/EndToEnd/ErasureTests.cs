using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What a consent keeps goes with it, and a client can be erased, over HTTP.</summary>
[Collection("demo")]
public sealed class ErasureTests(DemoServer demo)
{
    private const string Client = """
        query($id: ID!) { client(id: $id) { lastName erasedOn birthYear dropInAttendances { dropInCentreId day }
          timeline { nodes { version type } } history { type } } }
        """;

    private readonly GraphQLClient _worker = demo.Server.As(Role.Coordinator, "680");

    [Fact]
    public async Task A_visit_is_shown_while_the_consent_holds_and_is_never_in_the_history()
    {
        var id = await Registered();
        await Accepted(_worker, "giveDropInConsent", new { clientId = id });
        var position = await demo.Server.Position();
        await Accepted(_worker, "recordDropInAttendance", new { clientId = id, dropInCentreId = "tupa" });
        Assert.Equal(position, await demo.Server.Position());
        var kept = (await _worker.Query(Client, new { id })).GetProperty("client");
        Assert.Equal("tupa", kept.GetProperty("dropInAttendances")[0].GetProperty("dropInCentreId").GetString());
        Assert.Contains("client.drop-in-visit-kept", kept.GetProperty("timeline").GetRawText());
        Assert.DoesNotContain("visit", kept.GetProperty("history").GetRawText());
        await Accepted(_worker, "withdrawDropInConsent", new { clientId = id });
        var gone = (await _worker.Query(Client, new { id })).GetProperty("client");
        Assert.Equal(0, gone.GetProperty("dropInAttendances").GetArrayLength());
        Assert.DoesNotContain("visit-kept", gone.GetProperty("timeline").GetRawText());
    }

    [Fact]
    public async Task An_erased_client_is_codes_and_days_only()
    {
        var id = await Registered();
        var input = new { clientId = id, reason = "REGISTERED_IN_ERROR" };
        Assert.Equal(
            "FORBIDDEN", (await demo.Server.As(Role.SocialWorker, "680").TryMutate("eraseClient", input)).Code);
        await Accepted(demo.Server.As(Role.Coordinator, "680"), "eraseClient", input);
        var erased = (await _worker.Query(Client, new { id })).GetProperty("client");
        Assert.Equal(JsonValueKind.Null, erased.GetProperty("lastName").ValueKind);
        Assert.Equal(1985, erased.GetProperty("birthYear").GetInt32());
        Assert.Equal(JsonValueKind.String, erased.GetProperty("erasedOn").ValueKind);
        var refused = await _worker.Mutate("giveDropInConsent", new { clientId = id });
        Assert.Equal("CLIENT_ERASED", refused.GetProperty("userErrors")[0].GetProperty("code").GetString());
    }

    private async Task<string> Registered()
    {
        var id = $"gone-{Guid.NewGuid():N}";
        await Accepted(_worker, "registerClient", new
        {
            clientId = id,
            municipality = "680",
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = id,
            synthetic = true,
        });
        return id;
    }

    private static async Task Accepted(GraphQLClient caller, string mutation, object input)
    {
        var payload = await caller.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
    }
}
