using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;
using OsstOrleans.GraphQL.Validation.Rules;

namespace OsstOrleans.GraphQL.Validation;

/// <summary>Walks a document once, keeps the types of the present place, and shows every node to every rule.</summary>
internal sealed class DocumentWalk(ValidationContext context, Rule[] rules)
{
    public void Walk()
    {
        Enter(context.Document);
        foreach (var definition in context.Document.Definitions)
        {
            if (context.IsFull)
            {
                return;
            }
            Walk(definition);
        }
        Leave(context.Document);
    }

    private void Walk(Definition definition)
    {
        Enter(definition);
        switch (definition)
        {
            case OperationDefinition operation:
                foreach (var variable in operation.Variables)
                {
                    Walk(variable);
                }
                Walk(operation.Directives);
                WalkIn(context.Schema.Root(operation.Kind), operation.SelectionSet);
                break;
            case FragmentDefinition fragment:
                Enter(fragment.TypeCondition);
                Walk(fragment.Directives);
                WalkIn(Composite(fragment.TypeCondition), fragment.SelectionSet);
                break;
        }
        Leave(definition);
    }

    private void Walk(VariableDefinition variable)
    {
        Enter(variable);
        Walk(variable.Type);
        if (variable.Default is not null)
        {
            Walk(variable.Default);
        }
        Walk(variable.Directives);
        Leave(variable);
    }

    private void Walk(TypeNode type)
    {
        Enter(type);
        if (type is ListTypeNode list)
        {
            Walk(list.Of);
        }
        else if (type is NonNullTypeNode required)
        {
            Walk(required.Of);
        }
    }

    private void WalkIn(NamedType? parent, SelectionSet set)
    {
        var outer = (context.Parent, context.Field);
        context.Parent = parent;
        context.Field = null;
        Enter(set);
        foreach (var selection in set.Selections)
        {
            if (context.IsFull)
            {
                break;
            }
            Walk(selection);
        }
        Leave(set);
        (context.Parent, context.Field) = outer;
    }

    private void Walk(Selection selection)
    {
        switch (selection)
        {
            case Field field:
                Walk(field);
                break;
            case InlineFragment fragment:
                Enter(fragment);
                if (fragment.TypeCondition is not null)
                {
                    Enter(fragment.TypeCondition);
                }
                Walk(fragment.Directives);
                WalkIn(
                    fragment.TypeCondition is null ? context.Parent : Composite(fragment.TypeCondition),
                    fragment.SelectionSet);
                Leave(fragment);
                break;
            case FragmentSpread spread:
                Enter(spread);
                Walk(spread.Directives);
                Leave(spread);
                break;
        }
    }

    private void Walk(Field field)
    {
        var definition = context.Parent is null ? null : context.Schema.Field(context.Parent, field.Name.Text);
        context.Field = definition;
        Enter(field);
        Walk(field.Arguments);
        Walk(field.Directives);
        if (field.SelectionSet is not null)
        {
            var below = definition?.Type.Named;
            WalkIn(below is { IsComposite: true } ? below : null, field.SelectionSet);
        }
        Leave(field);
        context.Field = null;
    }

    private void Walk(IReadOnlyList<Directive> directives)
    {
        foreach (var directive in directives)
        {
            context.Directive = context.Schema.Directive(directive.Name.Text);
            Enter(directive);
            Walk(directive.Arguments);
            Leave(directive);
            context.Directive = null;
        }
    }

    private void Walk(IReadOnlyList<Argument> arguments)
    {
        foreach (var argument in arguments)
        {
            Enter(argument);
            Walk(argument.Value);
        }
    }

    private void Walk(ValueNode value)
    {
        Enter(value);
        if (value is ListNode list)
        {
            foreach (var item in list.Items)
            {
                Walk(item);
            }
        }
        else if (value is ObjectNode fields)
        {
            foreach (var field in fields.Fields)
            {
                Walk(field.Value);
            }
        }
    }

    private NamedType? Composite(NamedTypeNode condition) =>
        context.Schema.Type(condition.Name.Text) is { IsComposite: true } type ? type : null;

    private void Enter(Node node)
    {
        foreach (var rule in rules)
        {
            rule.Enter(node, context);
        }
    }

    private void Leave(Node node)
    {
        foreach (var rule in rules)
        {
            rule.Leave(node, context);
        }
    }
}
