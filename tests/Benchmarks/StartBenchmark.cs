using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// From the start of the process to its first answer to a query over all municipalities: with the image of the
/// projections that the last stop left, and without it, folding the whole log. OSST_BENCH_DATA names a folder that is
/// filled already, by ./osst simulate and this build.
/// </summary>
internal static class StartBenchmark
{
    private const int Port = 5195;

    private static readonly int Clients = int.Parse(
        Environment.GetEnvironmentVariable("OSST_BENCH_CLIENTS") ?? "20000", CultureInfo.InvariantCulture);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "osst.dll");

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("start");
        if (Environment.GetEnvironmentVariable("OSST_BENCH_DATA") is { } filled)
        {
            var bytes = new DirectoryInfo(filled).EnumerateFiles().Sum(file => file.Length);
            var size = string.Create(CultureInfo.InvariantCulture, $"a folder of {bytes / 1e9:0.0} GB");
            await Measure(table, size, filled);
            return table;
        }
        var folder = Directory.CreateTempSubdirectory("osst-bench-").FullName;
        var loaded = await Pinned.RunToEnd(
            "dotnet", Program, "simulate", "--clients", $"{Clients}", "--data", folder);
        var events = loaded.Split(' ').Reverse().Skip(2).First();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Clients:#,0} clients, {events} commands");
        var token = await Measure(table, name, folder);
        await table.Measure($"{name}, no image", "ms", () =>
        {
            File.Delete(Path.Combine(folder, "projections.image"));
            return FirstAnswer(folder, token);
        });
        Directory.Delete(folder, recursive: true);
        return table;
    }

    private static async Task<string> Measure(FigureTable table, string name, string folder)
    {
        var token = await Pinned.RunToEnd("dotnet", Program, "token", "--role", "researcher", "--data", folder);
        await table.Measure($"{name}, image of the last stop", "ms", () => FirstAnswer(folder, token.Trim()));
        return token.Trim();
    }

    /// <summary>Milliseconds from the start of a process to its first answer.</summary>
    /// <param name="folder">Its data.</param>
    /// <param name="token">Who asks.</param>
    public static async Task<double> FirstAnswer(string folder, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var since = Stopwatch.GetTimestamp();
        using var server = Process.Start(
            "dotnet", [Program, "run", "--quiet", "--port", $"{Port}", "--data", folder]);
        while (!await Answers(http))
        {
            await Task.Delay(5);
        }
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await Pinned.RunToEnd("kill", "-TERM", server.Id.ToString(CultureInfo.InvariantCulture));
        await server.WaitForExitAsync();
        return took;
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri("/graphql", UriKind.Relative), new { query = "{ caseloadMetrics { clients } }" });
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }
}
