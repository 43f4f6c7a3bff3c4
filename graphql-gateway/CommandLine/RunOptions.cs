using OsstOrleans.Gateway.Engines;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>What <c>osst run</c> was asked for.</summary>
/// <param name="Port">TCP port on 127.0.0.1.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Demo">Clients of the synthetic population to load; 0 for none.</param>
/// <param name="Quiet">Print nothing but the address.</param>
/// <param name="GraphQL">The engine that answers GraphQL.</param>
/// <param name="FinerStatuses">422 and 294 where newer texts of GraphQL over HTTP have them.</param>
internal sealed record RunOptions(
    int Port, string Data, int Demo, bool Quiet, GraphQLEngineKind GraphQL, bool FinerStatuses = false)
{
    /// <summary>How to reach a PostgreSQL database that holds the log; null for the folder's own file.</summary>
    public string? Postgres { get; init; }

    public StoreAddress Store => new(Data, Postgres);

    /// <summary>A file of limits; null for the defaults.</summary>
    public string? Settings { get; init; }

    /// <summary>A manifest of trusted documents; null for none.</summary>
    public string? Documents { get; init; }

    /// <summary>Where the IDE's files are or will be; null for nowhere.</summary>
    public string? Ide { get; init; }

    /// <summary>Takes trusted documents alone, see decision 0010.</summary>
    public bool IsProduction { get; init; }
}
