using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Pages of single evaluations.</summary>
public sealed partial class DashboardPageTests
{
    [ChromiumTheory]
    [InlineData("fi", ColorScheme.Light, 1440, "Tuki kaikkien asukkaiden keskuudessa", "Ketkä ovat arvioissa")]
    [InlineData("sv", ColorScheme.Dark, 360, "Stöd bland alla invånare", "Vilka som ingår")]
    [InlineData("en", ColorScheme.Dark, 768, "Assistance among all residents", "Who is in the estimates")]
    public async Task A_coordinator_goes_from_outcomes_to_every_evaluation(
        string language, ColorScheme light, int width, string panel, string baseline)
    {
        await using var tab = await dashboard.Open(language, light, width);
        await tab.Enter("coordinator", "837", "/outcomes");
        foreach (var (page, title, chart) in ((string, string, string)[])
            [("panel", panel, "panel-effect"), ("baseline", baseline, "flow-arm-osst"), ("family", "", "family")])
        {
            await tab.Page.ClickAsync($"main nav a[href='/outcomes/{page}']");
            await tab.Page.WaitForSelectorAsync($"main nav a[href='/outcomes/{page}'][aria-current=page]");
            Assert.StartsWith(title, await tab.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
            Assert.True(await tab.Page.Locator($"#{chart}").CountAsync() == 1, chart);
            await tab.AssertSound($"{page}-{language}");
        }
        await tab.Page.GotoAsync("/outcomes/panel?from=2018-03&to=2018-01");
        Assert.Equal(1, await tab.Page.Locator("#period-refused").CountAsync());
        tab.Complaints.Clear(); // The browser says that the answer was 400.
        await tab.Page.GotoAsync("/outcomes/panel?from=2018-03&to=2018-12");
        Assert.Equal("2018-03", await tab.Page.InputValueAsync("#from"));
        await tab.AssertSound($"panel-months-{language}");
    }

    [ChromiumFact]
    public async Task A_researcher_sees_the_panel_with_its_pictures_and_files_and_no_registers_own_clients()
    {
        await using var tab = await dashboard.Open("en");
        await tab.Enter("researcher", back: "/outcomes/panel");
        Assert.Equal(2, await tab.Page.Locator("main nav.switch a").CountAsync());
        foreach (var chart in (string[])["panel-effect", "panel-months", "panel-levels"])
        {
            Assert.Equal(1, await tab.Page.Locator($"#{chart} svg.broad").CountAsync());
        }
        Assert.Contains("1 000 residents", await tab.Page.InnerTextAsync(".lead .sentence"), StringComparison.Ordinal);
        var file = await tab.Page.RunAndWaitForDownloadAsync(
            () => tab.Page.ClickAsync("#panel-levels a[href*='.csv']"));
        Assert.StartsWith("osst-panel-levels-ALL", file.SuggestedFilename, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync((await file.PathAsync())!);
        Assert.StartsWith("arm,month,share,as_of_position,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("OSST_AND_EMPLOYMENT,2016-08,0.", lines[1], StringComparison.Ordinal);
        await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.True(await tab.Page.Locator("#panel-effect table").IsVisibleAsync());
        foreach (var page in (string[])["baseline", "family"])
        {
            Assert.Equal(403, (await tab.Page.GotoAsync($"/outcomes/{page}"))!.Status);
            Assert.Equal(403, await tab.Page.EvaluateAsync<int>(
                $"fetch('/outcomes/{page}/flow-arm-osst.csv').then(answer => answer.status)"));
        }
    }
}
