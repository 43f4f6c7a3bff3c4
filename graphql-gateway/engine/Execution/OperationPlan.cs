using OsstOrleans.GraphQL.Cost;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>An operation ready to execute, for one answer to all its conditions.</summary>
internal sealed record OperationPlan(OperationKind Kind, ObjectPlan<object> Root, int Slots)
{
    /// <summary>What its fields cost.</summary>
    public required SelectionCost Selected { get; init; }

    /// <summary>Weight of the root type.</summary>
    public required double RootWeight { get; init; }

    /// <summary>It asks for <c>__schema</c> or <c>__type</c>.</summary>
    public required bool Introspects { get; init; }

    public OperationCost CostWith(IReadOnlyDictionary<string, object?> variables) =>
        Selected.With(variables).And(new OperationCost(0, RootWeight));
}
