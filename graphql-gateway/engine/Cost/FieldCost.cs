using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Cost;

/// <summary>
/// One field at one place of an operation. Its own weight counts once, what it selects as often as its list is long.
/// </summary>
/// <param name="Weight">The field's weight, with what its literal arguments weigh.</param>
/// <param name="TypeWeight">Weight of the type it returns.</param>
/// <param name="Length">How long its list may be; null when it is none.</param>
/// <param name="Inputs">Variables given as input objects, whose content weighs too.</param>
/// <param name="Below">What it selects; null for a leaf.</param>
internal sealed record FieldCost(
    double Weight, double TypeWeight, ListLength? Length, (string Variable, InputObjectType Type)[] Inputs,
    SelectionCost? Below)
{
    /// <summary>True when no variable has a say.</summary>
    public bool IsConstant =>
        Inputs.Length == 0 && Length is null or { IsConstant: true } && Below is null or { IsConstant: true };

    public OperationCost With(IReadOnlyDictionary<string, object?> variables)
    {
        var below = Below?.With(variables) ?? default;
        var weight = Weight;
        foreach (var (variable, type) in Inputs)
        {
            if (variables.TryGetValue(variable, out var value))
            {
                weight += InputCost.Of(value, type);
            }
        }
        var count = Length?.With(variables) ?? 1;
        return new OperationCost(
            OperationCost.Capped(weight + OperationCost.Times(below.Field, count)),
            OperationCost.Times(TypeWeight + below.Type, count));
    }
}
