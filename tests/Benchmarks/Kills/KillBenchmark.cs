using System.Globalization;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>
/// <c>osst bench kill [--cycles N] [--store sqlite|postgres] [--cluster] [--seed S] [--minutes M]</c>: no figure of
/// speed, but how often the program was killed and what was found afterwards.
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
        var isCluster = args.Contains("--cluster");
        await using var postgres =
            isCluster || Option(args, "--store") == "postgres" ? await PostgresCluster.Start() : null;
        string[] database = postgres is null ? [] : ["--postgres", postgres.To(await postgres.NewDatabase())];
        var report = await (isCluster ? InCluster(folder, database) : InOneProcess(folder, database));
        var store = postgres is null ? "SQLite" : "PostgreSQL";
        Console.WriteLine($"## Kills: {(isCluster ? "cluster" : store)}, seed {seed}\n\n{report}");
        if (report.Wrong.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
            return 0;
        }
        await Console.Error.WriteLineAsync($"{string.Join('\n', report.Wrong)}\nThe folder is kept: {folder}");
        return 1;

        async Task<KillReport> InOneProcess(string data, string[] options)
        {
            string[] store = options is [] ? [] : ["--store", "postgres", .. options];
            await Prepare(["simulate", "--clients", "3", "--data", data, .. store]);
            return await new KillRun(data, store, seed).Run(cycles, stop.Token);
        }

        async Task<KillReport> InCluster(string data, string[] options)
        {
            var keys = Path.Combine(data, "keys");
            await Prepare(["keys", "--data", keys]);
            await Prepare(["simulate", "--clients", "3", "--data", keys, "--store", "postgres", .. options]);
            using var run = new ClusterKillRun(data, options, seed);
            return await run.Run(cycles, stop.Token);
        }
    }

    private static async Task Prepare(string[] verb)
    {
        if (await KilledProgram.Complaints(verb) is [var complaint])
        {
            throw new InvalidOperationException(complaint);
        }
    }

    private static string? Option(string[] args, string name) =>
        args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
}
