using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Section 5.8.2: variables have input types.</summary>
internal sealed class VariablesAreInputTypes : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is VariableDefinition variable && context.TypeOf(variable.Type) is { IsInput: false })
        {
            context.Report(
                $"Variable \"${variable.Name}\" cannot be non-input type \"{variable.Type}\".", variable.Type);
        }
    }
}

/// <summary>Section 5.8.3: variables that are used are defined.</summary>
internal sealed class NoUndefinedVariables : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        foreach (var operation in document.Definitions.OfType<OperationDefinition>())
        {
            var defined = operation.Variables.Select(v => v.Name.Text).ToHashSet();
            foreach (var usage in context.Usages.Variables(operation).Where(u => !defined.Contains(u.Node.Name)))
            {
                context.Report(operation.Name is null
                    ? $"Variable \"${usage.Node.Name}\" is not defined."
                    : $"Variable \"${usage.Node.Name}\" is not defined by operation \"{operation.Name}\".",
                    usage.Node, operation);
            }
        }
    }
}

/// <summary>Section 5.8.4: variables that are defined are used.</summary>
internal sealed class NoUnusedVariables : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        foreach (var operation in document.Definitions.OfType<OperationDefinition>().Where(o => o.Variables.Count > 0))
        {
            var used = context.Usages.Variables(operation).Select(u => u.Node.Name).ToHashSet();
            foreach (var variable in operation.Variables.Where(v => !used.Contains(v.Name.Text)))
            {
                context.Report(operation.Name is null
                    ? $"Variable \"${variable.Name}\" is never used."
                    : $"Variable \"${variable.Name}\" is never used in operation \"{operation.Name}\".", variable);
            }
        }
    }
}

/// <summary>Section 5.8.5: a variable's type fits every place where it is used.</summary>
internal sealed class VariablesInAllowedPosition : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        foreach (var operation in document.Definitions.OfType<OperationDefinition>().Where(o => o.Variables.Count > 0))
        {
            var defined = operation.Variables.DistinctBy(v => v.Name.Text).ToDictionary(v => v.Name.Text);
            foreach (var usage in context.Usages.Variables(operation))
            {
                if (usage.Type is not null && defined.TryGetValue(usage.Node.Name, out var variable))
                {
                    Check(variable, usage, context);
                }
            }
        }
    }

    private static void Check(VariableDefinition variable, VariableUsage usage, ValidationContext context)
    {
        if (context.TypeOf(variable.Type) is not { } type)
        {
            return;
        }
        if (!Fits(type, variable.Default, usage))
        {
            context.Report($"Variable \"${variable.Name}\" of type \"{type}\" used in position expecting type " +
                $"\"{usage.Type}\".", variable, usage.Node);
        }
        if (usage.OneOf is not null && type is not NonNullType && variable.Default is null or NullNode)
        {
            context.Report($"Variable \"${variable.Name}\" is of type \"{type}\" " +
                $"but must be non-nullable to be used for OneOf Input Object \"{usage.OneOf}\".", variable, usage.Node);
        }
    }

    private static bool Fits(GraphType type, ValueNode? defaultValue, VariableUsage usage)
    {
        if (usage.Type is NonNullType required && type is not NonNullType)
        {
            var hasDefault = defaultValue is not null and not NullNode;
            return (hasDefault || usage.HasDefault) && Schema.IsSubtype(type, required.Of);
        }
        return Schema.IsSubtype(type, usage.Type!);
    }
}
