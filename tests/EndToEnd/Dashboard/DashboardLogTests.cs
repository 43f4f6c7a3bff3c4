namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Clients who ask who used their data, and the answer to print.</summary>
public sealed partial class DashboardPageTests
{
    [ChromiumFact]
    public async Task The_officer_goes_from_a_request_to_the_report_that_is_printed_for_the_client()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "320");
        var list = await coordinator.Query("{ caseload(municipality: \"320\", first: 1) { nodes { clientId } } }");
        var id = list.GetProperty("caseload").GetProperty("nodes")[0].GetProperty("clientId").GetString()!;
        await coordinator.Mutate("requestLogReport", new { clientId = id, requestId = "page" });
        await using var tab = await dashboard.Open();
        await tab.Enter("data-protection", "320", "/logs");
        await tab.Page.CheckAsync("input[value=log-request]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("main table a");
        await tab.AssertSound("logs");
        await tab.Page.ClickAsync($"main table a:text-is('{id}')");
        await tab.Page.WaitForSelectorAsync("#uses tbody tr");
        await tab.AssertSound("log-report");
        Assert.Contains("data-protection/dashboard", await tab.Page.InnerTextAsync("#uses tbody tr >> nth=0"));
        var address = tab.Page.Url;
        Assert.DoesNotContain(id, address, StringComparison.Ordinal);
        foreach (var (language, title) in ((string, string)[])
            [("fi", "Kuka on käyttänyt tietojasi"), ("sv", "Vem har använt dina uppgifter")])
        {
            var back = Uri.EscapeDataString(new Uri(address).AbsolutePath);
            await tab.Page.GotoAsync($"/language/{language}?back={back}");
            await tab.Page.WaitForSelectorAsync("#uses tbody tr");
            Assert.StartsWith(title, await tab.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        }
        await tab.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        Assert.False(await tab.Page.IsVisibleAsync("header nav"));
        Assert.True(await tab.Page.IsVisibleAsync("#disclosures"));
        Assert.False(await tab.Page.IsVisibleAsync("[data-print]"));
        await tab.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Screen });
    }

    [ChromiumFact]
    public async Task The_officer_records_a_request_looks_for_the_clients_lines_and_records_the_answer()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "680");
        var id = await coordinator.RegisterSomeone("log-page");
        await using var tab = await dashboard.Open();
        await tab.Enter("data-protection", "680", "/logs");
        await tab.Page.CheckAsync("input[value=log-request]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.FillAsync("#request-client", id);
        await tab.Page.ClickAsync("#record form button");
        await tab.Page.WaitForSelectorAsync("[role=status]");
        await tab.Page.ClickAsync($"tr:has(a:text-is('{id}')) summary");
        await tab.AssertSound("logs-officer");
        await tab.Page.FillAsync("#search-client", id);
        await tab.Page.ClickAsync("#search form button");
        await tab.Page.WaitForSelectorAsync("#lines tbody tr");
        await tab.AssertSound("logs-search");
        Assert.Contains(id, await tab.Page.InnerTextAsync("#lines tbody tr >> nth=0"), StringComparison.Ordinal);
        await tab.Page.GotoAsync("/logs/unusual");
        await tab.AssertSound("logs-unusual");
        await tab.Page.GotoAsync("/logs");
        await tab.Page.ClickAsync($"tr:has(a:text-is('{id}')) summary");
        await tab.Page.ClickAsync($"tr:has(a:text-is('{id}')) button[value=give]");
        await tab.Page.WaitForSelectorAsync("[role=status]");
        Assert.Equal(0, await tab.Page.Locator($"a:text-is('{id}')").CountAsync());
        Assert.DoesNotContain(tab.Requests, request => request.PathAndQuery.Contains(id, StringComparison.Ordinal));
    }
}
