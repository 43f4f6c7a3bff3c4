namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>A screen of 1280 units at 200 % is one of 640 units (WCAG 2.2, 1.4.4 and 1.4.10).</summary>
public sealed partial class DashboardPageTests
{
    /// <summary>What a reader can see and use; charts are drawn anew for a narrow screen, tables are not.</summary>
    private const string Seen =
        """
        () => [...document.querySelectorAll('h1, h2, h3, p, a, button, label, dt, dd, th, td, li, summary')]
          .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.live-state'))
          .map(one => one.innerText.trim())
        """;

    /// <summary>Nothing is cut off: what is wider than the screen scrolls by itself.</summary>
    private const string Cut =
        """
        () => [...document.querySelectorAll('main *')].filter(one => one.checkVisibility()
            && !one.closest('.scroll') && one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 120))
        """;

    [ChromiumFact]
    public async Task At_200_per_cent_every_page_shows_all_that_it_shows_at_100_and_nothing_scrolls_sideways()
    {
        await using var tab = await dashboard.Open("fi", width: 1280);
        await tab.Enter("coordinator", "211", "/own");
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        foreach (var place in (string[])
            ["/", "/own", "/own/reviews", "/logs", "/import", "/chain", "/outcomes", "/centres", "/account", "/about"])
        {
            await tab.Page.SetViewportSizeAsync(1280, 900);
            await tab.Page.GotoAsync(place);
            var seen = await tab.Page.EvaluateAsync<string[]>(Seen);
            await tab.Page.SetViewportSizeAsync(640, 450);
            Assert.Equal(seen, await tab.Page.EvaluateAsync<string[]>(Seen));
            Assert.Empty(await tab.Page.EvaluateAsync<string[]>(Cut));
            await tab.AssertSound($"zoom{place.Replace('/', '-')}");
        }
    }
}
