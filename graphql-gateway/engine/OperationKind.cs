namespace OsstOrleans.GraphQL;

/// <summary>What an operation does; decides which transports may carry it.</summary>
public enum OperationKind
{
    /// <summary>Reads.</summary>
    Query,
    /// <summary>Changes something, one root field after the other.</summary>
    Mutation,
    /// <summary>Answers each event of a stream.</summary>
    Subscription,
}
