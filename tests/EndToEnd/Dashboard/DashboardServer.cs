using System.Text.Json;
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

    /// <summary>Whose first coordinator is made, so that the register grants rights; null for none.</summary>
    internal (string Register, string Subject)? First { get; init; }

    /// <summary>The counties that keep registers, in a server without data; null for municipalities alone.</summary>
    internal IReadOnlyList<string>? Counties { get; init; }

    public async Task InitializeAsync()
    {
        Server = await RunningServer.Answering(
            OsstProcess.StartIn("/", [.. RunningServer.Verb(_folder.Data), .. await Options()]), _folder.Data);
        if (First is var (register, subject))
        {
            await Server.Process.Stop();
            var made = await Osst.Run("rights", "first", register, "--subject", subject, "--data", _folder.Data);
            Assert.True(made.ExitCode == 0, made.Errors);
            await StartAgain();
        }
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

    private async Task<string[]> Options()
    {
        if (Counties is null)
        {
            return ["--demo", "200"];
        }
        var settings = Path.Combine(_folder.Data, "settings.json");
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(
            settings, JsonSerializer.Serialize(new { registers = new { counties = Counties } }));
        return ["--quiet", "--settings", settings];
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
