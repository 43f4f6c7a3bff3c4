using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Notes every spread and every use of a variable, for the rules that speak at the end of the walk.</summary>
internal sealed class UsageCollector : Rule
{
    private Definition? _definition;

    public override void Enter(Node node, ValidationContext context)
    {
        switch (node)
        {
            case Definition definition:
                _definition = definition;
                break;
            case FragmentSpread spread:
                context.Usages.Add(_definition!, spread);
                break;
            case Field field:
                foreach (var argument in field.Arguments)
                {
                    Collect(argument, context.Field?.Argument(argument.Name.Text), context);
                }
                break;
            case Directive directive:
                foreach (var argument in directive.Arguments)
                {
                    Collect(argument,
                        context.Directive?.Arguments.FirstOrDefault(a => a.Name == argument.Name.Text), context);
                }
                break;
        }
    }

    private void Collect(Argument argument, InputValue? definition, ValidationContext context) =>
        Collect(argument.Value, definition?.Type, definition?.Default is not null, null, context);

    private void Collect(ValueNode value, GraphType? type, bool hasDefault, NamedType? oneOf, ValidationContext context)
    {
        switch (value)
        {
            case VariableNode variable:
                context.Usages.Add(_definition!, new VariableUsage(variable, type, hasDefault, oneOf));
                break;
            case ListNode list:
                foreach (var item in list.Items)
                {
                    Collect(item, (type?.Nullable as ListType)?.Of, false, null, context);
                }
                break;
            case ObjectNode fields:
                // A single object stands for a list of it.
                var input = type?.Named as InputObjectType;
                foreach (var field in fields.Fields)
                {
                    var definition = input?.Find(field.Name.Text);
                    Collect(field.Value, definition?.Type, definition?.Default is not null,
                        input is { IsOneOf: true } ? input : null, context);
                }
                break;
        }
    }
}
