using System.Globalization;
using System.Text.Json;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>Variables' scalars and enums to CLR values (specification section 3.5, "Input Coercion").</summary>
internal static class LeafJson
{
    /// <summary>Up to here every whole number has a double of its own.</summary>
    private const double LargestExact = (1L << 53) - 1;

    /// <returns>False with one sentence in <paramref name="error"/> when the JSON is no such value.</returns>
    public static bool TryRead(NamedType type, JsonElement json, out object? value, out string? error)
    {
        error = null;
        value = type switch
        {
            EnumType e => Enum(e, json, ref error),
            ScalarType { Name: "Int" } => Int(json, ref error),
            ScalarType { Name: "Float" } => Float(json, ref error),
            ScalarType { Name: "String" } => String(json, ref error),
            ScalarType { Name: "Boolean" } => Boolean(json, ref error),
            ScalarType { Name: "ID" } => Id(json, ref error),
            ScalarType scalar => Custom(scalar, json, ref error),
            _ => throw new InvalidOperationException($"{type} is no leaf type."),
        };
        return error is null;
    }

    private static object? Int(JsonElement json, ref string? error)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var whole))
        {
            return whole;
        }
        var isNumber = json.ValueKind == JsonValueKind.Number;
        var number = isNumber ? json.GetDouble() : double.NaN;
        if (isNumber && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number))
        {
            return (int)number;
        }
        error = isNumber && number == Math.Floor(number)
            ? $"Int cannot represent non 32-bit signed integer value: {Inspection.Of(json)}"
            : $"Int cannot represent non-integer value: {Inspection.Of(json)}";
        return null;
    }

    private static object? Float(JsonElement json, ref string? error)
    {
        if (json.ValueKind == JsonValueKind.Number && double.IsFinite(json.GetDouble()))
        {
            return json.GetDouble();
        }
        error = $"Float cannot represent non numeric value: {Inspection.Of(json)}";
        return null;
    }

    private static string? String(JsonElement json, ref string? error)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }
        error = $"String cannot represent a non string value: {Inspection.Of(json)}";
        return null;
    }

    private static object? Boolean(JsonElement json, ref string? error)
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }
        error = $"Boolean cannot represent a non boolean value: {Inspection.Of(json)}";
        return null;
    }

    private static string? Id(JsonElement json, ref string? error)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }
        if (json.ValueKind == JsonValueKind.Number && json.GetDouble() is var real && real == Math.Floor(real)
            && Math.Abs(real) <= LargestExact)
        {
            return ((long)real).ToString(CultureInfo.InvariantCulture);
        }
        error = $"ID cannot represent value: {Inspection.Of(json)}";
        return null;
    }

    private static string? Enum(EnumType type, JsonElement json, ref string? error)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            error = $"Enum \"{type}\" cannot represent non-string value: {Inspection.Of(json)}.";
        }
        else if (!type.Has(json.GetString()!))
        {
            error = $"Value \"{json.GetString()}\" does not exist in \"{type}\" enum.";
        }
        else
        {
            return json.GetString();
        }
        return null;
    }

    private static object? Custom(ScalarType type, JsonElement json, ref string? error)
    {
        var raw = Raw(json);
        if (type.Binding is null)
        {
            return raw;
        }
        if (type.Binding.TryRead(raw!, out var value))
        {
            return value;
        }
        error = $"{type} cannot represent {Inspection.Of(json)}: expected {type.Binding.Expects}.";
        return null;
    }

    private static object? Raw(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Number(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(Raw).ToArray(),
        JsonValueKind.Object => Fields(json),
        _ => null,
    };

    private static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
        {
            return small;
        }
        return json.TryGetInt64(out var large) ? large : (object)json.GetDouble();
    }

    private static Dictionary<string, object?> Fields(JsonElement json)
    {
        var fields = new Dictionary<string, object?>();
        foreach (var property in json.EnumerateObject())
        {
            fields[property.Name] = Raw(property.Value);
        }
        return fields;
    }
}
