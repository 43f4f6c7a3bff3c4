using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst verify</c>: exit 1 on any difference.</summary>
internal static class VerifyCommand
{
    public static async Task<int> Run(StoreAddress address)
    {
        await LeaveLine(address, "verify");
        return await Tell(await LogVerification.Run(address, TimeProvider.System));
    }

    /// <summary>Prints what was changed in the logs about clients; 1 when there is something.</summary>
    /// <param name="address">The store.</param>
    /// <param name="heads">A file of exported heads; the one beside the keys when null.</param>
    public static async Task<int> Logs(StoreAddress address, string? heads)
    {
        await LeaveLine(address, "verify --logs");
        if (heads is not null && !File.Exists(heads))
        {
            throw new StoreRefusal($"There is no file {heads}.");
        }
        var report = await LogVerification.Logs(address, heads, TimeProvider.System);
        foreach (var difference in report.Differences)
        {
            await Console.Out.WriteLineAsync($"DIFFERENCE {difference}");
        }
        if (report.Unchained > 0)
        {
            await Console.Out.WriteLineAsync(
                $"{report.Unchained} lines are older than the chains: one that is gone is not missed.");
        }
        await Console.Out.WriteLineAsync(
            $"{report.Lines} lines of the use log and the disclosure log, {report.Heads} exported heads: "
            + (report.Differences.Count == 0 ? "each chain is whole." : $"{report.Differences.Count} differences."));
        return report.Differences.Count == 0 ? 0 : 1;
    }

    /// <summary>Prints what outsiders could compute; 1 when there is something.</summary>
    public static async Task<int> Disclosure(StoreAddress address)
    {
        await LeaveLine(address, "verify --disclosure");
        var report = await DisclosureVerification.Run(address, TimeProvider.System);
        foreach (var fault in report.Faults)
        {
            await Console.Out.WriteLineAsync($"COMPUTABLE {fault}");
        }
        await Console.Out.WriteLineAsync(
            $"{report.Events} events, {report.Editions} editions with {report.Parts} new parts: "
            + (report.Faults.Count == 0 ? "nothing more than is shown." : $"{report.Faults.Count} faults."));
        return report.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task LeaveLine(StoreAddress address, string verb)
    {
        await Stores.MustExist(address);
        await VerbLines.LeaveIfWritable(address, verb);
    }

    /// <summary>Prints a report; 1 when something differs.</summary>
    public static async Task<int> Tell(VerificationReport report)
    {
        foreach (var difference in report.Differences)
        {
            await Console.Out.WriteLineAsync($"DIFFERENCE {difference}");
        }
        if (report.Unsealed > 0)
        {
            await Console.Out.WriteLineAsync($"{report.Unsealed} rows are older than the seals of rows.");
        }
        await Console.Out.WriteLineAsync(
            $"{report.Events} events in {report.Streams} streams, {report.Municipalities} caseloads: "
            + (report.Differences.Count == 0 ? "all projections equal." : $"{report.Differences.Count} differences."));
        return report.Differences.Count == 0 ? 0 : 1;
    }
}
