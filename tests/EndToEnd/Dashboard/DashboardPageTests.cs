using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>The dashboard's pages in a real browser.</summary>
public sealed partial class DashboardPageTests(DashboardServer dashboard) : IClassFixture<DashboardServer>
{
    private const int MostBytes = 120 * 1024;
    private const int MostRequests = 8;

    [ChromiumTheory]
    [InlineData("coordinator", "fi", ColorScheme.Light, 1440, "Kemijärvi")]
    [InlineData("social-worker", "sv", ColorScheme.Dark, 768, "Kemijärvi")]
    [InlineData("researcher", "en", ColorScheme.Dark, 360, "Overview")]
    [InlineData("operator", "sv", ColorScheme.Light, 360, "Översikt")]
    public async Task Every_page_is_sound_for_a_role_in_a_language_and_on_a_screen(
        string role, string language, ColorScheme light, int width, string heading)
    {
        await using var tab = await dashboard.Open(language, light, width);
        var state = $"{role}-{language}-{light}-{width}";
        await tab.Page.GotoAsync("/");
        await tab.AssertSound($"{state}-sign-in");
        await tab.Enter(role, "320");
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        Assert.Equal(heading, await tab.Page.InnerTextAsync("h1"));
        Assert.Equal(12, await tab.Page.Locator(".card").CountAsync());
        Assert.Equal(4, await tab.Page.Locator(".tile").CountAsync());
        Assert.Equal(language, await tab.Page.GetAttributeAsync("html", "lang"));
        await tab.AssertSound($"{state}-overview");
        string[] operators = role == "operator" ? ["ops"] : [];
        foreach (var page in (string[])["chain", "outcomes", "centres", .. operators, "account", "about"])
        {
            await tab.Page.ClickAsync($"header a[href='/{page}']");
            await tab.Page.WaitForURLAsync($"**/{page}");
            await tab.Page.WaitForSelectorAsync($"header a[href='/{page}'][aria-current=page]");
            await tab.AssertSound($"{state}-{page}");
        }
        Assert.All(tab.Requests, request => Assert.Equal(dashboard.Server.Address.Authority, request.Authority));
        Assert.Equal("{}", await tab.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie"));
    }

    [ChromiumFact]
    public async Task A_link_shows_a_colleague_the_same_figures_and_a_chart_is_a_file()
    {
        await using var tab = await dashboard.Open("fi");
        await tab.Enter("coordinator", "837", "/chain");
        await tab.Page.SelectOptionAsync("#where", "OSST_AND_EMPLOYMENT");
        await tab.Page.ClickAsync("form.scope button");
        await tab.Page.WaitForURLAsync("**/chain?where=OSST_AND_EMPLOYMENT*");
        await using var colleague = await dashboard.Open("fi");
        await colleague.Page.GotoAsync(tab.Page.Url);
        await colleague.Page.SelectOptionAsync("#municipality", "837");
        await colleague.Page.ClickAsync("button[value=coordinator]");
        await colleague.Page.WaitForSelectorAsync("#funnel");
        Assert.Equal(tab.Page.Url, colleague.Page.Url);
        var said = await colleague.Page.InnerTextAsync("#funnel .sentence");
        await tab.Page.WaitForFunctionAsync(
            "said => document.querySelector('#funnel .sentence').innerText === said", said);
        Assert.Equal("OSST ja työllisyyskokeilu", await tab.Page.InnerTextAsync("h1 small"));
        await AssertLinkSaysWhen(tab, colleague);
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("#funnel a[href*='.csv']"));
        Assert.Equal("osst-funnel-OSST-AND-EMPLOYMENT.csv", file.SuggestedFilename);

        await tab.Page.GotoAsync("/centres");
        await tab.Page.ClickAsync(".centre-table a >> nth=0");
        await tab.Page.WaitForSelectorAsync("#years");
        await tab.AssertSound("centre");
        await tab.Page.GotoAsync("/outcomes");
        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.True(await tab.Page.Locator("#goals table").IsVisibleAsync());
        await tab.AssertSound("print");
    }

    /// <summary>A link has the place in the log, and the page says whether the log has grown since.</summary>
    private async Task AssertLinkSaysWhen(DashboardTab tab, DashboardTab colleague)
    {
        await tab.Page.ClickAsync(".provenance a");
        await tab.Page.WaitForURLAsync("**&seen=*");
        await colleague.Page.GotoAsync(tab.Page.Url);
        Assert.Contains(
            "nämä ovat sen luvut", await colleague.Page.InnerTextAsync("main [role=status]"), StringComparison.Ordinal);
        await colleague.AssertSound("chain-linked");
        var client = dashboard.Server.As(Role.Coordinator, "680");
        await client.RegisterSomeone("seen");
        await client.Query(
            "query($p: Long!) { caseloadMetrics(municipalities: [\"680\"], minPosition: $p) { clients } }",
            new { p = await dashboard.Server.Position() });
        await colleague.Page.ReloadAsync();
        Assert.Contains(
            "voivat poiketa", await colleague.Page.InnerTextAsync("main [role=status]"), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task The_first_page_is_light()
    {
        await using var tab = await dashboard.Open();
        await tab.Enter("coordinator", "837");
        await using var fresh = await dashboard.Open();
        await fresh.TakeSessionOf(tab);
        await fresh.Page.GotoAsync("/");
        await fresh.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        var bytes = await fresh.Page.EvaluateAsync<int>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            + ".reduce((sum, entry) => sum + entry.transferSize, 0)");
        Assert.InRange(bytes, 1, MostBytes);
        Assert.InRange(fresh.Requests.Count, 1, MostRequests);
    }

    [ChromiumFact]
    public async Task Two_browsers_see_a_change_of_the_register_at_once_and_keep_their_place()
    {
        await using var first = await dashboard.Open();
        await using var second = await dashboard.Open("fi");
        DashboardTab[] tabs = [first, second];
        foreach (var tab in tabs)
        {
            await tab.Enter("coordinator", "680");
            await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
            await tab.Page.ClickAsync("#visits summary");
            await tab.Page.FocusAsync("#visits summary");
        }
        var before = await first.Page.EvaluateAsync<int>(
            "+document.querySelector('#part-680 dd').innerText.replace(/\\s/g, '')");
        var place = await PlaceOf(first);
        var worker = dashboard.Server.As(Role.Coordinator, "680");
        var id = await worker.RegisterSomeone("live");
        await worker.Mutate("receiveReferral", new
        {
            clientId = id,
            referralId = "r1",
            occurredOn = "2019-01-03",
            source = "KELA",
            reason = "NEED",
            urgency = 2,
        });
        foreach (var tab in tabs)
        {
            await tab.Page.WaitForFunctionAsync(
                "before => +document.querySelector('#part-680 dd').innerText.replace(/\\s/g, '') === before + 1",
                before);
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.querySelector('#visits details').open"));
            Assert.Equal("SUMMARY", await tab.Page.EvaluateAsync<string>("document.activeElement.nodeName"));
            Assert.Empty(tab.Complaints);
        }
        // What stands above may have grown: the reader's line stays where the reader looks.
        Assert.InRange(await PlaceOf(first), place - 2, place + 2);
        Assert.Single(first.Requests, request => request.AbsolutePath == "/live/overview");
    }

    private static Task<double> PlaceOf(DashboardTab tab) =>
        tab.Page.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().top");

    [ChromiumFact]
    public async Task A_session_that_ends_in_one_browser_ends_in_all_that_hold_it()
    {
        await using var wall = await dashboard.Open();
        await wall.Enter("counsellor", "211");
        await wall.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        await using var desk = await dashboard.Open();
        await desk.TakeSessionOf(wall);
        await desk.Page.GotoAsync("/account");
        await desk.Page.ClickAsync("button[name=where][value=here]");
        await desk.Page.WaitForSelectorAsync("button[value=researcher]");
        await wall.Page.WaitForURLAsync("**/sign-in?*expired=1");
        await wall.AssertSound("expired");
    }

    [ChromiumFact]
    public async Task The_keyboard_alone_leads_through_the_pages()
    {
        await using var tab = await dashboard.Open();
        await tab.Page.GotoAsync("/");
        await tab.Page.FocusAsync("button[value=researcher]");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.WaitForSelectorAsync(".who");
        await tab.Page.GotoAsync("/");
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await tab.Page.EvaluateAsync<string>("document.activeElement.className"));
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("tile", await tab.Page.EvaluateAsync<string>("document.activeElement.className.trim()"));
        await tab.Page.FocusAsync(".switch a[href*=own]");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.WaitForSelectorAsync(".switch a[href*=own][aria-current]");
        await tab.AssertSound("own-scale");
    }
}
