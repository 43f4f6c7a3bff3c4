namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>The advisory locks of a database: its first half is <see cref="Class"/>, its second one of the others.
/// </summary>
internal static class AdvisoryLock
{
    /// <summary>"OSST".</summary>
    public const string Class = "1330860884";

    /// <summary>Held while the tables are made or changed.</summary>
    public const string Migration = "1";

    /// <summary>The right to write, for as long as a process lives: alone, or shared by the processes of a cluster.
    /// </summary>
    public const string Lease = "2";

    /// <summary>Held by each transaction that writes under an epoch, and alone by the one that raises it.</summary>
    public const string Epoch = "4";

    /// <summary>Held by a transaction that ends old lines of the logs about clients.</summary>
    public const string LogEnds = "5";
}
