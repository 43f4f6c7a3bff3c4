using System.Diagnostics;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>A browser before several gateways of a cluster: any of them answers any request.</summary>
public sealed class DashboardClusterTests(ITestOutputHelper output)
{
    private const string Open = "+document.querySelector('#part-320 dd').innerText";

    [ClusterChromiumFact]
    public async Task A_session_begun_at_one_gateway_posts_at_another_and_its_page_is_live_again_after_a_kill()
    {
        await using var cluster = await RunningCluster.Start(silos: 1);
        await using var first = await cluster.Gateway();
        await using var second = await cluster.Gateway(folder: "gateway-2");
        await using var balancer = new Balancer(first.Address, second.Address);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        // A browser's cookies are of a host, whatever the port is.
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = first.Address.ToString(),
            Locale = "en",
        });
        await using var tab = new DashboardTab(context, await context.NewPageAsync());
        await tab.Enter("coordinator", "320", "/account");

        await tab.Page.GotoAsync($"{second.Address}account");
        await tab.Page.SelectOptionAsync("#language", "fi");
        await tab.Page.ClickAsync("form[action='/account/look'] button");
        await tab.Page.WaitForSelectorAsync("html[lang=fi]");
        Assert.StartsWith(second.Address.ToString(), tab.Page.Url, StringComparison.Ordinal);

        await tab.Page.GotoAsync(balancer.Address.ToString());
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        var open = await tab.Page.EvaluateAsync<int>(Open);
        await first.Kill();
        var killed = Stopwatch.StartNew();
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=off]");
        await tab.Page.WaitForSelectorAsync("osst-live[data-state=on]");
        output.WriteLine($"live again {killed.ElapsedMilliseconds} ms after the gateway was killed");
        var client = second.As(Role.Coordinator);
        await client.Mutate("registerClient", new
        {
            clientId = "c-live",
            municipality = "320",
            lastName = "Esimerkki",
            firstNames = "Synteettinen",
            birthYear = 1985,
            temporaryIdentifier = "T-live",
            synthetic = true,
        });
        await client.Mutate("receiveReferral", new
        {
            clientId = "c-live",
            referralId = "r1",
            source = "KELA",
            reason = "NEED",
            urgency = 2,
        });
        await tab.Page.WaitForFunctionAsync($"open => {Open} === open + 1", open);
    }
}

/// <summary>A test that needs a PostgreSQL and the system's browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterChromiumFactAttribute : FactAttribute
{
    public ClusterChromiumFactAttribute() => Skip = PostgresCluster.Missing ?? new ChromiumFactAttribute().Skip;
}
