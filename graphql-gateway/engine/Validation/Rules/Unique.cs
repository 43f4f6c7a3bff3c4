using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Names that may stand once.</summary>
internal static class Unique
{
    public static void Report(IEnumerable<Name> names, Func<string, string> message, ValidationContext context)
    {
        foreach (var group in names.GroupBy(n => n.Text))
        {
            if (group.Skip(1).Any())
            {
                context.Report(message(group.Key), group);
            }
        }
    }
}

/// <summary>Section 5.4.2: an argument stands once.</summary>
internal sealed class UniqueArgumentNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        var arguments = (node as Field)?.Arguments ?? (node as Directive)?.Arguments;
        if (arguments is { Count: > 1 })
        {
            Unique.Report(
                arguments.Select(a => a.Name), name => $"There can be only one argument named \"{name}\".", context);
        }
    }
}

/// <summary>Section 5.6.3: an input object's field stands once.</summary>
internal sealed class UniqueInputFieldNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is ObjectNode { Fields.Count: > 1 } fields)
        {
            Unique.Report(
                fields.Fields.Select(f => f.Name),
                name => $"There can be only one input field named \"{name}\".", context);
        }
    }
}

/// <summary>Section 5.8.1: a variable is defined once.</summary>
internal sealed class UniqueVariableNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is OperationDefinition { Variables.Count: > 1 } operation)
        {
            Unique.Report(
                operation.Variables.Select(v => v.Name),
                name => $"There can be only one variable named \"${name}\".", context);
        }
    }
}

/// <summary>Section 5.5.1.1: fragments of one document have different names.</summary>
internal sealed class UniqueFragmentNames : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is Document document)
        {
            Unique.Report(document.Definitions.OfType<FragmentDefinition>().Select(f => f.Name),
                name => $"There can be only one fragment named \"{name}\".", context);
        }
    }
}

/// <summary>Section 5.7.3: a directive that is not repeatable stands once at a place.</summary>
internal sealed class UniqueDirectivesPerLocation : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        var directives = node switch
        {
            Selection selection => selection.Directives,
            OperationDefinition operation => operation.Directives,
            FragmentDefinition fragment => fragment.Directives,
            VariableDefinition variable => variable.Directives,
            _ => [],
        };
        if (directives.Count < 2)
        {
            return;
        }
        foreach (var group in directives.GroupBy(d => d.Name.Text))
        {
            if (context.Schema.Directive(group.Key) is { IsRepeatable: false })
            {
                foreach (var second in group.Skip(1))
                {
                    context.Report(
                        $"The directive \"@{group.Key}\" can only be used once at this location.",
                        group.First(), second);
                }
            }
        }
    }
}
