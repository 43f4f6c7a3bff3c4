using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst verify</c>: exit 1 on any difference.</summary>
internal static class VerifyCommand
{
    public static async Task<int> Run(StoreAddress address)
    {
        Stores.MustExist(address);
        return await Tell(await LogVerification.Run(address, TimeProvider.System));
    }

    /// <summary>Prints what outsiders could compute; 1 when there is something.</summary>
    public static async Task<int> Disclosure(StoreAddress address)
    {
        Stores.MustExist(address);
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
