namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Openings to review, and lists that are longer than a page.</summary>
public sealed partial class DashboardPageTests
{
    private const int LinesOfPage = 100;

    /// <summary>Later pages alone have it.</summary>
    private const string ToTheBeginning = "main nav.links-line a:not([rel=next])";

    [ChromiumFact]
    public async Task A_coordinator_reviews_an_opening_of_another_person_and_none_of_the_own()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "680", "other");
        string[] openers = ["page-opener", "dashboard"];
        List<string> clients = [];
        foreach (var opener in openers)
        {
            await coordinator.Mutate("registerStaffMember", new { municipality = "680", workerId = opener });
            clients.Add(await coordinator.RegisterSomeone("opened"));
            var opening = await dashboard.Server.As(Role.SocialWorker, "680", opener).Mutate(
                "openAccess", new { clientId = clients[^1], reason = "DANGER", words = "Synteettinen syy" });
            Assert.True(opening.GetProperty("accepted").GetBoolean(), opening.GetRawText());
        }
        await using var tab = await dashboard.Open("sv", width: 360);
        await tab.Enter("coordinator", "680", "/own");
        await tab.Page.CheckAsync("input[value=supervision], input[value=management] >> nth=0");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.ClickAsync("a[href='/own/reviews']");
        await tab.Page.WaitForSelectorAsync(".reviews");
        foreach (var (language, title) in ((string, string)[])
            [("sv", "Öppningar att granska"), ("fi", "Tarkistettavat avaukset"), ("en", "Openings to review")])
        {
            await tab.Page.GotoAsync($"/language/{language}?back=%2Fown%2Freviews");
            Assert.Equal(title, await tab.Page.InnerTextAsync("h1"));
            await tab.AssertSound($"reviews-{language}");
        }
        var own = tab.Page.Locator($".reviews section:has-text('{clients[1]}')");
        Assert.Contains("another coordinator reviews it", await own.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await own.Locator("form").CountAsync());

        var other = tab.Page.Locator($".reviews section:has-text('{clients[0]}')");
        await other.Locator("input[value=no]").CheckAsync();
        await other.Locator("textarea").FillAsync("Synteettinen havainto");
        await other.Locator("button").ClickAsync();
        await tab.Page.WaitForSelectorAsync("main [role=status]");
        Assert.Equal("The review is recorded.", await tab.Page.InnerTextAsync("main [role=status]"));
        Assert.Equal(0, await other.CountAsync());
        await tab.AssertSound("reviews-recorded");
        Assert.Equal("FORBIDDEN", (await dashboard.Server.As(Role.SocialWorker, "680", "page-opener").Send(
            "query($id: ID!) { client(id: $id) { lastName } }", new { id = clients[0] })).Code);
        Assert.DoesNotContain(tab.Requests, request => clients.Any(
            id => request.PathAndQuery.Contains(id, StringComparison.Ordinal)));
        await using var worker = await dashboard.Open();
        await worker.Enter("social-worker", "680");
        Assert.Equal(403, (await worker.Page.GotoAsync("/own/reviews"))!.Status);
    }

    [ChromiumFact]
    public async Task A_list_and_a_timeline_that_are_longer_than_a_page_go_on_by_links()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "994");
        var lines = string.Join(", ", Enumerable.Range(1, LinesOfPage + 5).Select(i =>
            $"{{externalId: \"page-{i}\", notificationId: \"page-{i}\", reason: NEED, urgency: 2, "
            + $"municipality: \"994\", lastName: \"Synteettinen\", firstNames: \"Esimerkki\", birthYear: 1980, "
            + $"temporaryIdentifier: \"P-{i}\", synthetic: true}}"));
        var taken = await coordinator.Query(
            $"mutation {{ importKelaNotifications(input: {{source: \"kela\", lines: [{lines}]}}) "
            + "{ accepted position } }");
        Assert.Equal(LinesOfPage + 5, taken.At("importKelaNotifications", "accepted").GetInt32());
        await coordinator.Query(
            "query($p: Long!) { worklists(municipality: \"994\", minPosition: $p) { municipality } }",
            new { p = taken.At("importKelaNotifications", "position").GetInt64() });

        await using var tab = await dashboard.Open("fi");
        await tab.Enter("coordinator", "994", "/own/lists/NEW_REFERRALS");
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("a[rel=next]");
        await tab.AssertSound("list-first-page");
        var first = await tab.Page.Locator("main tbody th").AllInnerTextsAsync();
        Assert.Equal(LinesOfPage, first.Count);
        await tab.Page.ClickAsync("a[rel=next]");
        await tab.Page.WaitForSelectorAsync(ToTheBeginning);
        await tab.AssertSound("list-last-page");
        var rest = await tab.Page.Locator("main tbody th").AllInnerTextsAsync();
        Assert.Equal(LinesOfPage + 5, first.Concat(rest).Distinct().Count());

        foreach (var i in Enumerable.Range(1, LinesOfPage + 5))
        {
            await coordinator.Mutate("recordContactAttempt", new
            {
                clientId = rest[0],
                register = "994",
                channel = "LETTER",
                reached = false,
            });
        }
        await tab.Page.ClickAsync($"main a:text-is('{rest[0]}')");
        await tab.Page.WaitForSelectorAsync("#timeline a[rel=next]");
        Assert.Equal(LinesOfPage, await tab.Page.Locator(".timeline li").CountAsync());
        await tab.Page.ClickAsync("#timeline a[rel=next]");
        await tab.Page.WaitForSelectorAsync(ToTheBeginning);
        Assert.InRange(await tab.Page.Locator(".timeline li").CountAsync(), 5, 20);
        await tab.AssertSound("timeline-last-page");
        await tab.Page.ClickAsync(ToTheBeginning);
        await tab.Page.WaitForSelectorAsync("#timeline a[rel=next]");
    }
}
