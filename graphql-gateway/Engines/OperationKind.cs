namespace OsstOrleans.Gateway.Engines;

/// <summary>What an operation does; decides which transports may carry it.</summary>
public enum OperationKind
{
    Query,
    Mutation,
    Subscription,
}
