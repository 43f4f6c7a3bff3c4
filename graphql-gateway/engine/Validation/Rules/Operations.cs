using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Section 5.1.1: only operations and fragments can be executed.</summary>
internal sealed class ExecutableDefinitions : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is not TypeSystemNode definition)
        {
            return;
        }
        var name = definition switch
        {
            TypeDefinition type => $"\"{type.Name}\"",
            DirectiveDefinition directive => $"\"{directive.Name}\"",
            _ => "schema",
        };
        context.Report($"The {name} definition is not executable.", definition);
    }
}

/// <summary>Section 5.2.1.1: the schema has a root type for the operation.</summary>
internal sealed class KnownOperationTypes : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is OperationDefinition operation && context.Schema.Root(operation.Kind) is null)
        {
            context.Report(
                $"The {DirectiveLocations.Of(operation.Kind).ToLowerInvariant()} operation " +
                "is not supported by the schema.",
                operation);
        }
    }
}

/// <summary>Section 5.2.2.1: operations of one document have different names.</summary>
internal sealed class UniqueOperationNames : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is Document document)
        {
            Unique.Report(document.Definitions.OfType<OperationDefinition>().Select(o => o.Name).OfType<Name>(),
                name => $"There can be only one operation named \"{name}\".", context);
        }
    }
}

/// <summary>Section 5.2.3.1: an operation without a name stands alone.</summary>
internal sealed class LoneAnonymousOperation : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        var operations = document.Definitions.OfType<OperationDefinition>().ToList();
        foreach (var operation in operations.Where(o => o.Name is null && operations.Count > 1))
        {
            context.Report("This anonymous operation must be the only defined operation.", operation);
        }
    }
}

/// <summary>Section 5.2.4.1: a subscription has one root field, always the same.</summary>
internal sealed class SingleFieldSubscriptions : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is not OperationDefinition { Kind: OperationKind.Subscription } operation ||
            context.Schema.Subscription is null)
        {
            return;
        }
        var subject = operation.Name is null ? "Anonymous Subscription" : $"Subscription \"{operation.Name}\"";
        var fields = new List<Field>();
        var conditions = new List<Directive>();
        Collect(operation.SelectionSet, [], fields, conditions, context);
        if (conditions.Count > 0)
        {
            context.Report(
                $"{subject} must not use `@skip` or `@include` directives in the top level selection.", conditions);
            return;
        }
        var groups = fields.GroupBy(f => f.ResponseName).ToList();
        if (groups.Count == 0)
        {
            context.Report($"{subject} must select one top level field.", operation.SelectionSet);
        }
        if (groups.Count > 1)
        {
            context.Report($"{subject} must select only one top level field.", groups.Skip(1).SelectMany(g => g));
        }
        foreach (var group in groups.Where(g => g.First().Name.Text.StartsWith("__", StringComparison.Ordinal)))
        {
            context.Report($"{subject} must not select an introspection top level field.", group);
        }
    }

    private static void Collect(
        SelectionSet set, HashSet<string> visited, List<Field> fields, List<Directive> conditions,
        ValidationContext context)
    {
        foreach (var selection in set.Selections)
        {
            conditions.AddRange(selection.Directives.Where(d => d.Name.Text is "skip" or "include"));
            if (selection is Field field)
            {
                fields.Add(field);
            }
            else if (selection is InlineFragment inline && Applies(inline.TypeCondition, context))
            {
                Collect(inline.SelectionSet, visited, fields, conditions, context);
            }
            else if (selection is FragmentSpread spread && visited.Add(spread.Name.Text) &&
                context.Fragments.TryGetValue(spread.Name.Text, out var fragment) &&
                Applies(fragment.TypeCondition, context))
            {
                Collect(fragment.SelectionSet, visited, fields, conditions, context);
            }
        }
    }

    private static bool Applies(NamedTypeNode? condition, ValidationContext context) => condition is null
        || (context.Schema.Type(condition.Name.Text) is { } type
            && (type == context.Schema.Subscription
                || context.Schema.PossibleTypes(type).Contains(context.Schema.Subscription)));
}
