using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>
/// A server with the data set and 200 synthetic clients, started from the root folder, where no asset of its own lies;
/// and a browser.
/// </summary>
public sealed class DashboardServer : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await RunningServer.Answering(
            OsstProcess.StartIn("/", [.. RunningServer.Verb(_folder.Data), "--demo", "200"]), _folder.Data);
        if (new ChromiumFactAttribute().Skip is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ChromiumFactAttribute.Chromium,
                Args = ["--no-sandbox", "--disable-gpu"],
            });
        }
    }

    /// <summary>A browser of somebody else: it shares no cookie with others.</summary>
    internal async Task<DashboardTab> Open(
        string language = "en", ColorScheme light = ColorScheme.Light, int width = 1440)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ColorScheme = light,
            Locale = language,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        return new DashboardTab(context, await context.NewPageAsync());
    }

    /// <summary>A device whose browser keeps what it has when it is killed.</summary>
    internal async Task<DashboardTab> OpenDevice(string folder, bool isCut = false)
    {
        var context = await _playwright!.Chromium.LaunchPersistentContextAsync(
            folder, new BrowserTypeLaunchPersistentContextOptions
            {
                ExecutablePath = ChromiumFactAttribute.Chromium,
                Args = ["--no-sandbox", "--disable-gpu"],
                BaseURL = Server.Address.ToString(),
                Locale = "en",
                Offline = isCut,
            });
        return new DashboardTab(context, context.Pages[0]);
    }

    /// <summary>Starts the server again after a kill, on its data and at its address.</summary>
    internal async Task StartAgain()
    {
        var port = Server.Address.Port;
        await Server.DisposeAsync();
        Server = await RunningServer.Answering(
            OsstProcess.StartIn("/", [.. RunningServer.Verb(_folder.Data, port), "--quiet"]), _folder.Data);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        _playwright?.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
