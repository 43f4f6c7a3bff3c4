using System.Globalization;
using System.Text.Json;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>Literals of scalars and enums to CLR values (specification section 3.5, "Input Coercion").</summary>
internal static class LeafLiterals
{
    /// <returns>False with one sentence in <paramref name="error"/> when the literal is no such value.</returns>
    public static bool TryRead(
        NamedType type, ValueNode literal, IReadOnlyDictionary<string, object?> variables,
        out object? value, out string? error)
    {
        error = null;
        value = type switch
        {
            EnumType e => Enum(e, literal, ref error),
            ScalarType { Name: "Int" } => Int(literal, ref error),
            ScalarType { Name: "Float" } => Float(literal, ref error),
            ScalarType { Name: "String" } => String(literal, ref error),
            ScalarType { Name: "Boolean" } => Boolean(literal, ref error),
            ScalarType { Name: "ID" } => Id(literal, ref error),
            ScalarType scalar => Custom(scalar, literal, variables, ref error),
            _ => throw new InvalidOperationException($"{type} is no leaf type."),
        };
        return error is null;
    }

    /// <summary>A literal without a type: what a custom scalar's own code sees.</summary>
    public static object? Raw(ValueNode literal, IReadOnlyDictionary<string, object?> variables) => literal switch
    {
        IntNode i => Number(i.Text),
        FloatNode f => double.Parse(f.Text, CultureInfo.InvariantCulture),
        StringNode s => s.Value,
        BooleanNode b => b.Value,
        EnumNode e => e.Value,
        VariableNode v => variables.GetValueOrDefault(v.Name),
        ListNode list => list.Items.Select(item => Raw(item, variables)).ToArray(),
        ObjectNode o => o.Fields.DistinctBy(f => f.Name.Text)
            .ToDictionary(f => f.Name.Text, f => Raw(f.Value, variables)),
        _ => null,
    };

    private static object Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var small) ? small :
        long.TryParse(text, CultureInfo.InvariantCulture, out var large) ? large :
        double.Parse(text, CultureInfo.InvariantCulture);

    private static object? Int(ValueNode literal, ref string? error)
    {
        if (literal is IntNode i && int.TryParse(i.Text, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }
        error = literal is IntNode
            ? $"Int cannot represent non 32-bit signed integer value: {ValuePrinter.Print(literal)}"
            : $"Int cannot represent non-integer value: {ValuePrinter.Print(literal)}";
        return null;
    }

    private static object? Float(ValueNode literal, ref string? error)
    {
        var text = literal is IntNode i ? i.Text : (literal as FloatNode)?.Text;
        if (text is not null && double.TryParse(text, CultureInfo.InvariantCulture, out var value) &&
            double.IsFinite(value))
        {
            return value;
        }
        error = $"Float cannot represent non numeric value: {ValuePrinter.Print(literal)}";
        return null;
    }

    private static string? String(ValueNode literal, ref string? error)
    {
        if (literal is StringNode s)
        {
            return s.Value;
        }
        error = $"String cannot represent a non string value: {ValuePrinter.Print(literal)}";
        return null;
    }

    private static object? Boolean(ValueNode literal, ref string? error)
    {
        if (literal is BooleanNode b)
        {
            return b.Value;
        }
        error = $"Boolean cannot represent a non boolean value: {ValuePrinter.Print(literal)}";
        return null;
    }

    private static string? Id(ValueNode literal, ref string? error)
    {
        if (literal is StringNode s)
        {
            return s.Value;
        }
        if (literal is IntNode i)
        {
            return i.Text;
        }
        error = $"ID cannot represent a non-string and non-integer value: {ValuePrinter.Print(literal)}";
        return null;
    }

    private static string? Enum(EnumType type, ValueNode literal, ref string? error)
    {
        if (literal is not EnumNode e)
        {
            error = $"Enum \"{type}\" cannot represent non-enum value: {ValuePrinter.Print(literal)}.";
        }
        else if (!type.Has(e.Value))
        {
            error = $"Value \"{e.Value}\" does not exist in \"{type}\" enum.";
        }
        else
        {
            return e.Value;
        }
        return null;
    }

    private static object? Custom(
        ScalarType type, ValueNode literal, IReadOnlyDictionary<string, object?> variables, ref string? error)
    {
        var raw = Raw(literal, variables);
        if (type.Binding is null)
        {
            return raw;
        }
        // An enum value is a bare word: no scalar is written so.
        if (raw is not null && literal is not EnumNode && type.Binding.TryRead(raw, out var value))
        {
            return value;
        }
        error = $"{type} cannot represent {ValuePrinter.Print(literal)}: expected {type.Binding.Expects}.";
        return null;
    }
}
