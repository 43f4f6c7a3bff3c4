using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Section 5.3.1: the parent's type has the field.</summary>
internal sealed class FieldsOnCorrectType : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is Field field && context.Parent is not null && context.Field is null)
        {
            context.Report($"Cannot query field \"{field.Name}\" on type \"{context.Parent}\"." +
                (context.Suggests ? FieldSuggestion.For(field.Name.Text, context.Parent, context.Schema) : ""), field);
        }
    }
}

/// <summary>Section 5.3.3: objects have a selection of fields, scalars and enums have none.</summary>
internal sealed class ScalarLeafs : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is not Field field || context.Field is null)
        {
            return;
        }
        var type = context.Field.Type;
        if (type.Named.IsLeaf && field.SelectionSet is not null)
        {
            context.Report($"Field \"{field.Name}\" must not have a selection since type \"{type}\" has no subfields.",
                field.SelectionSet);
        }
        else if (!type.Named.IsLeaf && field.SelectionSet is null)
        {
            context.Report($"Field \"{field.Name}\" of type \"{type}\" must have a selection of subfields. " +
                $"Did you mean \"{field.Name} {{ ... }}\"?", field);
        }
    }
}

/// <summary>
/// Not in the specification's section 5 but recommended with it: bounds how far introspection fans out.
/// </summary>
internal sealed class IntrospectionLimits : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is not Field { Name.Text: "__schema" or "__type" } field || context.Parent != context.Schema.Query)
        {
            return;
        }
        if (field.SelectionSet is not null && IsTooDeep(field.SelectionSet, [], 0, context))
        {
            context.Report(GraphQLErrorCodes.LimitIntrospection, "Maximum introspection depth exceeded", [field]);
        }
    }

    private static bool IsTooDeep(SelectionSet set, HashSet<string> path, int depth, ValidationContext context)
    {
        foreach (var selection in set.Selections)
        {
            var isTooDeep = selection switch
            {
                Field field => IsTooDeep(field, path, depth, context),
                InlineFragment inline => IsTooDeep(inline.SelectionSet, path, depth, context),
                FragmentSpread spread => IsTooDeep(spread.Name.Text, path, depth, context),
                _ => false,
            };
            if (isTooDeep)
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsTooDeep(Field field, HashSet<string> path, int depth, ValidationContext context)
    {
        var isList = field.Name.Text is "fields" or "interfaces" or "possibleTypes" or "inputFields";
        var below = isList ? depth + 1 : depth;
        return below >= context.Limits.MaxIntrospectionDepth ||
            (field.SelectionSet is not null && IsTooDeep(field.SelectionSet, path, below, context));
    }

    private static bool IsTooDeep(string fragment, HashSet<string> path, int depth, ValidationContext context)
    {
        // A fragment inside itself is for the rule about cycles.
        if (!context.Fragments.TryGetValue(fragment, out var definition) || !path.Add(fragment))
        {
            return false;
        }
        var isTooDeep = IsTooDeep(definition.SelectionSet, path, depth, context);
        path.Remove(fragment);
        return isTooDeep;
    }
}

/// <summary>
/// A list whose <c>@listSize</c> asks for exactly one slicing argument has it; several variables may stand for one.
/// </summary>
internal sealed class OneSlicingArgument : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is not Field field
            || context.Field?.Weights.Size is not { RequireOneSlicingArgument: true, SlicingArguments.Count: > 0 } size)
        {
            return;
        }
        var given = field.Arguments.Where(a => size.SlicingArguments.Contains(a.Name.Text) && a.Value is not NullNode)
            .ToList();
        if (given.Count != 1 && (given.Count == 0 || given.Any(a => a.Value is not VariableNode)))
        {
            context.Report(
                $"Field \"{Place.Of(context)}\" takes exactly one of its arguments " +
                $"{string.Join(", ", size.SlicingArguments.Select(a => $"\"{a}\""))}.", field);
        }
    }
}
