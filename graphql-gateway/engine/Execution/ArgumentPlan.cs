using System.Collections.Frozen;
using OsstOrleans.GraphQL.Input;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>A field's arguments (specification section 6.4.1); those without variables are coerced once.</summary>
internal sealed class ArgumentPlan
{
    private static readonly ArgumentPlan s_none = new(null, null, Arguments.None);
    private readonly FieldType? _field;
    private readonly Field? _node;
    private readonly Arguments? _constant;

    private ArgumentPlan(FieldType? field, Field? node, Arguments? constant)
    {
        _field = field;
        _node = node;
        _constant = constant;
    }

    public static ArgumentPlan Of(FieldType field, Field node)
    {
        if (field.Arguments.Count == 0)
        {
            return s_none;
        }
        return node.Arguments.Any(a => LiteralInput.HasVariable(a.Value))
            ? new ArgumentPlan(field, node, null)
            : new ArgumentPlan(field, node, Read(field, node, FrozenDictionary<string, object?>.Empty));
    }

    /// <exception cref="FieldFault">A variable leaves a non-null place without a value.</exception>
    public Arguments With(IReadOnlyDictionary<string, object?> variables) =>
        _constant ?? Read(_field!, _node!, variables);

    private static Arguments Read(FieldType field, Field node, IReadOnlyDictionary<string, object?> variables)
    {
        var values = new Dictionary<string, object?>(field.Arguments.Count);
        foreach (var argument in field.Arguments)
        {
            var given = node.Arguments.FirstOrDefault(a => a.Name.Text == argument.Name)?.Value;
            if (given is VariableNode unset && !variables.ContainsKey(unset.Name))
            {
                given = null;
            }
            if (given is null && argument.Default is null && argument.Type is not NonNullType)
            {
                continue;
            }
            object? value = null;
            var fits = given is not null
                ? LiteralInput.TryRead(given, argument.Type, variables, out value)
                : argument.Default is not null &&
                    LiteralInput.TryRead(argument.Default, argument.Type, variables, out value);
            if (!fits)
            {
                throw new FieldFault(GraphQLErrorCodes.Variables,
                    $"Argument \"{field}({argument.Name}:)\" of type \"{argument.Type}\" has no valid value.");
            }
            values[argument.Name] = value;
        }
        return new Arguments(values);
    }
}
