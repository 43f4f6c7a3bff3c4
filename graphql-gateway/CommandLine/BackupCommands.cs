using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst backup</c> and <c>osst restore</c>.</summary>
internal static class BackupCommands
{
    public static async Task<int> Write(StoreAddress address, string file, CancellationToken stop)
    {
        await Stores.MustExist(address);
        await VerbLines.LeaveIfWritable(address, "backup", beside: true);
        await ProgressBar.Show("Backing up", async progress =>
        {
            await Backups.Write(address, file, progress, stop);
            return true;
        });
        await Console.Out.WriteLineAsync(
            $"{file} holds the whole log, and no key: keep {address.MasterKeyPath} somewhere else.");
        return 0;
    }

    public static async Task<int> Restore(StoreAddress address, string file, CancellationToken stop)
    {
        var report = await ProgressBar.Show("Restoring", progress =>
            Backups.Restore(address, file, TimeProvider.System, progress, stop));
        await VerbLines.Leave(address, "restore");
        return await VerifyCommand.Tell(report);
    }
}
