using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>A browser before the dashboard, and what it complained about meanwhile.</summary>
internal sealed class DashboardTab : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public DashboardTab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) => Complaints.Add(message.Text);
        page.Request += (_, request) => Requests.Add(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Anything on the console: a page has nothing to say there, and a refusal of its policy is a fault.
    /// </summary>
    public List<string> Complaints { get; } = [];

    public List<Uri> Requests { get; } = [];

    /// <summary>Enters a role by the development page, and comes to the overview or where one wanted to go.</summary>
    public async Task Enter(string role, string? municipality = null, string back = "/")
    {
        await Page.GotoAsync($"/sign-in?back={back}");
        if (municipality is not null)
        {
            await Page.SelectOptionAsync("#municipality", municipality);
        }
        await Page.ClickAsync($"button[value={role}]");
        await Page.WaitForSelectorAsync(".who");
    }

    /// <summary>Is signed in as the person of another tab is, by the same session.</summary>
    public async Task TakeSessionOf(DashboardTab other) =>
        await _context.AddCookiesAsync((await other._context.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
        }));

    /// <summary>Another page of the same browser; what its console says is not watched.</summary>
    public async Task<IPage> OpenPage() => await _context.NewPageAsync();

    /// <summary>No network from here on.</summary>
    public async Task Cut() => await _context.SetOfflineAsync(true);

    /// <summary>The network is there again.</summary>
    public async Task Mend() => await _context.SetOfflineAsync(false);

    /// <summary>Nothing is wrong with the page as it stands: accessible, as wide as the screen, silent.</summary>
    public async Task AssertSound(string state)
    {
        var result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{state}: {string.Join("; ", result.Violations.Select(
            one => $"{one.Id}: {one.Help}: {string.Join(" ", one.Nodes.Select(node => node.Html))}"))}");
        Assert.True(
            await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{state}: too wide");
        Assert.True(Complaints.Count == 0, $"{state}: {string.Join("; ", Complaints)}");
        if (Environment.GetEnvironmentVariable("OSST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{state}.png"),
                FullPage = true,
            });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
