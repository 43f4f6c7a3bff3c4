using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>Where a process finds its log and its keys.</summary>
/// <param name="Folder">The data folder: keys, and without a server also the log.</param>
/// <param name="Postgres">How to reach the PostgreSQL database of the log; null for the folder's own file.</param>
/// <param name="MasterKeyFile">Where the master key lies; <c>master.key</c> in the folder when null.</param>
public sealed record StoreAddress(string Folder, string? Postgres = null, string? MasterKeyFile = null)
{
    public string MasterKeyPath => MasterKeyFile ?? Path.Combine(Folder, MasterKey.FileName);

    /// <summary>For sentences: a connection string may hold a password, so it is never shown.</summary>
    public override string ToString() => Postgres is null ? Folder : "the PostgreSQL database";
}
