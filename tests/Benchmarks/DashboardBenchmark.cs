using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The dashboard's pages over HTTP, one after the other, as a coordinator and as a researcher see them: what the server
/// takes until the last byte. With the folder that OSST_BENCH_DATA names, else with 10 000 synthetic clients.
/// </summary>
internal static partial class DashboardBenchmark
{
    private const int Port = 5221;
    private const int Questions = 20;
    private const int Clients = 10_000;
    private const string Municipality = "837";

    private const int Attempts = 600;

    private static readonly Uri s_address = new($"http://127.0.0.1:{Port}");

    private static readonly string[] s_pages = ["/", "/chain", "/outcomes", "/centres"];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "osst.dll");

    public static async Task<FigureTable> Run()
    {
        Pinned.RequireTools("taskset");
        var table = new FigureTable("dashboard");
        var given = Environment.GetEnvironmentVariable("OSST_BENCH_DATA");
        var folder = given ?? Directory.CreateTempSubdirectory("osst-bench-").FullName;
        if (given is null)
        {
            await Pinned.RunToEnd("dotnet", Program, "simulate", "--clients", $"{Clients}", "--data", folder);
        }
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

    /// <summary>A process that listens may still read its log.</summary>
    private static async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = s_address };
        for (var attempt = 0; attempt < Attempts; attempt++)
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
