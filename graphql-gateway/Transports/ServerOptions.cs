using System.Net;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Transports;

/// <summary>How the HTTP side behaves where there is a choice.</summary>
/// <param name="FinerStatuses">422 and 294 as newer texts of GraphQL over HTTP have them; see decision 0006.</param>
/// <param name="GraphQL">The engine that answers; null for the standard one of this build.</param>
internal sealed record ServerOptions(bool FinerStatuses = false, GraphQLEngineKind? GraphQL = null)
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Every limit.</summary>
    public GatewaySettings Settings { get; init; } = new();

    /// <summary>Documents that are asked by their ids.</summary>
    public TrustedDocuments Documents { get; init; } = TrustedDocuments.None;

    /// <summary>Takes trusted documents alone, and has no conveniences of development; see decision 0010.</summary>
    public bool IsProduction { get; init; }

    /// <summary>What the process is, as its telemetry names it.</summary>
    public string Role { get; init; } = "run";

    /// <summary>Where the IDE's files are or will be; null for nowhere. Production has no IDE.</summary>
    public string? IdeFolder { get; init; }
}
