using System.Globalization;
using System.Text.RegularExpressions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What each role sees and does, and what it never does.</summary>
[Collection("demo")]
public sealed class RoleTests(DemoServer demo)
{
    private readonly RunningServer _server = demo.Server;

    [Theory]
    [InlineData(Role.SocialWorker)]
    [InlineData(Role.Counsellor)]
    [InlineData(Role.Coordinator)]
    public async Task Staff_of_one_municipality_neither_read_nor_command_a_client_of_another(Role role)
    {
        var (client, position) = (await SomeClient("837"), await _server.Position());
        var stranger = _server.As(role, "320");
        AssertForbidden(await stranger.Send("query($id: ID!) { client(id: $id) { lastName } }", new { id = client }));
        AssertForbidden(await stranger.Send("{ caseload(municipality: \"837\") { totalCount } }"));
        AssertForbidden(await stranger.TryMutate("recordContactAttempt", Attempt(client)));
        AssertForbidden(await stranger.TryMutate("closeMatter", new { clientId = client, reason = "OTHER" }));
        Assert.Equal(position, await _server.Position());
    }

    [Theory]
    [InlineData(Role.Researcher)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Integration)]
    public async Task Roles_without_clients_see_none(Role role)
    {
        var client = await SomeClient("837");
        var caller = _server.As(role);
        AssertForbidden(await caller.Send("query($id: ID!) { client(id: $id) { municipality } }", new { id = client }));
        AssertForbidden(await caller.Send("{ caseload(municipality: \"837\") { nodes { clientId } } }"));
        AssertForbidden(await caller.TryMutate("recordContactAttempt", Attempt(client)));
        var figures = await caller.Query(
            "{ caseloadMetrics { municipalities withheld byWorker { workerId } } avainOutcomes { withheld } }");
        Assert.Equal(12, figures.At("caseloadMetrics", "municipalities").GetInt32());
        Assert.Equal(0, figures.At("caseloadMetrics", "byWorker").GetArrayLength());
    }

    [Theory]
    [InlineData("caseloadMetrics(filter: { status: IN_PLAN }) { clients }")]
    [InlineData("referralFunnel(municipalities: [\"320\"]) { withheld }")]
    [InlineData("referralFunnel(arm: OSST_AND_EMPLOYMENT, source: KELA) { withheld }")]
    [InlineData("avainOutcomes(from: \"2018-02\", to: \"2018-02\") { reviews }")]
    public async Task A_researcher_may_not_narrow_a_figure_down_to_a_person(string field) =>
        Assert.Equal("SMALL_CELL_RULE", (await _server.As(Role.Researcher).Send($"{{ {field} }}")).Code);

    [Fact]
    public async Task Every_cell_that_a_researcher_sees_is_a_multiple_of_5_and_10_at_least()
    {
        var data = await _server.As(Role.Researcher).Query("""
            { municipalities { metrics { clients byStatus { count } byReason { count } byAgeBand { count }
              byMethod { count } overdue { count } } } }
            """);
        var shown = Regex.Matches(data.GetRawText(), "\"(clients|count)\":(\\d+)")
            .Select(match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(shown.Count > 5, data.GetRawText());
        Assert.All(shown, count => Assert.True(count >= 10 && count % 5 == 0, $"{count}"));
    }

    [Fact]
    public async Task An_integration_registers_refers_and_reports_benefit_months_and_reads_nobody()
    {
        var kela = _server.As(Role.Integration);
        var id = $"kela-{Guid.NewGuid():N}";
        var registered = await kela.Send("""
            mutation($input: RegisterClientInput!) { registerClient(input: $input) { accepted client { lastName } } }
            """, new
        {
            input = new
            {
                clientId = id,
                municipality = "851",
                lastName = "Esimerkki",
                firstNames = "Synteettinen",
                birthYear = 1990,
                temporaryIdentifier = id,
                synthetic = true,
            },
        });
        Assert.Contains("{\"accepted\":true,\"client\":null}", registered.Text, StringComparison.Ordinal);
        foreach (var (mutation, input) in Lines("851"))
        {
            var payload = await kela.Mutate(mutation, input);
            Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
        }
        // Another register may have given the identifier first: what is meant for one does not reach the other.
        foreach (var (register, code) in ((string?, string)[])[(null, "FIELD_REQUIRED"), ("837", "OTHER_MUNICIPALITY")])
        {
            foreach (var (mutation, input) in Lines(register))
            {
                var error = (await kela.Mutate(mutation, input)).GetProperty("userErrors")[0];
                Assert.Equal(code, error.GetProperty("code").GetString());
                Assert.Equal("register", error.GetProperty("field").GetString());
            }
        }
        AssertForbidden(await kela.TryMutate(
            "assignWorker", new { clientId = id, register = "851", workerId = "w1", ownWorker = true }));
        AssertForbidden(await kela.TryMutate(
            "recordContactAttempt", new { clientId = id, register = "851", channel = "LETTER", reached = false }));
        AssertForbidden(await kela.Send("query($id: ID!) { client(id: $id) { municipality } }", new { id }));

        (string, object)[] Lines(string? register) =>
        [
            ("receiveReferral",
                new { clientId = id, register, referralId = "r1", source = "KELA", reason = "NEED", urgency = 3 }),
            ("recordBenefitMonth",
                new { clientId = id, register, month = "2019-01", amountCents = 48_500, reductionPercent = 20 }),
        ];
    }

    [Fact]
    public async Task A_register_s_months_are_complete_by_the_word_of_who_speaks_for_it()
    {
        var coverage = new { municipality = "851", source = "somebody-elses", from = "2018-01", through = "2018-02" };
        foreach (var role in (Role[])[Role.Integration, Role.Operator])
        {
            AssertForbidden(await _server.As(role).TryMutate("recordRegisterCoverage", coverage));
            AssertForbidden(await _server.As(role).TryMutate("withdrawRegisterCoverage", coverage));
        }
    }

    private static object Attempt(string client) => new { clientId = client, channel = "LETTER", reached = false };

    private static void AssertForbidden(Answer answer)
    {
        Assert.Equal("FORBIDDEN", answer.Code);
        Assert.False(answer.HasData, answer.Text);
    }

    private async Task<string> SomeClient(string municipality)
    {
        var data = await _server.As(Role.Coordinator, municipality).Query(
            "query($m: String!) { caseload(municipality: $m, first: 1) { nodes { clientId } } }",
            new { m = municipality });
        return data.At("caseload", "nodes")[0].GetProperty("clientId").GetString()!;
    }
}
