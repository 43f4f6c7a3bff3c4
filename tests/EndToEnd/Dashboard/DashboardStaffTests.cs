using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Staff and rights of a register, entered and ended by its coordinators.</summary>
public sealed class DashboardStaffTests : IAsyncLifetime
{
    private const string Register = "680";

    /// <summary>Who signs in at the dashboard of a development run.</summary>
    private const string Me = "dashboard";

    private readonly DashboardServer _dashboard = new() { First = (Register, Me) };

    public Task InitializeAsync() => _dashboard.InitializeAsync();

    public Task DisposeAsync() => _dashboard.DisposeAsync();

    [ChromiumFact]
    public async Task A_coordinator_enters_and_removes_a_worker_and_a_fault_stands_at_its_field()
    {
        await using var tab = await _dashboard.Open("fi", ColorScheme.Dark, 360);
        await tab.Enter("coordinator", Register);
        await tab.Page.ClickAsync("header a[href='/staff']");
        await tab.Page.WaitForURLAsync("**/staff");
        await SayWhatFor(tab);
        foreach (var (language, title) in ((string, string)[])
            [("fi", "Henkilöstö ja oikeudet"), ("sv", "Personal och rättigheter"), ("en", "Staff and rights")])
        {
            await tab.Page.GotoAsync($"/language/{language}?back=%2Fstaff");
            Assert.Equal(title, await tab.Page.InnerTextAsync("h1"));
            await tab.AssertSound($"staff-{language}");
        }
        await tab.Page.FillAsync("#enter-worker", "Åsa Å.");
        await tab.Page.FillAsync("#enter-teams", "north, south");
        await tab.Page.CheckAsync("input[name=keepsDoor]");
        await tab.Page.ClickAsync("button[value=enter]");
        await tab.Page.WaitForSelectorAsync("#enter-worker-refused");
        Assert.Equal("true", await tab.Page.GetAttributeAsync("#enter-worker", "aria-invalid"));
        Assert.Equal("north, south", await tab.Page.InputValueAsync("#enter-teams"));
        Assert.True(await tab.Page.IsCheckedAsync("input[name=keepsDoor]"));
        tab.Complaints.Clear(); // The browser says that the answer was 422.
        await tab.AssertSound("staff-refused");
        await tab.Page.FillAsync("#enter-worker", "w-aino");
        await tab.Page.ClickAsync("button[value=enter]");
        await tab.Page.WaitForSelectorAsync("main [role=status]");
        var row = tab.Page.Locator("#staff tbody tr:has(th:text-is('w-aino'))");
        Assert.Contains("north, south", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("door", await row.InnerTextAsync(), StringComparison.Ordinal);
        await tab.AssertSound("staff-entered");
        await row.Locator("summary").ClickAsync();
        await row.Locator("button").ClickAsync();
        await tab.Page.WaitForFunctionAsync("!document.querySelector('#staff').innerText.includes('w-aino')");
        Assert.Equal(
            "The worker is removed from the staff.", await tab.Page.InnerTextAsync("main [role=status]"));

        await using var worker = await _dashboard.Open();
        await worker.Enter("researcher");
        Assert.Equal(403, (await worker.Page.GotoAsync("/staff"))!.Status);
    }

    [ChromiumFact]
    public async Task Two_people_make_and_unmake_a_coordinator_and_the_page_says_who_may_not()
    {
        await using var tab = await _dashboard.Open();
        await tab.Enter("coordinator", Register, "/staff");
        await SayWhatFor(tab);
        await Grant(tab, Me, "COUNSELLOR");
        await tab.Page.WaitForSelectorAsync("#grant-subject-refused");
        Assert.StartsWith(
            "It takes another person", await tab.Page.InnerTextAsync("#grant-subject-refused"),
            StringComparison.Ordinal);
        tab.Complaints.Clear(); // The browser says that the answer was 422.
        await Grant(tab, "second", "COORDINATOR");
        var second = RowOf(tab, "second");
        Assert.Contains("waits to be confirmed", await second.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await second.Locator("button[value=confirm]").CountAsync());
        await tab.AssertSound("staff-waits");
        var today = await tab.Page.InputValueAsync("#grant-from");
        await Done(_dashboard.Server.As(Role.Operator), "confirmRight", Right("second", today));
        var other = _dashboard.Server.As(Role.Coordinator, Register, "second");
        await Done(other, "grantRight", Right("third", today));
        await tab.Page.GotoAsync("/staff");
        Assert.Contains("waits to be confirmed", await RowOf(tab, "third").InnerTextAsync(), StringComparison.Ordinal);
        await RowOf(tab, "third").Locator("button[value=confirm]").ClickAsync();
        await tab.Page.WaitForSelectorAsync("main [role=status]");
        Assert.Contains("confirmed by", await RowOf(tab, "third").InnerTextAsync(), StringComparison.Ordinal);
        await Done(other, "endRight", new { municipality = Register, subject = "third", role = "COORDINATOR" });
        await tab.Page.GotoAsync("/staff");
        Assert.Contains(
            "its end was asked by coordinator/second", await RowOf(tab, "third").InnerTextAsync(),
            StringComparison.Ordinal);
        await tab.AssertSound("staff-end-asked");
        await RowOf(tab, "third").Locator("button[value=yes]").ClickAsync();
        await tab.Page.WaitForFunctionAsync("!document.querySelector('#rights').innerText.includes('third')");
        await Grant(tab, "officer", "DATA_PROTECTION");
        Assert.Contains(
            "waits to be confirmed", await RowOf(tab, "officer").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static object Right(string subject, string from) =>
        new { municipality = Register, subject, role = "COORDINATOR", from };

    /// <summary>Another person's command, once the server has seen it.</summary>
    private async Task Done(GraphQLClient person, string mutation, object input)
    {
        var done = await person.Mutate(mutation, input);
        Assert.True(done.GetProperty("accepted").GetBoolean(), done.GetRawText());
        await _dashboard.Server.As(Role.Operator).Query(
            "query($p: Long!) { registerRights(municipality: \"680\", minPosition: $p) { subject } }",
            new { p = done.GetProperty("position").GetInt64() });
    }

    private static async Task SayWhatFor(DashboardTab tab)
    {
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("#rights");
    }

    private static async Task Grant(DashboardTab tab, string subject, string role)
    {
        await tab.Page.FillAsync("#grant-subject", subject);
        await tab.Page.SelectOptionAsync("#grant-role", role);
        await tab.Page.ClickAsync("button[value=grant]");
        await tab.Page.WaitForSelectorAsync($"#rights tbody th:text-is('{subject}')");
    }

    private static ILocator RowOf(DashboardTab tab, string subject) =>
        tab.Page.Locator($"#rights tbody tr:has(th:text-is('{subject}'))");
}
