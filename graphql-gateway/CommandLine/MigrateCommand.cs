using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst migrate</c>: copies the folder's log into PostgreSQL and compares both.</summary>
internal static class MigrateCommand
{
    public static async Task<int> Run(string folder, string postgres, CancellationToken stop)
    {
        var report = await ProgressBar.Show("Copying", progress => StoreMigration.ToPostgres(
            new StoreAddress(folder), postgres, TimeProvider.System, progress, stop));
        await VerbLines.Leave(new StoreAddress(folder) { Postgres = postgres }, "migrate");
        await Console.Out.WriteLineAsync(
            $"{report.Events} events in {report.Streams} streams, {report.Outcomes} outcomes, {report.Keys} keys and "
            + $"{report.AccessLines} use-log lines copied; all streams and {report.Municipalities} caseloads equal.");
        return 0;
    }
}
