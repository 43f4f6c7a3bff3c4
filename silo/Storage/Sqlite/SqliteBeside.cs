using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Writes lines of the use log into a file that another process serves: in a chain of its own, in one short
/// transaction, for which that process waits.
/// </summary>
internal static class SqliteBeside
{
    /// <summary>Where the lines' chain stands; they are durable.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="key">The log's master key.</param>
    /// <param name="lines">The lines, by what the registers hold.</param>
    /// <exception cref="StoreRefusal">The file is another key's, or another program holds it for longer than some
    /// seconds.</exception>
    /// <exception cref="StoreFault">The file takes no lines: it is damaged, full, read-only or of another version.
    /// </exception>
    public static IReadOnlyList<ChainHead> Log(
        string folder, MasterKey key, Func<IReadOnlyList<RegisterSize>, IReadOnlyList<UseLine>> lines)
    {
        try
        {
            using var database = Database.Open(Path.Combine(folder, SqliteStore.FileName));
            return !SqliteSchema.IsCurrent(database)
                ? throw new StoreFault($"The file in {folder} is of another version.")
                : !key.IsMarkedBy(database.Scalar("SELECT mark FROM master_key"))
                ? throw new StoreRefusal($"The master key is not the one that the log in {folder} was begun with.")
                : Log(database, new RowSeals(key), lines);
        }
        catch (SqliteFault fault) when (fault.IsLocked)
        {
            throw new StoreRefusal($"The file in {folder} is held by another program; try again.") { IsInUse = true };
        }
        catch (SqliteFault)
        {
            throw new StoreFault($"The file in {folder} cannot be written at present.");
        }
    }

    private static IReadOnlyList<ChainHead> Log(
        Database database, RowSeals seals, Func<IReadOnlyList<RegisterSize>, IReadOnlyList<UseLine>> lines)
    {
        database.Execute("PRAGMA synchronous = FULL");
        var tables = new SqliteTables(database) { Seals = seals };
        var written = lines(new SqliteRegisterLogs(database).ClientsByRegister());
        database.Execute("BEGIN IMMEDIATE");
        foreach (var line in written)
        {
            tables.LogAccess(line);
        }
        database.Execute("COMMIT");
        tables.Uses.Stand();
        return tables.Uses.Heads;
    }
}
