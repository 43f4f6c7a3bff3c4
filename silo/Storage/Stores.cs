using OsstOrleans.Silo.Storage.Postgres;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo.Storage;

/// <summary>The one place that knows which stores there are.</summary>
public static class Stores
{
    /// <summary>Opens or creates the store of an address for this process alone.</summary>
    /// <param name="address">Where.</param>
    /// <param name="checkWhole">Checks every page of a file first, however large it is.</param>
    /// <exception cref="StoreRefusal">The store cannot be used; says why in one sentence.</exception>
    internal static async Task<IEventStore> Open(StoreAddress address, bool checkWhole) =>
        address.Postgres is { } connection
            ? await PostgresStore.Open(connection, PostgresUse.Embedded)
            : SqliteStore.Open(address.Folder, checkWhole);

    /// <exception cref="StoreRefusal">There is nothing yet; an empty store would be made.</exception>
    public static void MustExist(StoreAddress address)
    {
        if (address.Postgres is null && !File.Exists(Path.Combine(address.Folder, SqliteStore.FileName)))
        {
            throw new StoreRefusal($"There is no database in {address.Folder}.");
        }
    }
}
