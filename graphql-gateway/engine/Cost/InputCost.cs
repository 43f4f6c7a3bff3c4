using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Cost;

/// <summary>
/// The work that an argument's value brings: the argument's weight, and below it that of every input field given.
/// Those of an input object weigh 1 unless the schema says otherwise, all others nothing.
/// </summary>
internal static class InputCost
{
    public static double Weight(InputValue input) =>
        input.Weights.Cost ?? (input.Type.Named is InputObjectType ? 1 : 0);

    /// <summary>A value as written; what stands in its variables is not counted.</summary>
    public static double Of(ValueNode value, GraphType type) => (value, type.Named) switch
    {
        (ListNode list, _) => list.Items.Sum(item => Of(item, type)),
        (ObjectNode given, InputObjectType input) => given.Fields.Sum(f =>
            input.Find(f.Name.Text) is { } field ? Weight(field) + Of(f.Value, field.Type) : 0),
        _ => 0,
    };

    /// <summary>A variable's coerced value.</summary>
    public static double Of(object? value, InputObjectType type)
    {
        var sum = 0d;
        switch (value)
        {
            case object?[] list:
                foreach (var item in list)
                {
                    sum += Of(item, type);
                }
                break;
            case IReadOnlyDictionary<string, object?> given:
                foreach (var field in type.Fields)
                {
                    if (given.TryGetValue(field.Name, out var below) && below is not null)
                    {
                        sum += Weight(field) + (field.Type.Named is InputObjectType input ? Of(below, input) : 0);
                    }
                }
                break;
        }
        return sum;
    }
}
