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

/// <summary>A server with 50 synthetic clients, and a browser.</summary>
public sealed class OpsServer : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private IPlaywright _playwright = null!;

    internal RunningServer Server { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (new ChromiumFactAttribute().Skip is null)
        {
            Server = await RunningServer.Start(_folder, "--demo", "50", "--quiet");
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumFactAttribute.Chromium,
                Args = ["--no-sandbox", "--disable-gpu"],
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Browser.DisposeAsync();
            _playwright.Dispose();
            await Server.DisposeAsync();
        }
        _folder.Dispose();
    }
}

/// <summary>The page at <c>/ops</c>, in a real browser.</summary>
public sealed class OpsPageTests(OpsServer ops) : IClassFixture<OpsServer>
{
    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task An_operator_sees_the_process_in_any_light_and_on_any_screen(ColorScheme light, int width)
    {
        var page = await Open(ops.Server, light, width);
        await Show(page, ops.Server.Token(Role.Operator));
        await page.WaitForSelectorAsync("#state.good");
        Assert.Equal("ready", await page.InnerTextAsync("#state"));
        Assert.Contains("client RegisterClient", await page.InnerTextAsync("#turns"));
        Assert.Contains("municipality", await page.InnerTextAsync("#activations"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "too wide");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('th:not([scope])').length"));
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie"));
        Assert.All(_requests, request => Assert.Equal(ops.Server.Address.Authority, request.Authority));
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
        var page = await Open(ops.Server, ColorScheme.Light, 1280);
        Assert.False(await page.IsVisibleAsync("#figures"));
        await Show(page, ops.Server.Token(Role.Researcher));
        await page.WaitForSelectorAsync("#state:has-text('not an operator')");
        await Show(page, "nonsense");
        await page.WaitForSelectorAsync("#state:has-text('no valid token')");
        Assert.False(await page.IsVisibleAsync("#figures"));
    }

    [ChromiumFact]
    public async Task A_process_that_went_away_is_told_and_asked_again()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.Start(folder, "--quiet");
        var page = await Open(server, ColorScheme.Light, 1280);
        await Show(page, server.Token(Role.Operator));
        await page.WaitForSelectorAsync("#state.good");
        await server.Process.Stop();
        await page.WaitForSelectorAsync("#state.bad:has-text('does not answer')");
        Assert.True(await page.IsVisibleAsync("#figures"));
    }

    private static async Task Show(IPage page, string token)
    {
        await page.FillAsync("#token", token);
        await page.PressAsync("#token", "Enter");
    }

    private async Task<IPage> Open(RunningServer server, ColorScheme light, int width)
    {
        var page = await ops.Browser.NewPageAsync(new BrowserNewPageOptions
        {
            ColorScheme = light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        page.Request += (_, request) => _requests.Add(new Uri(request.Url));
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) => _complaints.Add(message.Text);
        await page.GotoAsync(new Uri(server.Address, "/ops").ToString());
        return page;
    }
}
