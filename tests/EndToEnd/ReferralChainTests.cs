using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A worker's way with one referral over HTTP, and the lists that tell of it.</summary>
[Collection("demo")]
public sealed class ReferralChainTests(DemoServer demo)
{
    private readonly string _id = $"chain-{Guid.NewGuid():N}";
    private readonly GraphQLClient _worker = demo.Server.As(Role.Coordinator, "297");

    [Fact]
    public async Task A_referral_of_the_vulnerable_stands_on_the_lists_until_its_time_limits_are_kept()
    {
        await Send("registerClient", new
        {
            clientId = _id,
            municipality = "297",
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1940,
            temporaryIdentifier = _id,
            synthetic = true,
        });
        await Send("receiveReferral", new
        {
            clientId = _id,
            referralId = "r1",
            source = "KELA",
            reason = "NEED",
            urgency = 2,
            over75 = true,
            kind = "NEED_OF_SERVICES",
        });
        await Send("registerReferral", new
        {
            clientId = _id,
            referralId = "r1",
            measure = "PROCESS_BEGINS",
            urgency = 1,
        });
        var position = await Send("requestDiscussion", new { clientId = _id });
        Assert.Equal(["DISCUSSIONS_DUE", "ASSESSMENT_STARTS_DUE"], await Lists(position));
        var client = (await _worker.Query(
            """
            query($id: ID!) { client(id: $id) {
              referrals { stage kind registration { measure urgency } } discussions { answeredOn }
              deadlines { kind since dueOn metOn referralId } } }
            """,
            new { id = _id })).GetProperty("client");
        Assert.Equal("REGISTERED", client.At("referrals")[0].At("stage").GetString());
        Assert.Equal("NEED_OF_SERVICES", client.At("referrals")[0].At("kind").GetString());
        Assert.Equal(1, client.At("referrals")[0].At("registration", "urgency").GetInt32());
        Assert.Equal(JsonValueKind.Null, client.At("discussions")[0].At("answeredOn").ValueKind);
        Assert.Equal(
            ["ASSESSMENT_START", "DISCUSSION", "FIRST_CONTACT"],
            client.At("deadlines").EnumerateArray().Select(d => d.At("kind").GetString()).Order());

        position = await Send("startAssessment", new { clientId = _id, referralId = "r1" });
        Assert.Equal(["DISCUSSIONS_DUE"], await Lists(position));
        var refused = await _worker.Mutate("startAssessment", new { clientId = _id });
        Assert.Equal("ASSESSMENT_ALREADY_STARTED", refused.At("userErrors")[0].At("code").GetString());
    }

    [Fact]
    public async Task Saturdays_count_where_the_coordinator_says_so()
    {
        var coordinator = demo.Server.As(Role.Coordinator, "297");
        const string Query = "{ municipality(code: \"297\") { saturdayIsWorkingDay } }";
        foreach (var counts in new[] { true, false })
        {
            await coordinator.Mutate("setWorkingDayRule", new { municipality = "297", saturdayCounts = counts });
            Assert.Equal(
                counts,
                (await coordinator.Query(Query)).At("municipality", "saturdayIsWorkingDay").GetBoolean());
        }
        Assert.Equal(
            "FORBIDDEN",
            (await demo.Server.As(Role.SocialWorker, "297").TryMutate(
                "setWorkingDayRule", new { municipality = "297", saturdayCounts = true })).Code);
    }

    private async Task<long> Send(string mutation, object input)
    {
        var payload = await _worker.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
        return payload.GetProperty("position").GetInt64();
    }

    /// <summary>On which of the lists of legal time limits the client stands.</summary>
    private async Task<IEnumerable<string?>> Lists(long position)
    {
        var data = await _worker.Query(
            """
            query($position: Long) { worklists(municipality: "297", minPosition: $position) {
              lists(kinds: [DISCUSSIONS_DUE, DISCUSSIONS_OVERDUE, ASSESSMENT_STARTS_DUE]) {
                kind items(first: 200) { nodes { entry { clientId } } } } } }
            """,
            new { position });
        return data.At("worklists", "lists").EnumerateArray()
            .Where(list => list.At("items", "nodes").EnumerateArray()
                .Any(item => item.At("entry", "clientId").GetString() == _id))
            .Select(list => list.At("kind").GetString());
    }
}
