using System.Globalization;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// <c>osst bench kill [--cycles N] [--store sqlite|postgres] [--seed S] [--minutes M]</c>: no figure of speed, but how
/// often the program was killed and what was found afterwards.
/// </summary>
internal static class KillBenchmark
{
    private const string SeedVariable = "OSST_SEED";

    /// <summary>Runs and prints a table; 1 when anything was lost, doubled, half done or resurrected.</summary>
    public static async Task<int> Run(string[] args)
    {
        var cycles = int.Parse(Option(args, "--cycles") ?? "40", CultureInfo.InvariantCulture);
        var seed = int.Parse(
            Option(args, "--seed") ?? Environment.GetEnvironmentVariable(SeedVariable) ?? $"{Environment.TickCount}",
            CultureInfo.InvariantCulture);
        var minutes = double.Parse(Option(args, "--minutes") ?? "1000", CultureInfo.InvariantCulture);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        await Console.Error.WriteLineAsync($"{SeedVariable}={seed}");
        var folder = Directory.CreateTempSubdirectory("osst-kill-").FullName;
        await using var postgres = Option(args, "--store") == "postgres" ? await PostgresCluster.Start() : null;
        string[] store = postgres is null
            ? []
            : ["--store", "postgres", "--postgres", postgres.To(await postgres.NewDatabase())];
        var (exit, output) = await KilledProgram.Run(["simulate", "--clients", "3", "--data", folder, .. store]);
        if (exit != 0)
        {
            throw new InvalidOperationException(output);
        }
        var report = await new KillRun(folder, store, seed).Run(cycles, stop.Token);
        Print(report, postgres is null ? "SQLite" : "PostgreSQL", seed);
        if (report.Wrong.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
            return 0;
        }
        await Console.Error.WriteLineAsync($"{string.Join('\n', report.Wrong)}\nThe folder is kept: {folder}");
        return 1;
    }

    private static string? Option(string[] args, string name) =>
        args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();

    private static void Print(KillReport report, string store, int seed)
    {
        var starts = report.StartsMs.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            ## Kills: {store}, {report.Cycles} cycles, seed {seed}

            | what | count |
            |---|---:|
            | lives ended by kill -9 | {report.Cycles} |
            | of them while starting | {report.WhileStarting} |
            {string.Join('\n', report.Acknowledged.Select(kind => $"| acknowledged: {kind.Key} | {kind.Value} |"))}
            | sent again after a kill | {report.Retried} |
            | events delivered to the receiver, each once or more | {report.Delivered} |
            | start to first answer, median / longest, ms | {starts[starts.Length / 2]:0} / {starts[^1]:0} |
            | lost, doubled, half done, resurrected | {report.Wrong.Count} |

            """));
    }
}
