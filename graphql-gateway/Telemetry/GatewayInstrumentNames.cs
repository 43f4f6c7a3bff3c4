namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// The names of this floor's metrics, explained in <c>docs/mechanisms/telemetry.md</c>. Dashboards and alerts rely on
/// them: they may only grow.
/// </summary>
public static class GatewayInstrumentNames
{
    /// <summary>Milliseconds of a query or mutation, from its document to the last byte of its answer.</summary>
    public const string GraphQLLatency = "osst-graphql-latency";

    /// <summary>Events sent to subscribers.</summary>
    public const string SubscriptionEvents = "osst-graphql-subscription-events";

    /// <summary>Open sockets.</summary>
    public const string Sockets = "osst-sockets";

    /// <summary>1 while the process takes requests, else 0.</summary>
    public const string Ready = "osst-ready";
}
