
namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Work beyond the office, interviews and decisions of employment, over HTTP.</summary>
[Collection("demo")]
public sealed class WorkTests(DemoServer demo)
{
    private const string Totals = """
        { workTotals(municipalities: ["297"], from: "2019-09", to: "2019-09") { withheld
          rows { month method { code display(language: "fi") } activities minutes participants } } }
        """;

    private readonly GraphQLClient _worker = demo.Server.As(Role.Coordinator, "297");

    [Fact]
    public async Task Totals_are_exact_for_the_own_staff_and_protected_for_others()
    {
        var method = new { system = "local:osst-methods", code = "COMMUNITY_WORK" };
        var first = await _worker.Mutate("recordActivity", new
        {
            municipality = "297",
            occurredOn = "2019-09-10",
            method,
            minutes = 90,
            participants = 3,
        });
        Assert.True(first.GetProperty("accepted").GetBoolean(), first.GetRawText());
        await _worker.Query("query($p: Long!) { caseload(municipality: \"297\", minPosition: $p) { totalCount } }",
            new { p = first.GetProperty("position").GetInt64() });
        var own = (await _worker.Query(Totals)).GetProperty("workTotals");
        Assert.Equal(("Yhdyskunta- ja aluetyö", 1, 90, 3), (
            own.GetProperty("rows")[0].At("method", "display").GetString(),
            own.GetProperty("rows")[0].GetProperty("activities").GetInt32(),
            own.GetProperty("rows")[0].GetProperty("minutes").GetInt32(),
            own.GetProperty("rows")[0].GetProperty("participants").GetInt32()));
        var told = (await demo.Server.As(Role.Researcher).Query(Totals)).GetProperty("workTotals");
        Assert.True(told.GetProperty("withheld").GetBoolean());
        Assert.DoesNotContain("\"participants\":3", told.GetRawText());
    }

    [Fact]
    public async Task Interviews_are_read_by_the_own_staff_and_researchers_only()
    {
        var interview = await demo.Server.As(Role.Coordinator, "297").Mutate("recordInterview", new
        {
            municipality = "297",
            interviewId = $"i-{Guid.NewGuid():N}",
            role = "PARTNER",
            notes = new[] { new { topic = "COOPERATION", text = "Yhteistyö toimii." } },
        });
        Assert.True(interview.GetProperty("accepted").GetBoolean(), interview.GetRawText());
        await _worker.Query("query($p: Long!) { caseload(municipality: \"297\", minPosition: $p) { totalCount } }",
            new { p = interview.GetProperty("position").GetInt64() });
        const string Query = "{ municipality(code: \"297\") { interviews { role notes { topic text } } } }";
        Assert.Contains("Yhteistyö", (await demo.Server.As(Role.Researcher).Query(Query)).GetRawText());
        Assert.Contains("Yhteistyö", (await _worker.Query(Query)).GetRawText());
        Assert.Equal("FORBIDDEN", (await demo.Server.As(Role.SocialWorker, "837").Send(Query)).Code);
    }

    [Fact]
    public async Task A_social_worker_plans_and_decides_and_a_counsellor_does_not()
    {
        var id = $"work-{Guid.NewGuid():N}";
        await _worker.Mutate("registerClient", new
        {
            clientId = id,
            municipality = "297",
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = id,
            synthetic = true,
        });
        var plan = new { clientId = id, planId = "e1", steps = new[] { new { kind = "WORK_TRIAL" } } };
        Assert.Equal("FORBIDDEN",
            (await demo.Server.As(Role.Counsellor, "297").TryMutate("makeEmploymentPlan", plan)).Code);
        await _worker.Mutate("makeEmploymentPlan", plan);
        await _worker.Mutate("recordEmploymentDecision", new
        {
            clientId = id,
            decisionId = "d1",
            kind = "WORK_TRIAL",
            granted = true,
            grounds = "Sovittu",
            planId = "e1",
        });
        var client = (await _worker.Query("""
            query($id: ID!) { client(id: $id) { employmentPlans { planId steps { kind } }
              employmentDecisions { decisionId granted grounds planId } timeline { nodes { text } } } }
            """, new { id })).GetProperty("client");
        Assert.Equal("Sovittu", client.GetProperty("employmentDecisions")[0].GetProperty("grounds").GetString());
        Assert.Contains("Työllistymissuunnitelma laadittiin: työkokeilu", client.GetProperty("timeline").GetRawText());
    }
}
