namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>Whose identifiers a caller may use, over HTTP.</summary>
[Collection("demo")]
public sealed class SourceTests(DemoServer demo)
{
    private const string Import = """
        mutation($input: ImportBenefitMonthsInput!) { importBenefitMonths(input: $input) {
          accepted results { status error { ... on UnusableLine { code field } } } } }
        """;

    [Theory]
    [InlineData(Role.Integration)]
    [InlineData(Role.Coordinator)]
    public async Task Lines_of_a_source_that_the_token_does_not_speak_for_are_refused(Role role)
    {
        var answer = await demo.Server.As(role).Send(Import, new { input = Months("somebody-elses", "K-1") });
        Assert.Equal("FORBIDDEN", answer.Code);
        Assert.Contains("the token names those that it speaks for", answer.Text);
    }

    /// <summary>They would be duplicates when the system that they are of sends them.</summary>
    [Fact]
    public async Task Entries_of_a_source_that_the_token_does_not_speak_for_are_refused_where_no_client_is_named()
    {
        const string Activities = """
            mutation($input: ImportActivitiesInput!) { importActivities(input: $input) { accepted } }
            """;
        var coordinator = demo.Server.As(Role.Coordinator, "680");
        var answer = await coordinator.Send(Activities, new { input = Work("somebody-elses") });
        Assert.Equal("FORBIDDEN", answer.Code);
        Assert.Contains("the token names those that it speaks for", answer.Text);
        Assert.NotEqual("FORBIDDEN", (await coordinator.Send(Activities, new { input = Work("kela") })).Code);

        static object Work(string source) => new
        {
            source,
            dryRun = true,
            lines = new[] { new { municipality = "680", entryId = "1", minutes = 60 } },
        };
    }

    [Fact]
    public async Task An_identifier_means_a_known_client_when_the_coordinator_has_said_so()
    {
        var coordinator = demo.Server.As(Role.Coordinator, "680");
        var client = await coordinator.RegisterSomeone("linked");
        var externalId = $"L-{Guid.NewGuid():N}";
        Assert.Equal("EXTERNAL_ID_UNKNOWN", await CodeOf(coordinator, Months("kela", externalId)));
        Assert.Equal("EXTERNAL_ID_NOT_LINKED", await CodeOf(coordinator, Months("kela", externalId, client)));
        var linked = await coordinator.Mutate("linkExternalId", new { source = "kela", externalId, clientId = client });
        Assert.True(linked.GetProperty("accepted").GetBoolean());
        Assert.Null(await CodeOf(coordinator, Months("kela", externalId)));
        var other = await coordinator.RegisterSomeone("linked");
        var again = await coordinator.Mutate("linkExternalId", new { source = "kela", externalId, clientId = other });
        Assert.Equal("EXTERNAL_ID_TAKEN", again.GetProperty("userErrors")[0].GetProperty("code").GetString());
        // In another register the identifier is that register's own.
        var stranger = demo.Server.As(Role.Coordinator, "837");
        Assert.Equal("EXTERNAL_ID_UNKNOWN", await CodeOf(stranger, Months("kela", externalId)));
    }

    [Fact]
    public async Task A_line_without_a_day_is_the_same_in_another_call_of_the_same_import()
    {
        var coordinator = demo.Server.As(Role.Coordinator, "680");
        var client = await coordinator.RegisterSomeone("again");
        var import = Guid.NewGuid();
        Assert.Equal("ACCEPTED", await StatusOf(Line(40_000, import, 7)));
        Assert.Equal("ACCEPTED", await StatusOf(Line(50_000, Guid.NewGuid(), 7)));
        Assert.Equal("DUPLICATE", await StatusOf(Line(40_000, import, 7)));
        Assert.Equal("ACCEPTED", await StatusOf(Line(40_000, import, 8)));
        var wrong = await coordinator.Send(Import, new
        {
            input = new { source = "kela", lineNumbers = new[] { 1 }, lines = Array.Empty<object>() },
        });
        Assert.Equal("BAD_INPUT", wrong.Code);

        async Task<string?> StatusOf(object input) => (await coordinator.Query(Import, new { input }))
            .GetProperty("importBenefitMonths").GetProperty("results")[0].GetProperty("status").GetString();

        object Line(int amountCents, Guid importId, int number) => new
        {
            source = "kela",
            importId,
            lineNumbers = new[] { number },
            lines = new[] { new { clientId = client, month = "2019-03", amountCents, reductionPercent = 0 } },
        };
    }

    [Fact]
    public async Task Nobody_links_a_client_of_another_register()
    {
        var client = await demo.Server.As(Role.Coordinator, "680").RegisterSomeone("linked");
        foreach (var caller in new[] { demo.Server.As(Role.Coordinator, "837"), demo.Server.As(Role.Integration) })
        {
            var answer = await caller.TryMutate(
                "linkExternalId", new { source = "kela", externalId = "L-1", clientId = client });
            Assert.Equal("FORBIDDEN", answer.Code);
        }
    }

    private static async Task<string?> CodeOf(GraphQLClient caller, object input)
    {
        var data = await caller.Query(Import, new { input });
        var result = data.GetProperty("importBenefitMonths").GetProperty("results")[0];
        return result.GetProperty("error") is { ValueKind: System.Text.Json.JsonValueKind.Object } error
            ? error.GetProperty("code").GetString()
            : null;
    }

    private static object Months(string source, string externalId, string? clientId = null) => new
    {
        source,
        lines = new[] { new { externalId, clientId, month = "2019-03", amountCents = 40000, reductionPercent = 0 } },
    };
}
