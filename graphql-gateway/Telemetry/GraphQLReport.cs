using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>GraphQL operations by kind and outcome.</summary>
internal sealed record GraphQLReport(
    string Engine, IReadOnlyList<OperationReport> Operations, long SubscriptionEvents, int Sockets);

/// <summary>Operations of one kind that ended in one way since the start, and how long they took lately.</summary>
internal sealed record OperationReport(string Kind, string Outcome, long Count, Spread Ms);
