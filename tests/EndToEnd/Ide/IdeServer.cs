using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Ide;

/// <summary>A test in a real browser; skipped with its reason where there is none, or nothing to bundle the page
/// with.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = IdeServer.Missing;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = IdeServer.Missing;
}

/// <summary>The program with the data set, 200 synthetic clients and the bundled IDE, and a browser without a window.
/// </summary>
public sealed class IdeServer : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly TestFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningServer Server { get; private set; } = null!;

    /// <summary>Why there can be no test in a browser; null when there can.</summary>
    internal static string? Missing { get; } =
        !File.Exists(Chromium) ? $"There is no {Chromium}: install the package chromium."
        : !IsOnPath("npm") ? "npm is missing: install Node.js 20 or newer with npm."
        : null;

    private static string IdeFolder { get; } = Path.Combine(Checkout(), "graphql-gateway", "ide");

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }
        await Bundle();
        Server = await RunningServer.Start(_folder, "--demo", "200", "--ide", Path.Combine(IdeFolder, "build"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    /// <summary>The IDE in a tab of its own, which shares nothing with others.</summary>
    internal async Task<IdeTab> Open()
    {
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 1400, Height = 900 },
        });
        return await IdeTab.Open(page, Server.Address);
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await _browser!.DisposeAsync();
            _playwright!.Dispose();
            await Server.DisposeAsync();
        }
        _folder.Dispose();
    }

    private static Task Bundle() =>
        Tool.Run(Path.Combine(IdeFolder, "bundle"), [], limit: TimeSpan.FromMinutes(4));

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "graphql-gateway", "ide")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
