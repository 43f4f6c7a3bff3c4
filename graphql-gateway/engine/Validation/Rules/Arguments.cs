using OsstOrleans.GraphQL.Input;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Section 5.4.1: the field or directive has the argument.</summary>
internal sealed class KnownArgumentNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is Field field && context.Field is not null)
        {
            foreach (var argument in field.Arguments.Where(a => context.Field.Argument(a.Name.Text) is null))
            {
                context.Report($"Unknown argument \"{argument.Name}\" on field \"{Place.Of(context)}\"." +
                    context.Near(argument.Name.Text, context.Field.Arguments.Select(a => a.Name)), argument);
            }
        }
        else if (node is Directive directive && context.Directive is { } known)
        {
            foreach (var argument in directive.Arguments.Where(a => known.Arguments.All(k => k.Name != a.Name.Text)))
            {
                context.Report($"Unknown argument \"{argument.Name}\" on directive \"@{known.Name}\"." +
                    context.Near(argument.Name.Text, known.Arguments.Select(a => a.Name)), argument);
            }
        }
    }
}

/// <summary>Section 5.4.3: arguments without a default and not nullable are given.</summary>
internal sealed class ProvidedRequiredArguments : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is Field field && context.Field is not null)
        {
            foreach (var missing in Missing(context.Field.Arguments, field.Arguments))
            {
                context.Report($"Argument \"{Place.Of(context)}({missing.Name}:)\" of type \"{missing.Type}\" " +
                    "is required, but it was not provided.", field);
            }
        }
        else if (node is Directive directive && context.Directive is not null)
        {
            foreach (var missing in Missing(context.Directive.Arguments, directive.Arguments))
            {
                context.Report($"Argument \"@{directive.Name}({missing.Name}:)\" of type \"{missing.Type}\" " +
                    "is required, but it was not provided.", directive);
            }
        }
    }

    private static IEnumerable<InputValue> Missing(IReadOnlyList<InputValue> defined, IReadOnlyList<Argument> given) =>
        defined.Where(d => d.IsRequired && given.All(g => g.Name.Text != d.Name));
}

/// <summary>Sections 5.6.1, 5.6.2 and 5.6.4: literals fit their types, input objects have the right fields.</summary>
internal sealed class ValuesOfCorrectType : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is Field field)
        {
            foreach (var argument in field.Arguments)
            {
                Check(argument.Value, context.Field?.Argument(argument.Name.Text)?.Type, context);
            }
        }
        else if (node is Directive directive)
        {
            foreach (var argument in directive.Arguments)
            {
                Check(argument.Value,
                    context.Directive?.Arguments.FirstOrDefault(a => a.Name == argument.Name.Text)?.Type, context);
            }
        }
        else if (node is VariableDefinition { Default: { } value } variable)
        {
            Check(value, context.TypeOf(variable.Type), context);
        }
    }

    private static void Check(ValueNode value, GraphType? type, ValidationContext context)
    {
        if (type is { IsInput: true })
        {
            LiteralCheck.Check(value, type, context.Suggests, (message, at) => context.Report(message, at));
        }
    }
}

/// <summary>How messages name the field of the present place.</summary>
internal static class Place
{
    public static string Of(ValidationContext context) =>
        context.Field!.Parent is null ? $"{context.Parent}.{context.Field.Name}" : context.Field.ToString();
}
