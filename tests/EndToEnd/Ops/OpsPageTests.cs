using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Ops;

/// <summary>A test in the system's browser; skipped with its reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public ChromiumFactAttribute() =>
        Skip = File.Exists(Chromium) ? null : $"There is no {Chromium}: install the package chromium.";
}

/// <inheritdoc cref="ChromiumFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}

/// <summary>The page at <c>/ops</c>, in a real browser.</summary>
public sealed class OpsPageTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];
    private RunningServer _server = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (new ChromiumFactAttribute().Skip is null)
        {
            _server = await RunningServer.Start(_folder, "--demo", "50", "--quiet");
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumFactAttribute.Chromium,
                Args = ["--no-sandbox", "--disable-gpu"],
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
            await _server.DisposeAsync();
        }
        _folder.Dispose();
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task An_operator_sees_the_process_in_any_light_and_on_any_screen(ColorScheme light, int width)
    {
        var page = await Open(light, width);
        await Show(page, _server.Token(Role.Operator));
        await page.WaitForSelectorAsync("#state.good");
        Assert.Equal("ready", await page.InnerTextAsync("#state"));
        Assert.Contains("client RegisterClient", await page.InnerTextAsync("#turns"));
        Assert.Contains("municipality", await page.InnerTextAsync("#activations"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "too wide");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('th:not([scope])').length"));
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie"));
        Assert.All(_requests, request => Assert.Equal(_server.Address.Authority, request.Authority));
        Assert.Empty(_complaints);
        if (Environment.GetEnvironmentVariable("OSST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"ops-{light}-{width}.png"),
                FullPage = true,
            });
        }
    }

    [ChromiumFact]
    public async Task Whoever_is_no_operator_sees_nothing_and_is_told_why()
    {
        var page = await Open(ColorScheme.Light, 1280);
        Assert.False(await page.IsVisibleAsync("#figures"));
        await Show(page, _server.Token(Role.Researcher));
        await page.WaitForSelectorAsync("#state:has-text('not an operator')");
        await Show(page, "nonsense");
        await page.WaitForSelectorAsync("#state:has-text('no valid token')");
        Assert.False(await page.IsVisibleAsync("#figures"));
    }

    [ChromiumFact]
    public async Task A_process_that_went_away_is_told_and_asked_again()
    {
        var page = await Open(ColorScheme.Light, 1280);
        await Show(page, _server.Token(Role.Operator));
        await page.WaitForSelectorAsync("#state.good");
        await _server.Process.Stop();
        await page.WaitForSelectorAsync("#state.bad:has-text('does not answer')");
        Assert.True(await page.IsVisibleAsync("#figures"));
    }

    private static async Task Show(IPage page, string token)
    {
        await page.FillAsync("#token", token);
        await page.PressAsync("#token", "Enter");
    }

    private async Task<IPage> Open(ColorScheme light, int width)
    {
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ColorScheme = light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        page.Request += (_, request) => _requests.Add(new Uri(request.Url));
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) => _complaints.Add(message.Text);
        await page.GotoAsync(new Uri(_server.Address, "/ops").ToString());
        return page;
    }
}
