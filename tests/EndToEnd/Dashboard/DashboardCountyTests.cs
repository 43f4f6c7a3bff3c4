using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>A wellbeing county's staff at the dashboard: its municipalities together.</summary>
public sealed class DashboardCountyTests : IAsyncLifetime
{
    private const string Kainuu = "hva-20", Kajaani = "205", Sotkamo = "765";

    private readonly DashboardServer _dashboard = new() { Counties = [Kainuu] };

    public Task InitializeAsync() => _dashboard.InitializeAsync();

    public Task DisposeAsync() => _dashboard.DisposeAsync();

    [ChromiumFact]
    public async Task A_county_begins_with_the_sum_of_its_municipalities_and_works_as_one_register()
    {
        foreach (var (municipality, name) in ((string, string)[])
            [(Kainuu, "Kainuu"), (Kajaani, "Kajaani"), (Sotkamo, "Sotkamo")])
        {
            await _dashboard.Server.As(Role.Operator).Mutate("registerMunicipality", new { municipality, name });
        }
        var coordinator = _dashboard.Server.As(Role.Coordinator, Kainuu);
        await Refer(coordinator, "county-1", Kajaani);
        await Refer(coordinator, "county-2", Kajaani);
        var position = await Refer(coordinator, "county-3", Sotkamo);
        await coordinator.Query(
            "query($p: Long!) { caseloadMetrics(municipalities: [\"hva-20\"], minPosition: $p) { clients } }",
            new { p = position });

        await using var tab = await _dashboard.Open("en");
        await tab.Enter("coordinator", Kainuu);
        Assert.Equal("Kainuu", await tab.Page.InnerTextAsync("h1"));
        Assert.Equal(
            ["Together", "Kajaani", "Sotkamo"], await tab.Page.Locator("#part-county tbody th").AllInnerTextsAsync());
        Assert.Equal(
            ["3", "2", "1"], await tab.Page.Locator("#part-county tbody td:nth-of-type(2)").AllInnerTextsAsync());
        await tab.AssertSound("county-overview");
        await tab.Page.ClickAsync("header a[href='/own']");
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("a[href='/own/lists/NEW_REFERRALS']");
        Assert.Equal("Kainuu", await tab.Page.InnerTextAsync("h1"));
        await tab.AssertSound("county-own");
        await tab.Page.ClickAsync("a[href='/own/lists/NEW_REFERRALS']");
        await tab.Page.WaitForSelectorAsync("main tbody th");
        Assert.Equal(
            ["county-1", "county-2", "county-3"],
            (await tab.Page.Locator("main tbody th").AllInnerTextsAsync()).Order(StringComparer.Ordinal));
        foreach (var page in (string[])["chain", "outcomes", "staff", "logs", "centres"])
        {
            Assert.Equal(200, (await tab.Page.GotoAsync($"/{page}"))!.Status);
            await tab.AssertSound($"county-{page}");
        }
        await tab.Page.GotoAsync("/chain");
        Assert.Equal("Your municipalities", await tab.Page.InnerTextAsync("h1 small"));
    }

    private static async Task<long> Refer(GraphQLClient coordinator, string clientId, string municipality)
    {
        await coordinator.Mutate("registerClient", new
        {
            clientId,
            municipality,
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = clientId,
            synthetic = true,
        });
        var referred = await coordinator.Mutate("receiveReferral", new
        {
            clientId,
            register = Kainuu,
            referralId = "r1",
            source = "KELA",
            reason = "NEED",
            urgency = 2,
        });
        Assert.True(referred.GetProperty("accepted").GetBoolean(), referred.GetRawText());
        return referred.GetProperty("position").GetInt64();
    }
}
