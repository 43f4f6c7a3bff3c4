using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What is written can be read, and every figure is what the list behind it shows.</summary>
[Collection("demo")]
public sealed class FigureTests(DemoServer demo)
{
    private const string Tampere = "837";

    private readonly RunningServer _server = demo.Server;

    [Fact]
    public async Task A_write_is_seen_by_the_query_that_waits_for_its_position()
    {
        var client = _server.As(Role.Coordinator, "680");
        for (var i = 0; i < 20; i++)
        {
            var id = $"mine-{Guid.NewGuid():N}";
            var payload = await client.Mutate("registerClient", new
            {
                clientId = id,
                municipality = "680",
                lastName = "Esimerkki",
                firstNames = "Synteettinen",
                birthYear = 1985,
                temporaryIdentifier = id,
                synthetic = true,
            });
            var data = await client.Query("""
                query($p: Long!) {
                  caseload(municipality: "680", first: 200, minPosition: $p) { totalCount nodes { clientId } }
                  caseloadMetrics(municipalities: ["680"], minPosition: $p) { clients }
                }
                """, new { p = payload.GetProperty("position").GetInt64() });
            var page = data.GetProperty("caseload");
            Assert.Contains(
                id, page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("clientId").GetString()));
            // Figures go on counting who was erased, as other tests do here; the list has them no more.
            Assert.InRange(
                page.GetProperty("totalCount").GetInt32(), 1, data.At("caseloadMetrics", "clients").GetInt32());
        }
    }

    private static int? Number(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null ? null : value.GetInt32();

    private const string Table = """
        query($by: [CaseloadDimension!]!, $of: [String!], $filter: CaseloadFilter) {
          caseloadTable(by: $by, municipalities: $of, filter: $filter) {
            cells { keys { dimension code municipality { name } } figure { value state isLowerBound } } } }
        """;

    [Fact]
    public async Task A_table_of_own_clients_adds_up_to_the_metrics_by_any_two_dimensions()
    {
        var own = _server.As(Role.Coordinator, Tampere);
        var all = (await own.Query("""{ caseloadMetrics(municipalities: ["837"]) { clients } }"""))
            .At("caseloadMetrics", "clients").GetInt32();
        foreach (var by in new[] { new[] { "STATUS" }, ["STATUS", "AGE_BAND"], ["MUNICIPALITY", "REASON"] })
        {
            var cells = (await own.Query(Table, new { by, of = new[] { Tampere } })).At("caseloadTable", "cells");
            Assert.Equal(all, cells.EnumerateArray().Sum(cell => cell.At("figure", "value").GetInt32()));
            Assert.All(cells.EnumerateArray(), cell =>
            {
                Assert.Equal(by, cell.GetProperty("keys").EnumerateArray().Select(
                    key => key.GetProperty("dimension").GetString()));
                Assert.False(cell.At("figure", "isLowerBound").GetBoolean());
            });
        }
    }

    [Fact]
    public async Task Others_get_a_table_where_an_edition_has_it_and_else_the_rule_whatever_the_data()
    {
        var researcher = _server.As(Role.Researcher);
        var cells = (await researcher.Query(Table, new { by = new[] { "MUNICIPALITY", "STATUS" } }))
            .At("caseloadTable", "cells").EnumerateArray().ToArray();
        var byStatus = (await researcher.Query("{ caseloadMetrics { byStatus { status count } } }"))
            .At("caseloadMetrics", "byStatus").EnumerateArray().ToDictionary(
                row => row.GetProperty("status").GetString()!, row => Number(row.GetProperty("count")) ?? 0);
        Assert.All(cells, cell => Assert.Equal(
            cell.At("figure", "state").GetString() == "SHOWN", Number(cell.At("figure", "value")) is not null));
        Assert.All(cells.GroupBy(cell => cell.GetProperty("keys")[1].GetProperty("code").GetString()!), status =>
            Assert.Equal(byStatus[status.Key], status.Sum(cell => Number(cell.At("figure", "value")) ?? 0)));
        Assert.NotEmpty(cells);
        foreach (var (by, of, filter) in new (string[], string[]?, object?)[]
        {
            (["STATUS", "AGE_BAND"], null, null), (["WORKER"], null, null), (["STATUS", "REASON"], ["000"], null),
            (["STATUS"], null, new { status = "IN_PLAN" }),
        })
        {
            Assert.Equal("SMALL_CELL_RULE", (await researcher.Send(Table, new { by, of, filter })).Code);
        }
        Assert.Equal("BAD_INPUT", (await researcher.Send(Table, new { by = new[] { "STATUS", "STATUS" } })).Code);
    }

    [Fact]
    public async Task Paging_shows_every_client_once_and_the_figures_are_those_of_the_list()
    {
        var entries = new List<JsonElement>();
        string? after = null;
        do
        {
            var data = await _server.As(Role.Coordinator, Tampere).Query("""
                query($after: String) { caseload(municipality: "837", first: 7, after: $after) {
                  totalCount nodes { clientId status reason workerId } pageInfo { hasNextPage endCursor } } }
                """, new { after });
            var page = data.GetProperty("caseload");
            entries.AddRange(page.GetProperty("nodes").EnumerateArray());
            Assert.InRange(entries.Count, 1, page.GetProperty("totalCount").GetInt32());
            after = page.At("pageInfo", "hasNextPage").GetBoolean()
                ? page.At("pageInfo", "endCursor").GetString()
                : null;
        }
        while (after is not null);
        Assert.Equal(entries.Count, entries.DistinctBy(e => e.GetProperty("clientId").GetString()).Count());

        var metrics = (await _server.As(Role.Coordinator, Tampere).Query("""
            { caseloadMetrics(municipalities: ["837"]) { clients withheld byStatus { status count }
              byReason { reason count } byWorker { workerId count } } }
            """)).GetProperty("caseloadMetrics");
        Assert.Equal(entries.Count, metrics.GetProperty("clients").GetInt32());
        Assert.False(metrics.GetProperty("withheld").GetBoolean());
        AssertCounts(entries, metrics, "byStatus", "status");
        AssertCounts(entries, metrics, "byReason", "reason");
        AssertCounts(entries, metrics, "byWorker", "workerId");
    }

    [Fact]
    public async Task The_funnel_narrows_step_by_step_and_needs_attend_more_than_reductions()
    {
        var funnel = (await _server.As(Role.Coordinator, Tampere).Query("""
            { referralFunnel(municipalities: ["837"]) { withheld
              total { steps { step count share } attended missed attendanceRate }
              byReason { reason steps { count } attended missed } } }
            """)).GetProperty("referralFunnel");
        var steps = Counts(funnel.GetProperty("total"));
        Assert.True(steps[0] > 20, funnel.GetRawText());
        Assert.Equal(steps.OrderDescending(), steps);
        Assert.Equal(steps[0], funnel.GetProperty("byReason").EnumerateArray().Sum(row => Counts(row)[0]));
        Assert.InRange(funnel.At("total", "attendanceRate").GetDouble(), 0.4, 0.98);
    }

    [Fact]
    public async Task AVAIN_and_benefit_outcomes_are_of_the_arm_of_the_municipality()
    {
        var data = await _server.As(Role.Coordinator, Tampere).Query("""
            { avainOutcomes(municipalities: ["837"]) { reviews filledWithClientShare byArm { arm } }
              benefitOutcomes(municipalities: ["837"]) { byArm { arm clients meanBefore meanAfter meanChange } } }
            """);
        var avain = data.GetProperty("avainOutcomes");
        Assert.True(avain.GetProperty("reviews").GetInt32() > 0);
        Assert.InRange(avain.GetProperty("filledWithClientShare").GetDouble(), 0.5, 1);
        var arm = Assert.Single(avain.GetProperty("byArm").EnumerateArray());
        Assert.Equal("OSST_AND_EMPLOYMENT", arm.GetProperty("arm").GetString());
        var benefit = Assert.Single(data.At("benefitOutcomes", "byArm").EnumerateArray());
        Assert.InRange(benefit.GetProperty("meanBefore").GetDouble(), 0, 12);
        Assert.Equal(benefit.GetProperty("meanChange").GetDouble(),
            benefit.GetProperty("meanAfter").GetDouble() - benefit.GetProperty("meanBefore").GetDouble(), 9);
    }

    [Fact]
    public async Task A_trend_goes_on_to_todays_caseload_and_others_have_its_stock_as_editions_showed_it()
    {
        const string Trend = """
            query($from: Month!, $to: Month!) {
              caseloadTrend(measures: [OPEN, NEW, CLOSED], municipalities: ["837"], from: $from, to: $to, by: QUARTER) {
                asOf { position } periods { from to }
                series { municipality { code } municipalityCode measure values states } }
              caseloadMetrics(municipalities: ["837"]) { byStatus { status count } } }
            """;
        var span = new { from = "2017-08", to = "2034-01" };
        var own = await _server.As(Role.Coordinator, Tampere).Query(Trend, span);
        var trend = own.GetProperty("caseloadTrend");
        Assert.Equal("2017-07", trend.At("periods")[0].At("from").GetString());
        var series = trend.At("series").EnumerateArray().ToDictionary(
            line => line.At("measure").GetString()!,
            line => line.At("values").EnumerateArray()
                .Select(value => value.ValueKind is JsonValueKind.Null ? default(int?) : value.GetInt32()).ToArray());
        Assert.Equal("NOT_YET", trend.At("series")[0].At("states").EnumerateArray().Last().GetString());
        var open = series["OPEN"].OfType<int>().ToArray();
        Assert.Equal(
            own.At("caseloadMetrics", "byStatus").EnumerateArray()
                .Where(row => row.At("status").GetString() != "CLOSED").Sum(row => row.At("count").GetInt32()),
            open[^1]);
        Assert.Equal(open[^1], series["NEW"].Sum() - series["CLOSED"].Sum());

        var others = (await _server.As(Role.Researcher).Query(Trend, span)).GetProperty("caseloadTrend");
        Assert.All(others.At("series").EnumerateArray().Skip(1), line => Assert.All(
            line.At("states").EnumerateArray(), state => Assert.Equal("WITHHELD", state.GetString())));
        Assert.All(others.At("series")[0].At("values").EnumerateArray(), value => Assert.True(
            value.ValueKind is JsonValueKind.Null || value.GetInt32() % 5 == 0));
    }

    [Fact]
    public async Task An_evaluation_says_what_it_was_asked_and_others_get_no_subgroup_of_it()
    {
        const string Exit = """
            exit { definition { subject version from to gapMonths asOf { position } coverage { municipality } }
              withheld excluded { reason count } notes
              groups { arm estimates { measure estimate n clusters interval { low high level method } } } }
            """;
        var own = (await _server.As(Role.Coordinator, Tampere).Query($$"""
            { evaluation(municipalities: ["837"]) { {{Exit}}
              change { groups { label } } chain { comparisons { label } } avain { notes } } }
            """)).At("evaluation");
        Assert.Equal("2018-01", own.At("exit", "definition", "from").GetString());
        Assert.True(own.At("exit", "definition", "asOf", "position").GetInt64() > 0);
        var covered = Assert.Single(own.At("exit", "definition", "coverage").EnumerateArray());
        Assert.Equal("837", covered.At("municipality").GetString());
        var group = Assert.Single(own.At("exit", "groups").EnumerateArray());
        Assert.Equal("OSST_AND_EMPLOYMENT", group.At("arm").GetString());
        Assert.All(group.At("estimates").EnumerateArray(), it => Assert.Equal(1, it.At("clusters").GetInt32()));

        var researcher = _server.As(Role.Researcher);
        var others = (await researcher.Query($$"""{ evaluation { {{Exit}} } }""")).At("evaluation", "exit");
        Assert.Equal(0, others.At("excluded").GetArrayLength());
        Assert.All(others.At("groups").EnumerateArray(), it => Assert.All(
            it.At("estimates").EnumerateArray(), one => Assert.True(one.At("clusters").GetInt32() >= 3)));
        foreach (var refused in (string[])["{ evaluation { exit(age: UNDER25) { withheld } } }",
            """{ evaluation(municipalities: ["320"]) { exit { withheld } } }"""])
        {
            Assert.Equal("SMALL_CELL_RULE", (await researcher.Send(refused)).Code);
        }
    }

    [Fact]
    public async Task The_town_centre_of_Kemijärvi_had_117_visits_in_its_peak_week()
    {
        var data = await _server.As(Role.Researcher).Query("""
            { dropInCentre(id: "kemijarvi-keskusta") { openingDays metrics { peakWeek { visits } } }
              dropInMetrics(centre: "kemijarvi-keskusta") { centres peakWeek { visits } }
              programme { name endsOn budgetCents members { municipality } }
              municipalities(arm: OSST_AND_EMPLOYMENT, on: "2018-06-01") { code } }
            """);
        var centre = data.GetProperty("dropInCentre");
        Assert.Equal(4, centre.GetProperty("openingDays").GetArrayLength());
        Assert.Equal(117, centre.At("metrics", "peakWeek", "visits").GetInt32());
        Assert.Equal(117, data.At("dropInMetrics", "peakWeek", "visits").GetInt32());
        Assert.Equal("2019-12-31", data.At("programme", "endsOn").GetString());
        Assert.Equal(200_000_000, data.At("programme", "budgetCents").GetInt64());
        Assert.Equal(["211", "297", "320", "680", "837", "851"],
            data.GetProperty("municipalities").EnumerateArray().Select(m => m.GetProperty("code").GetString()!));
    }

    private static int[] Counts(JsonElement row) =>
        [.. row.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("count").GetInt32())];

    private static void AssertCounts(List<JsonElement> entries, JsonElement metrics, string rows, string by)
    {
        var listed = entries.Where(e => rows != "byWorker" || e.GetProperty(by).ValueKind != JsonValueKind.Null)
            .CountBy(e => e.GetProperty(by).ToString()).ToDictionary();
        var counted = metrics.GetProperty(rows).EnumerateArray()
            .Where(row => row.GetProperty("count").GetInt32() > 0)
            .ToDictionary(row => row.GetProperty(by).ToString(), row => row.GetProperty("count").GetInt32());
        Assert.Equal(
            listed.OrderBy(e => e.Key, StringComparer.Ordinal), counted.OrderBy(e => e.Key, StringComparer.Ordinal));
    }
}
