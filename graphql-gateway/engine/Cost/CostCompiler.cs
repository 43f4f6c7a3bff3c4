using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Selections;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Cost;

/// <summary>
/// Adds up what an operation costs by its schema's <c>@cost</c> and <c>@listSize</c>, from the same collected fields
/// that its plan is made of. Without a directive a field of a composite type or a list weighs 1 and any other nothing,
/// an object type weighs 1 and a leaf nothing.
/// </summary>
internal sealed class CostCompiler(Schema schema, FieldCollector collector)
{
    public SelectionCost Of(NamedType type, IReadOnlyList<SelectionSet> sets) => Of(type, sets, null);

    /// <summary>The weight of a value of this type.</summary>
    public static double TypeWeight(NamedType type) => type.Weights.Cost ?? (type.IsComposite ? 1 : 0);

    private SelectionCost Of(NamedType type, IReadOnlyList<SelectionSet> sets, Slicer? outer) =>
        new(schema.PossibleTypes(type).Select(possible =>
            collector.Fields(possible, sets).Select(f => Of(f.Field, f.Mentions, outer)).ToList()));

    private FieldCost Of(FieldType field, IReadOnlyList<Field> mentions, Slicer? outer)
    {
        var named = field.Type.Named;
        var node = mentions[0];
        var sets = mentions.Select(m => m.SelectionSet).OfType<SelectionSet>().ToList();
        var own = field.Weights.Size;
        var slicer = own is { SizedFields.Count: > 0 } ? new Slicer(own, field, node) : null;
        var isList = field.Type.Nullable is ListType;
        var (weight, inputs) = Inputs(field, node);
        return new FieldCost(
            (field.Weights.Cost ?? (named.IsComposite || isList ? 1 : 0)) + weight, TypeWeight(named),
            isList ? Length(field, node, outer) : null, inputs,
            named.IsComposite ? Of(named, sets, slicer) : null);
    }

    private static ListLength Length(FieldType field, Field node, Slicer? outer) =>
        field.Weights.Size is null && outer?.Size.SizedFields.Contains(field.Name) == true
            ? ListLength.Of(outer.Size, outer.Field, outer.Node)
            : ListLength.Of(field.Weights.Size is { SizedFields.Count: > 0 } ? null : field.Weights.Size, field, node);

    private static (double Weight, (string, InputObjectType)[] Inputs) Inputs(FieldType field, Field node)
    {
        var weight = 0d;
        var inputs = new List<(string, InputObjectType)>();
        foreach (var given in node.Arguments)
        {
            if (field.Argument(given.Name.Text) is not { } argument)
            {
                continue;
            }
            weight += InputCost.Weight(argument) + InputCost.Of(given.Value, argument.Type);
            if (given.Value is VariableNode variable && argument.Type.Named is InputObjectType input)
            {
                inputs.Add((variable.Name, input));
            }
        }
        return (weight, [.. inputs]);
    }

    /// <summary>A field that says how long lists below it are.</summary>
    private sealed record Slicer(ListSize Size, FieldType Field, Field Node);
}
