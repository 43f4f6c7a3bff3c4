namespace OsstOrleans.GraphQL;

/// <summary>What a request wants to know of its operation's cost.</summary>
public enum CostReport
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The answer has it in <c>extensions.operationCost</c>.</summary>
    Beside,

    /// <summary>Nothing runs, and the cost is the whole answer.</summary>
    Only,
}
