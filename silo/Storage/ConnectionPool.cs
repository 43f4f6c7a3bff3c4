using Npgsql;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// A cluster's processes share the PostgreSQL server's <c>max_connections</c>, 100 unless somebody raised it; more
/// readers at a time than these are no faster on it.
/// </summary>
internal static class ConnectionPool
{
    private const int Most = 8;

    /// <summary>
    /// Gives a pool its most connections, unless <c>Maximum Pool Size</c> in the operator's connection string does.
    /// </summary>
    public static void Bound(NpgsqlConnectionStringBuilder parts)
    {
        if (!parts.ShouldSerialize("Maximum Pool Size"))
        {
            parts.MaxPoolSize = Math.Max(Most, parts.MinPoolSize);
        }
    }
}
