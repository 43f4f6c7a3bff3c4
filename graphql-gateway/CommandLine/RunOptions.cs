using System.Net;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>What <c>osst run</c> or <c>osst gateway</c> was asked for.</summary>
/// <param name="Port">TCP port.</param>
/// <param name="Store">Where the log and the keys are.</param>
/// <param name="Quiet">Print nothing but the address.</param>
/// <param name="GraphQL">The engine that answers GraphQL.</param>
internal sealed record RunOptions(int Port, StoreAddress Store, bool Quiet, GraphQLEngineKind GraphQL)
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>How this process takes part in a cluster.</summary>
    public ClusterPlace Place { get; init; } = ClusterPlace.Here;

    /// <summary>Clients of the synthetic population to load; 0 for none.</summary>
    public int Demo { get; init; }

    /// <summary>422 and 294 where newer texts of GraphQL over HTTP have them.</summary>
    public bool FinerStatuses { get; init; }

    /// <summary>A file of limits; null for the defaults.</summary>
    public string? Settings { get; init; }

    /// <summary>A manifest of trusted documents; null for none.</summary>
    public string? Documents { get; init; }

    /// <summary>Where the IDE's files are or will be; null for nowhere.</summary>
    public string? Ide { get; init; }

    /// <summary>Takes trusted documents alone, see decision 0010.</summary>
    public bool IsProduction { get; init; }
}
