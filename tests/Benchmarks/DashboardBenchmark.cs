using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The dashboard over HTTP as a coordinator and as a researcher see it: what the server takes for a page until the last
/// byte, one page after the other, and what 200 viewers of one page wait for a change. With the folder that
/// OSST_BENCH_DATA names, else with 300 municipalities and as many synthetic clients as OSST_BENCH_CLIENTS says.
/// </summary>
internal static partial class DashboardBenchmark
{
    private const int Port = 5221;
    private const int Questions = 20;
    private const int Simulated = 2_000;
    private const int Municipalities = 300;
    private const int Viewers = 200;
    private const int Changes = 20;
    private const string Municipality = "837";

    private static readonly TimeSpan s_slowestStart = TimeSpan.FromMinutes(3);
    private static readonly Uri s_address = new($"http://127.0.0.1:{Port}");

    private static readonly string[] s_pages = ["/", "/chain", "/outcomes", "/centres"];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "osst.dll");

    public static async Task<FigureTable> Run()
    {
        Pinned.RequireTools("taskset");
        var table = new FigureTable("dashboard");
        var given = Environment.GetEnvironmentVariable("OSST_BENCH_DATA");
        var folder = given ?? await Fill();
        var server = Pinned.Server(Port, "dotnet", [Program, "run", "--quiet", "--port", $"{Port}", "--data", folder]);
        try
        {
            await Ready();
            foreach (var role in (string[])["coordinator", "researcher"])
            {
                using var browser = await Enter(role);
                foreach (var page in s_pages)
                {
                    await table.Measure($"{page} for a {role}, p95", "ms", () => Percentile(browser, page, 0.95));
                }
                table.Add(new Figure($"first page for a {role}", "bytes", [await Bytes(browser)]));
            }
            await Live(table, folder);
        }
        finally
        {
            await server.DisposeAsync();
            if (given is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        return table;
    }

    private static async Task<string> Fill()
    {
        var folder = Directory.CreateTempSubdirectory("osst-bench-").FullName;
        var clients = int.Parse(
            Environment.GetEnvironmentVariable("OSST_BENCH_CLIENTS") ?? "200000", CultureInfo.InvariantCulture);
        await Pinned.RunToEnd("dotnet", Program, "simulate", "--clients", $"{Simulated}", "--data", folder);
        await ManyMunicipalities.Fill(folder, Municipalities, clients - Simulated);
        return folder;
    }

    /// <summary>A new client of the municipality changes the page of all its coordinators.</summary>
    private static async Task Live(FigureTable table, string folder)
    {
        using var http = new HttpClient { BaseAddress = s_address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", new DevelopmentIssuer(TokenKey.Open(folder), TimeProvider.System).Mint(
                Role.Coordinator, "bench", Reach.Of(Municipality), TimeSpan.FromHours(1)));
        using var browser = await Enter("coordinator");
        await using var viewers = await LiveViewers.Open(browser, "/live/overview", Viewers);
        var (half, late) = (new List<double>(), new List<double>());
        for (var i = 0; i < Changes; i++)
        {
            var waits = await viewers.After(() => Register(http));
            half.Add(waits[waits.Length / 2]);
            late.Add(waits[waits.Length * 99 / 100]);
        }
        table.Add(new Figure($"a change to {Viewers} viewers, half of them", "ms", half));
        table.Add(new Figure($"a change to {Viewers} viewers, 99 of 100", "ms", late));
    }

    private static async Task Register(HttpClient http)
    {
        const string Command = """
            mutation($id: ID!) { registerClient(input: { clientId: $id, municipality: "837", lastName: "Esimerkki",
              firstNames: "Synteettinen", birthYear: 1985, temporaryIdentifier: "T", synthetic: true }) { accepted } }
            """;
        var id = $"live-{Guid.NewGuid():N}";
        using var answer = await http.PostAsJsonAsync(
            new Uri("/graphql", UriKind.Relative), new { query = Command, variables = new { id } });
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("\"accepted\":true", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"A client was not registered: {text}");
        }
    }

    /// <summary>A process that listens may still read its log.</summary>
    private static async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = s_address };
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < s_slowestStart)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The server did not become ready.");
    }

    private static async Task<double> Percentile(HttpClient browser, string page, double share)
    {
        var times = new List<double>(Questions);
        for (var i = 0; i < Questions; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await browser.GetStringAsync(page);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        return times.Order().ElementAt((int)(share * (times.Count - 1)));
    }

    private static async Task<double> Bytes(HttpClient browser) => (await browser.GetByteArrayAsync("/")).Length;

    /// <summary>Signs in as a developer does.</summary>
    private static async Task<HttpClient> Enter(string role)
    {
        var browser = new HttpClient(new HttpClientHandler { CheckCertificateRevocationList = true })
        {
            BaseAddress = s_address,
        };
        var page = await browser.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
        [
            new("forgery", Forgery().Match(page).Groups[1].Value), new("role", role),
            new("municipality", Municipality), new("back", "/about"),
        ]);
        using var answer = await browser.PostAsync("/sign-in", form);
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    [GeneratedRegex("name=\"forgery\" value=\"([^\"]+)\"")]
    private static partial Regex Forgery();
}
