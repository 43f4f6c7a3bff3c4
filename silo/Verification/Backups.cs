using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Backups: one file holds the whole log, the use log, the outcomes and the wrapped keys of either store, and never the
/// master key. What was restored counts only after everything derived from it has been recomputed and compared.
/// </summary>
public static class Backups
{
    /// <summary>Writes a backup of a store that may be in use.</summary>
    /// <exception cref="StoreRefusal">It cannot; says why in one sentence.</exception>
    public static async Task Write(
        StoreAddress address, string file, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        await Stores.MustExist(address);
        await Stores.BackUp(address, file, progress, stop);
    }

    /// <summary>Fills an empty store from a backup and verifies it.</summary>
    /// <param name="address">Where to; its key folder must hold the master key of the backup's log.</param>
    /// <param name="file">The backup; it stays as it is.</param>
    /// <param name="time">For the day on which figures are compared.</param>
    /// <param name="progress">Gets the share that is done while a database is filled.</param>
    /// <param name="stop">Stops between two pages; run again to go on.</param>
    /// <exception cref="StoreRefusal">It cannot; says why in one sentence.</exception>
    public static async Task<VerificationReport> Restore(
        StoreAddress address, string file, TimeProvider time, IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        if (!File.Exists(address.MasterKeyPath))
        {
            throw new StoreRefusal(
                $"A backup holds no key: put the master key of its log at {address.MasterKeyPath} first.");
        }
        var key = MasterKey.Open(address.MasterKeyPath, storeIsEmpty: false);
        if (Stores.KeyMark(file) is { } mark && !key.IsMarkedBy(mark))
        {
            throw new StoreRefusal($"The master key {address.MasterKeyPath} is not the one of the backup's log.");
        }
        if (address.Postgres is { } postgres)
        {
            await FillDatabase(address.Folder, file, postgres, time, progress, stop);
        }
        else
        {
            Stores.Restore(file, address.Folder);
        }
        return await LogVerification.Run(address, time);
    }

    /// <summary>The file is opened as a store, which writes to it: not the backup itself, but a copy is used.</summary>
    private static async Task FillDatabase(
        string folder, string file, string postgres, TimeProvider time, IProgress<double>? progress,
        CancellationToken stop)
    {
        var passing = Path.Combine(folder, "restoring");
        if (Directory.Exists(passing))
        {
            Directory.Delete(passing, recursive: true);
        }
        try
        {
            Stores.Restore(file, passing);
            await StoreMigration.ToPostgres(new StoreAddress(passing), postgres, time, progress, stop);
        }
        finally
        {
            if (Directory.Exists(passing))
            {
                Directory.Delete(passing, recursive: true);
            }
        }
    }
}
