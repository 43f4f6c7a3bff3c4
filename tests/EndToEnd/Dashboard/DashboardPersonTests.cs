namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Pages about people: a purpose first, each reading logged, no trace in the browser.</summary>
public sealed partial class DashboardPageTests
{
    [ChromiumFact]
    public async Task A_coordinator_chooses_a_purpose_then_goes_from_a_list_to_a_client_and_sees_who_has_looked()
    {
        await using var tab = await dashboard.Open(width: 360);
        await tab.Enter("coordinator", "320", "/own");
        await tab.AssertSound("own-purpose");
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        await tab.AssertSound("own");
        await tab.Page.ClickAsync(".own-lists a:has(.figure:not(:text-is('0')))");
        await tab.Page.WaitForSelectorAsync("main table a");
        await tab.AssertSound("own-list");
        var id = await tab.Page.InnerTextAsync("main table a >> nth=0");
        await tab.Page.ClickAsync("main table a >> nth=0");
        await tab.Page.WaitForSelectorAsync("#looked");
        await tab.AssertSound("own-client");
        Assert.Contains("Purpose: Management. Basis: coordination.", await tab.Page.InnerTextAsync(".notice-line"));
        Assert.Contains("coordinator/dashboard", await tab.Page.InnerTextAsync("#looked tbody tr >> nth=0"));
        Assert.DoesNotContain(id, tab.Page.Url, StringComparison.Ordinal);
        Assert.Equal("{}", await tab.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie"));

        var name = (await tab.Page.InnerTextAsync("h1")).Split(' ')[1];
        var address = tab.Page.Url;
        await tab.Page.GotoAsync("/own");
        await tab.Page.FillAsync("#client", name);
        await tab.Page.ClickAsync("main form.search button");
        await tab.Page.WaitForSelectorAsync("main table a");
        await tab.AssertSound("own-found");
        Assert.EndsWith("/own/find", tab.Page.Url, StringComparison.Ordinal);

        // The address is sealed for its viewer: it opens nothing for another.
        await using var other = await dashboard.Open();
        await other.Enter("social-worker", "320");
        var answer = await other.Page.GotoAsync(address);
        Assert.Contains(answer!.Status, (int[])[403, 404]);
    }

    [ChromiumFact]
    public async Task A_worker_opens_a_client_who_is_another_workers_by_saying_why()
    {
        var coordinator = dashboard.Server.As(Role.Coordinator, "211");
        await coordinator.Mutate("registerStaffMember", new { municipality = "211", workerId = "dashboard" });
        var list = await coordinator.Query(
            "{ caseload(municipality: \"211\", filter: { status: IN_PLAN }, first: 1) { nodes { clientId } } }");
        var id = list.GetProperty("caseload").GetProperty("nodes")[0].GetProperty("clientId").GetString()!;
        await using var tab = await dashboard.Open();
        await tab.Enter("social-worker", "211", "/own");
        await tab.Page.WaitForSelectorAsync("#client");
        await tab.Page.SelectOptionAsync("#by", "clientId");
        await tab.Page.FillAsync("#client", id);
        await tab.Page.ClickAsync("main form.search button");
        await tab.Page.WaitForSelectorAsync("#glass-title");
        tab.Complaints.Clear(); // The browser says on its console that the page came with 403.
        await tab.AssertSound("own-glass");
        await tab.Page.CheckAsync("input[value=CLIENT_ASKS]");
        await tab.Page.FillAsync("#words", "Synteettinen asiakas soittaa");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("#timeline");
        Assert.Contains("Synteettinen asiakas soittaa", await tab.Page.InnerTextAsync("#timeline"));
        Assert.DoesNotContain(tab.Requests, request => request.PathAndQuery.Contains(id, StringComparison.Ordinal));
    }
}
