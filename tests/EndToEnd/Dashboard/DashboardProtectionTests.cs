using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Restrictions that clients asked for, and matters whose time of keeping has ended.</summary>
public sealed partial class DashboardPageTests
{
    [ChromiumFact]
    public async Task A_coordinator_decides_a_restriction_and_a_refusal_has_its_grounds()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "680");
        List<string> clients = [];
        foreach (var ground in (string[])["ACCURACY_CONTESTED", "OBJECTION"])
        {
            clients.Add(await coordinator.RegisterSomeone("restricted"));
            var asked = await coordinator.Mutate("requestRestriction", new { clientId = clients[^1], ground });
            Assert.True(asked.GetProperty("accepted").GetBoolean(), asked.GetRawText());
        }
        await using var tab = await dashboard.Open("fi", ColorScheme.Dark, 360);
        await tab.Enter("coordinator", "680", "/logs");
        await tab.Page.CheckAsync("input[value=supervision]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.ClickAsync("main nav a[href='/logs/restrictions']");
        await tab.Page.WaitForSelectorAsync("main nav a[href='/logs/restrictions'][aria-current=page]");
        foreach (var (language, title) in ((string, string)[])
        [
            ("fi", "Käsittelyn rajoitukset"), ("sv", "Begränsningar av behandling"),
            ("en", "Restrictions of processing"),
        ])
        {
            await tab.Page.GotoAsync($"/language/{language}?back=%2Flogs%2Frestrictions");
            Assert.Equal(title, await tab.Page.InnerTextAsync("h1"));
            await tab.AssertSound($"restrictions-{language}");
        }
        await Of(clients[0]).Locator("button[value=refuse]").ClickAsync();
        await tab.Page.WaitForSelectorAsync("main [role=alert]");
        Assert.Equal("This has to be filled.", await tab.Page.InnerTextAsync("main [role=alert]"));
        tab.Complaints.Clear(); // The browser says that the answer was 422.
        await Of(clients[0]).Locator("textarea").FillAsync("Synteettinen peruste");
        await Of(clients[0]).Locator("button[value=refuse]").ClickAsync();
        await tab.Page.WaitForSelectorAsync("main [role=status]");
        Assert.Equal(0, await Of(clients[0]).CountAsync());
        await Of(clients[1]).Locator("button[value=grant]").ClickAsync();
        await SaidIs("holds");
        Assert.Contains("In force since", await Of(clients[1]).InnerTextAsync(), StringComparison.Ordinal);
        await tab.AssertSound("restrictions-in-force");
        await Of(clients[1]).Locator("textarea").FillAsync("Synteettinen peruste");
        await Of(clients[1]).Locator("button[value=end]").ClickAsync();
        await SaidIs("end of");
        Assert.Equal(0, await Of(clients[1]).CountAsync());
        Assert.DoesNotContain(tab.Requests, request => clients.Any(
            id => request.PathAndQuery.Contains(id, StringComparison.Ordinal)));

        await using var officer = await dashboard.Open();
        await officer.Enter("data-protection", "680", "/logs");
        await officer.Page.CheckAsync("input[value=log-request]");
        await officer.Page.ClickAsync("main form button");
        Assert.Equal(200, (await officer.Page.GotoAsync("/logs/restrictions"))!.Status);
        Assert.Equal(0, await officer.Page.Locator("main form").CountAsync());
        Assert.Equal(403, (await officer.Page.GotoAsync("/logs/retention"))!.Status);

        async Task SaidIs(string words) => await tab.Page.WaitForFunctionAsync(
            "words => document.querySelector('main [role=status]')?.innerText.includes(words)", words);

        ILocator Of(string client) => tab.Page.Locator($".reviews section:has(h2:text-is('{client}'))");
    }

    [ChromiumFact]
    public async Task A_coordinator_confirms_that_documents_of_ten_years_ago_are_destroyed()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "680");
        var clientId = $"kept-{Guid.NewGuid():N}";
        foreach (var (command, input) in ((string, object)[])
        [
            ("registerClient", new
            {
                clientId,
                occurredOn = "2005-01-02",
                municipality = "680",
                lastName = "Esimerkki",
                firstNames = "Synteettinen",
                birthYear = 1965,
                temporaryIdentifier = clientId,
                synthetic = true,
            }),
            ("receiveReferral", new
            {
                clientId,
                occurredOn = "2005-02-01",
                referralId = "r1",
                source = "OTHER",
                reason = "NEED",
                urgency = 2,
            }),
            ("closeMatter", new { clientId, occurredOn = "2005-06-02", reason = "NO_NEED" }),
        ])
        {
            var done = await coordinator.Mutate(command, input);
            Assert.True(done.GetProperty("accepted").GetBoolean(), done.GetRawText());
        }
        await using var tab = await dashboard.Open("sv");
        await tab.Enter("coordinator", "680", "/logs/retention");
        await tab.Page.CheckAsync("input[value=supervision]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync($"main tbody a:text-is('{clientId}')");
        await tab.AssertSound("retention-sv");
        await tab.Page.GotoAsync("/language/fi?back=%2Flogs%2Fretention");
        Assert.Equal("Asiat, joiden säilytysaika on päättynyt", await tab.Page.InnerTextAsync("h1"));
        var row = tab.Page.Locator($"main tbody tr:has(a:text-is('{clientId}'))");
        await row.Locator("summary").ClickAsync();
        await tab.AssertSound("retention-open");
        await row.Locator("input[type=checkbox]").CheckAsync();
        await row.Locator("button").ClickAsync();
        await tab.Page.WaitForSelectorAsync("main [role=status]");
        Assert.Equal(0, await row.CountAsync());
        await tab.Page.GotoAsync("/logs/retention?held=1");
        await tab.AssertSound("retention-held");
        Assert.DoesNotContain(
            tab.Requests, request => request.PathAndQuery.Contains(clientId, StringComparison.Ordinal));
    }
}
