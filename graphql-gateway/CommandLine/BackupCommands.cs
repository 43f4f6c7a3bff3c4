using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst backup</c> and <c>osst restore</c>.</summary>
internal static class BackupCommands
{
    public static async Task<int> Write(StoreAddress address, string file, CancellationToken stop)
    {
        using (var bar = new ProgressBar("Backing up"))
        {
            await Backups.Write(address, file, bar, stop);
        }
        await Console.Out.WriteLineAsync(
            $"{file} holds the whole log, and no key: keep {address.MasterKeyPath} somewhere else.");
        return 0;
    }

    public static async Task<int> Restore(StoreAddress address, string file, CancellationToken stop)
    {
        VerificationReport report;
        using (var bar = new ProgressBar("Restoring"))
        {
            report = await Backups.Restore(address, file, TimeProvider.System, bar, stop);
        }
        return await VerifyCommand.Tell(report);
    }
}
