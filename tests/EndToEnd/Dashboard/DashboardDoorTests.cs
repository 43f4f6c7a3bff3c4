namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>The door counter: no press is lost and none counts twice, whatever network and browser do.</summary>
public sealed partial class DashboardPageTests
{
    private const string Centre = "kemijarvi-keskusta";
    private const int MostDoorBytes = 8 * 1024;

    [ChromiumFact]
    public async Task A_door_counts_without_network_and_after_the_browser_was_closed_and_two_devices_add_up()
    {
        using var folder = new TestFolder();
        var before = await VisitsToday();
        await using (var first = await dashboard.OpenDevice(folder.Data))
        {
            await EnterDoor(first);
            await first.AssertSound("door");
            await first.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
            await first.Cut();
            await Press(first, 3);
            await first.Page.ClickAsync("#undo");
            await first.Page.ClickAsync("#count");
            await first.Page.WaitForFunctionAsync("() => document.querySelector('#unsent').innerText.includes('3')");
        }
        Assert.Equal(before, await VisitsToday());

        await using var again = await dashboard.OpenDevice(folder.Data, isCut: true);
        await again.Page.GotoAsync($"/door/#{Centre}");
        await again.Page.WaitForFunctionAsync(
            "() => document.querySelector('#unsent').innerText.includes('3 kept here')");
        await Press(again, 1);
        await using var second = await dashboard.Open("en");
        await EnterDoor(second);
        await Press(second, 2);
        await second.Page.WaitForFunctionAsync("() => document.querySelector('#unsent').innerText === 'All is sent'");
        Assert.Equal(before + 2, await VisitsToday());
        await again.Mend();
        await again.Page.WaitForFunctionAsync(
            "() => document.querySelector('#unsent').innerText.startsWith('Sign in to send 4')");
        await EnterDoor(again);
        Assert.Equal(before + 6, await VisitsToday());
        await again.Page.WaitForFunctionAsync(
            "n => document.querySelector('#today').innerText === `Today in all: ${n}`", before + 6);
        Assert.True(await again.Page.IsDisabledAsync("#undo"));
    }

    [ChromiumFact]
    public async Task A_door_whose_session_is_over_goes_on_counting_and_says_what_waits()
    {
        await using var tab = await dashboard.Open("en", width: 360);
        await tab.Page.GotoAsync($"/door/#{Centre}");
        await tab.Page.WaitForFunctionAsync("() => !document.querySelector('#sign').hidden");
        tab.Complaints.Clear(); // The browser says on its console that the session is not there.
        await tab.AssertSound("door-signed-out");
        await Press(tab, 1);
        await tab.Page.WaitForFunctionAsync(
            "() => document.querySelector('#unsent').innerText === 'Sign in to send 1; counting goes on'");
        var bytes = await tab.Page.EvaluateAsync<int>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            + ".filter(entry => !entry.name.endsWith('/counts')).reduce((sum, one) => sum + one.encodedBodySize, 0)");
        Assert.InRange(bytes, 1, MostDoorBytes);
        Assert.Contains(
            "\"centre\":\"kemijarvi-keskusta\",\"day\":\"2",
            await tab.Page.EvaluateAsync<string>(
                """
                new Promise(done => indexedDB.open('osst-door').onsuccess = event => event.target.result
                  .transaction('counts').objectStore('counts').getAll().onsuccess = all =>
                    done(JSON.stringify(all.target.result)))
                """),
            StringComparison.Ordinal);
    }

    private static async Task EnterDoor(DashboardTab tab)
    {
        await tab.Enter("counsellor", "320", "/about");
        await tab.Page.GotoAsync($"/door/#{Centre}");
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('#unsent').innerText === 'All is sent'");
    }

    private static async Task Press(DashboardTab tab, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await tab.Page.ClickAsync("#count");
        }
    }

    private async Task<int> VisitsToday()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
            TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki")).DateTime);
        var answer = await dashboard.Server.As(Role.Coordinator, "320").Query(
            "query($c: ID!, $d: Date!) { dropInCentre(id: $c) { days(from: $d, to: $d) { visits } } }",
            new { c = Centre, d = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
        var days = answer.GetProperty("dropInCentre").GetProperty("days");
        return days.GetArrayLength() == 0 ? 0 : days[0].GetProperty("visits").GetInt32();
    }
}
