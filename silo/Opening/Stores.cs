using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo.Opening;

/// <summary>The one place that knows which stores there are.</summary>
public static class Stores
{
    /// <summary>Opens or creates the store of an address.</summary>
    /// <param name="address">Where.</param>
    /// <param name="alone">For this process alone; otherwise for a cluster's. A file is always one process's.</param>
    /// <param name="checkWhole">Checks every page of a file first, however large it is.</param>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    internal static async Task<IEventStore> Open(StoreAddress address, bool alone, bool checkWhole) =>
        address.Postgres is { } connection
            ? await PostgresStore.Open(connection, alone ? PostgresUse.ByOneProcess : PostgresUse.Cluster)
            : SqliteStore.Open(address.Folder, checkWhole);

    /// <summary>
    /// The store with its key and codes: what grains stand on. Nothing that is derived from the log is read.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    internal static async Task<GrainServices> OpenWithKey(
        StoreAddress address, TimeProvider time, bool alone, bool checkWhole = false)
    {
        var services = await OpenKeyed(address, time, alone, checkWhole);
        try
        {
            var codes = await ImportedCodes.Load((INotes)services.Store, address);
            return services with
            {
                Codes = codes,
                Registers = await KeptRegisters.Load((INotes)services.Store, codes),
            };
        }
        catch
        {
            await services.Store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The store with its key, and the program's own codes.</summary>
    private static async Task<GrainServices> OpenKeyed(
        StoreAddress address, TimeProvider time, bool alone, bool checkWhole = false)
    {
        var store = await Open(address, alone, checkWhole);
        try
        {
            var key = MasterKey.Open(address.MasterKeyPath, store.LastPosition == 0);
            return await store.TryBindKey(key)
                ? new GrainServices(store, key, time)
                : throw new StoreRefusal(
                    $"The master key {address.MasterKeyPath} is not the one that the log in {address} was begun with.");
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Reads and writes the notes of a database that others are using at the same time, and the installation's list of
    /// endings; a file is one process's.
    /// </summary>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    public static async Task UseNotes(StoreAddress address, TimeProvider time, Func<INotes, EndingsList, Task> use)
    {
        await MustExist(address);
        var services = await OpenKeyed(address, time, alone: false);
        await using (services.Store)
        {
            await use(
                (INotes)services.Store,
                new EndingsList(EndingsPlace.Of(address), services.MasterKey));
        }
    }

    /// <summary>
    /// Lets grains decide on what is stored, also while a cluster goes on with it; a file is one process's.
    /// </summary>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    public static async Task Rehearse(StoreAddress address, TimeProvider time, Func<GrainServices, Task> use)
    {
        await MustExist(address);
        var services = await OpenWithKey(address, time, alone: false);
        await using (services.Store)
        {
            await use(services);
        }
    }

    /// <summary>Writes lines of the use log, and says where their chain stands then.</summary>
    /// <param name="address">The store; it exists.</param>
    /// <param name="time">The clock.</param>
    /// <param name="beside">Into a file that another process may have open; it is not upgraded.</param>
    /// <param name="lines">The lines, by what the registers hold.</param>
    /// <exception cref="StoreRefusal">The store cannot be used, or not with this key; says why in one sentence.
    /// </exception>
    /// <exception cref="StoreFault">It cannot be written.</exception>
    internal static async Task<IReadOnlyList<ChainHead>> LogUses(
        StoreAddress address, TimeProvider time, bool beside,
        Func<IReadOnlyList<RegisterSize>, IReadOnlyList<UseLine>> lines)
    {
        await MustExist(address);
        if (beside && address.Postgres is null)
        {
            var key = MasterKey.Open(address.MasterKeyPath, storeIsEmpty: false);
            return SqliteBeside.Log(address.Folder, key, lines);
        }
        var services = await OpenWithKey(address, time, alone: false);
        await using (services.Store)
        {
            await services.Store.LogAccess(lines(await ((IRegisterLogs)services.Store).ClientsByRegister()));
            return services.Store.LogHeads;
        }
    }

    /// <summary>Copies a folder's file into an empty PostgreSQL database, or goes on where a copy stopped.</summary>
    /// <param name="folder">The data folder; its file stays as it is.</param>
    /// <param name="postgres">The database.</param>
    /// <param name="compare">Compares what is derived from both before the copy counts as a store.</param>
    /// <param name="progress">Gets the share that is done, after each page of events.</param>
    /// <param name="stop">Stops between two pages.</param>
    /// <exception cref="StoreRefusal">One of them cannot be used, or they differ; says why in one sentence.</exception>
    internal static async Task<CopyReport> Copy(
        string folder, string postgres, Func<IEventStore, IEventStore, Task> compare,
        IProgress<double>? progress, CancellationToken stop)
    {
        await using var original = SqliteStore.Open(folder, checkWhole: true);
        using var rows = new SqliteTablesReader(Path.Combine(folder, SqliteStore.FileName));
        await using var target = await PostgresCopy.Open(postgres, original.LastPosition);
        var copy = new LogCopy(rows, target);
        await copy.Run(original.LastPosition, progress, stop);
        var report = await copy.Compare();
        var use = PostgresUse.ByOneProcess with { Alone = false, TakesUnfinishedCopy = true };
        await using (var copied = await PostgresStore.Open(postgres, use))
        {
            await compare(original, copied);
        }
        await target.Finish();
        return report;
    }

    /// <summary>Writes what a store holds now into a file, while others may go on writing to the store.</summary>
    /// <exception cref="StoreRefusal">One of them cannot be used; says why in one sentence.</exception>
    internal static Task BackUp(
        StoreAddress address, string file, IProgress<double>? progress, CancellationToken stop) =>
        address.Postgres is not { } postgres
            ? SqliteBackup.Of(address.Folder, file)
            : SqliteBackup.Write(file, async unnamed =>
            {
                await using var snapshot = await PostgresSnapshot.Open(postgres);
                using var target = new SqliteCopy(unnamed);
                var copy = new LogCopy(snapshot.Tables, target);
                await copy.Run(snapshot.LastPosition, progress, stop);
                await copy.Compare();
                await target.Finish();
            });

    /// <summary>The mark of the master key of a backup's log; null in one of an older version.</summary>
    /// <exception cref="StoreRefusal">There is no such file, or it is damaged or no backup.</exception>
    internal static string? KeyMark(string file) => SqliteBackup.KeyMark(file);

    /// <summary>Puts a backup that has been examined into a folder that holds no log.</summary>
    /// <exception cref="StoreRefusal">It holds one, or the backup cannot be used.</exception>
    internal static void Restore(string file, string folder) => SqliteBackup.Restore(file, folder);

    /// <summary>
    /// What a start would find, as one sentence; all of a small file is looked at. Nothing is opened for writing, made
    /// or brought to another step.
    /// </summary>
    /// <exception cref="StoreRefusal">A start would be refused; says why, and whether the store is only in use.
    /// </exception>
    public static async Task<string> Look(StoreAddress address)
    {
        var (tables, last) = address.Postgres is { } connection
            ? await PostgresStore.Look(connection)
            : SqliteStore.Look(address.Folder);
        return tables.Step == 0
            ? "none yet, the first start makes it"
            : $"{address} can be opened; its log ends at position {last}"
                + (tables.AreCurrent ? ""
                    : $"; its tables are of step {tables.Step}, the next start brings them to step {tables.Known}");
    }

    /// <summary>For what works on a log that is there, and must not make an empty one.</summary>
    /// <exception cref="StoreRefusal">There is none yet, or it cannot be used.</exception>
    public static async Task MustExist(StoreAddress address)
    {
        if (address.Postgres is { } connection)
        {
            if ((await PostgresStore.Look(connection)).Tables.Step == 0)
            {
                throw new StoreRefusal("There is no log in the PostgreSQL database.");
            }
        }
        else if (!File.Exists(Path.Combine(address.Folder, SqliteStore.FileName)))
        {
            throw new StoreRefusal($"There is no database in {address.Folder}.");
        }
    }
}
