namespace OsstOrleans.GraphQL.Cost;

/// <summary>What happens with an operation's cost before anything runs, and how an answer reports it.</summary>
internal static class CostLimit
{
    /// <summary>The limit that the operation passes; null when it keeps both.</summary>
    public static GraphQLError? Excess(in OperationCost cost, GraphQLLimits limits) =>
        cost.Field > limits.MaxFieldCost ? Error("work", "fieldCost", cost.Field, "maxFieldCost", limits.MaxFieldCost)
        : cost.Type > limits.MaxTypeCost ? Error("data", "typeCost", cost.Type, "maxTypeCost", limits.MaxTypeCost)
        : null;

    /// <summary>Writes <c>"extensions":{"operationCost":{...}}</c>.</summary>
    public static void Write(in OperationCost cost, JsonSink json)
    {
        json.Raw("\"extensions\":{\"operationCost\":{\"fieldCost\":"u8);
        json.Number(cost.Field);
        json.Raw(",\"typeCost\":"u8);
        json.Number(cost.Type);
        json.Raw("}}"u8);
    }

    private static GraphQLError Error(string what, string name, double cost, string maxName, int max) => new(
        GraphQLErrorCodes.LimitCost,
        $"The operation asks for {cost} points of {what} of at most {max}: select less, or shorter lists.", [])
    {
        Extensions = new Dictionary<string, object?> { [name] = cost, [maxName] = max },
    };
}
