using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Sections 5.7.1 and 5.7.2: directives exist, and stand where they may.</summary>
internal sealed class KnownDirectives : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        switch (node)
        {
            case OperationDefinition operation:
                Check(operation.Directives, DirectiveLocations.Of(operation.Kind), context);
                break;
            case VariableDefinition variable:
                Check(variable.Directives, "VARIABLE_DEFINITION", context);
                break;
            case FragmentDefinition fragment:
                Check(fragment.Directives, "FRAGMENT_DEFINITION", context);
                break;
            case Field field:
                Check(field.Directives, "FIELD", context);
                break;
            case InlineFragment inline:
                Check(inline.Directives, "INLINE_FRAGMENT", context);
                break;
            case FragmentSpread spread:
                Check(spread.Directives, "FRAGMENT_SPREAD", context);
                break;
        }
    }

    private static void Check(IReadOnlyList<Directive> directives, string location, ValidationContext context)
    {
        foreach (var directive in directives)
        {
            var known = context.Schema.Directive(directive.Name.Text);
            if (known is null)
            {
                context.Report($"Unknown directive \"@{directive.Name}\".", directive);
            }
            else if (!known.Locations.Contains(location))
            {
                context.Report($"Directive \"@{directive.Name}\" may not be used on {location}.", directive);
            }
        }
    }
}
