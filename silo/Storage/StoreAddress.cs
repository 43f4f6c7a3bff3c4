using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>Where a process finds its log and its keys.</summary>
/// <param name="Folder">The data folder: keys, and without a server also the log.</param>
/// <param name="Postgres">How to reach the PostgreSQL database of the log; null for the folder's own file.</param>
public sealed record StoreAddress(string Folder, string? Postgres = null)
{
    /// <summary>The folder of the keys; the data folder when null.</summary>
    public string? Keys { get; init; }

    public string KeyFolder => Keys ?? Folder;

    public string MasterKeyPath => Path.Combine(KeyFolder, MasterKey.FileName);

    /// <summary>For sentences: a connection string may hold a password, so it is never shown.</summary>
    public override string ToString() => Postgres is null ? Folder : "the PostgreSQL database";
}
