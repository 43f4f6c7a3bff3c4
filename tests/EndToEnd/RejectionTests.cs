using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What the domain refuses comes back as data with a code and a field, and nothing is stored.</summary>
[Collection("demo")]
public sealed class RejectionTests(DemoServer demo)
{
    private const string Centre = "kemijarvi-keskusta";

    private readonly RunningServer _server = demo.Server;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "recordVisits", """{"dropInCentreId":"nowhere","visits":1}""", "NOT_REGISTERED", "dropInCentreId" },
        { "recordContactAttempt", """
            {"clientId":"No One!","channel":"PHONE","reached":true}
            """, "ID_INVALID", "clientId" },
        { "registerClient", """
            {"clientId":"new","municipality":"32","lastName":"A","firstNames":"B","birthYear":1990,
             "temporaryIdentifier":"t"}
            """, "MUNICIPALITY_CODE_INVALID", "municipality" },
        { "registerClient", """
            {"clientId":"new","municipality":"320","lastName":"A","firstNames":"B","birthYear":1990}
            """, "EXACTLY_ONE_IDENTIFIER", "personalIdentityCode" },
        { "registerClient", """
            {"clientId":"new","municipality":"320","lastName":"A","firstNames":"B","birthYear":1990,
             "temporaryIdentifier":"t","occurredOn":"2099-01-01"}
            """, "DATE_IN_FUTURE", "occurredOn" },
        { "missMeeting", """{"clientId":"CLIENT","meetingId":"never-booked"}""", "MEETING_NOT_BOOKED", "meetingId" },
        { "reviewPlan", """
            {"clientId":"CLIENT","planId":"no-plan","filledWithClient":true,"clientsView":"a","workersAssessment":"b",
             "attainments":[],"authors":["w1"]}
            """, "REVIEW_WITHOUT_PLAN", "planId" },
        { "recordBenefitMonth", """
            {"clientId":"CLIENT","month":"2018-05","amountCents":-1,"reductionPercent":0}
            """, "OUT_OF_RANGE", "amountCents" },
        { "placeInArm", """
            {"municipality":"320","arm":"NEITHER","startsOn":"2018-06-01"}
            """, "ARM_FOLLOWS", "startsOn" },
        { "recordTrainingDays", """
            {"municipality":"320","workerId":"nobody","trainingDays":3}
            """, "WORKER_UNKNOWN", "workerId" },
        { "recordVisits", $$"""{"dropInCentreId":"{{Centre}}","visits":-1}""", "OUT_OF_RANGE", "visits" },
        { "endGroup", $$"""{"dropInCentreId":"{{Centre}}","groupId":"no-group"}""", "GROUP_UNKNOWN", "groupId" },
        { "changeBudget", """{"programmeId":"osst","budgetCents":-5}""", "OUT_OF_RANGE", "budgetCents" },
        { "releaseMunicipality", """
            {"programmeId":"osst","municipality":"994","leavesOn":"2018-12-31"}
            """, "NOT_MEMBER", "municipality" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_refused_command_names_code_and_field_and_stores_nothing(
        string mutation, string input, string code, string field)
    {
        var before = await _server.Position();
        var isProgramme = input.Contains("programmeId", StringComparison.Ordinal);
        var caller = _server.As(isProgramme ? Role.Operator : Role.Coordinator);
        var payload = await caller.Mutate(mutation, JsonElement.Parse(await WithClient(input)));
        var error = Assert.Single(payload.GetProperty("userErrors").EnumerateArray());
        Assert.False(payload.GetProperty("accepted").GetBoolean());
        Assert.Equal((code, field), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(before, await _server.Position());
    }

    [Fact]
    public async Task A_command_for_another_version_tells_the_actual_one()
    {
        var input = await WithClient("""{"clientId":"CLIENT","channel":"PHONE","reached":false,"ifVersion":1}""");
        var payload = await _server.As(Role.Coordinator).Mutate("recordContactAttempt", JsonElement.Parse(input));
        var error = payload.GetProperty("userErrors")[0];
        Assert.Equal("VersionConflict", error.GetProperty("__typename").GetString());
        Assert.True(error.GetProperty("actualVersion").GetInt64() > 1);
    }

    /// <summary>A client with an open matter and without a plan.</summary>
    private async Task<string> WithClient(string input)
    {
        var data = await _server.As(Role.Coordinator).Query(
            "{ caseload(municipality: \"320\", first: 99) { nodes { clientId status client { plans { planId } } } } }");
        var client = data.At("caseload", "nodes").EnumerateArray()
            .First(node => node.At("client", "plans").GetArrayLength() == 0
                && node.At("status").GetString() != "CLOSED");
        return input.Replace("CLIENT", client.GetProperty("clientId").GetString(), StringComparison.Ordinal);
    }
}
