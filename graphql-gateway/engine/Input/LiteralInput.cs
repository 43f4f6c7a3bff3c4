using System.Collections.Frozen;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>
/// Literals that validation has accepted, with their variables, to CLR values (specification section 6.4.1).
/// </summary>
internal static class LiteralInput
{
    private static readonly FrozenDictionary<string, object?> s_none = FrozenDictionary<string, object?>.Empty;

    /// <summary>A default value, which has no variables.</summary>
    public static object? Constant(ValueNode literal, GraphType type) =>
        TryRead(literal, type, s_none, out var value)
            ? value
            : throw new InvalidOperationException($"Default {ValuePrinter.Print(literal)} is no {type}.");

    /// <returns>False when a variable leaves a non-null place without a value.</returns>
    public static bool TryRead(
        ValueNode literal, GraphType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        if (literal is VariableNode variable)
        {
            return variables.TryGetValue(variable.Name, out value) && (value is not null || type is not NonNullType);
        }
        value = null;
        if (literal is NullNode)
        {
            return type is not NonNullType;
        }
        return type.Nullable switch
        {
            ListType list => TryReadList(literal, list, variables, out value),
            InputObjectType fields => TryReadObject(literal, fields, variables, out value),
            var leaf => LeafLiterals.TryRead(leaf.Named, literal, variables, out value, out _),
        };
    }

    /// <summary>True when the literal's value depends on a variable.</summary>
    public static bool HasVariable(ValueNode literal) => literal switch
    {
        VariableNode => true,
        ListNode list => list.Items.Any(HasVariable),
        ObjectNode fields => fields.Fields.Any(f => HasVariable(f.Value)),
        _ => false,
    };

    private static bool TryReadList(
        ValueNode literal, ListType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        var nodes = literal is ListNode list ? list.Items : [literal];
        var items = new object?[nodes.Count];
        value = items;
        for (var i = 0; i < items.Length; i++)
        {
            if (TryRead(nodes[i], type.Of, variables, out items[i]))
            {
                continue;
            }
            // An item whose variable has no value is null where null is allowed.
            if (nodes[i] is not VariableNode || type.Of is NonNullType)
            {
                return false;
            }
            items[i] = null;
        }
        return true;
    }

    private static bool TryReadObject(
        ValueNode literal, InputObjectType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        var values = new Dictionary<string, object?>();
        value = values;
        if (literal is not ObjectNode node)
        {
            return false;
        }
        foreach (var field in type.Fields)
        {
            var given = node.Fields.FirstOrDefault(f => f.Name.Text == field.Name)?.Value;
            if (given is VariableNode unset && !variables.ContainsKey(unset.Name))
            {
                given = null;
            }
            if (given is null && field.Default is null && field.Type is not NonNullType)
            {
                continue;
            }
            object? read = null;
            var fits = given is not null
                ? TryRead(given, field.Type, variables, out read)
                : field.Default is not null && TryRead(field.Default, field.Type, s_none, out read);
            if (!fits)
            {
                return false;
            }
            values[field.Name] = read;
        }
        return !type.IsOneOf || (values.Count == 1 && values.Values.First() is not null);
    }
}
