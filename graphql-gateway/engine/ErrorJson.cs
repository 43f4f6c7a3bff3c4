using System.Buffers;
using System.Collections;
using System.Globalization;

namespace OsstOrleans.GraphQL;

/// <summary>Writes errors in the form of specification section 7.1.2.</summary>
public static class ErrorJson
{
    /// <summary>An answer without data: the request itself failed.</summary>
    public static void WriteAnswer(IReadOnlyList<GraphQLError> errors, JsonSink json)
    {
        json.Raw("{\"errors\":"u8);
        Write(errors, json);
        json.Raw((byte)'}');
    }

    /// <summary>Answers that nothing ran, and why.</summary>
    public static GraphQLResult Refuse(IReadOnlyList<GraphQLError> errors, IBufferWriter<byte> output)
    {
        using var json = new JsonSink();
        WriteAnswer(errors, json);
        output.Write(json.Written);
        return new GraphQLResult(GraphQLOutcome.RequestError, null, errors[0].Code);
    }

    /// <summary>The value of an answer's <c>errors</c>.</summary>
    public static void Write(IReadOnlyList<GraphQLError> errors, JsonSink json)
    {
        json.Raw((byte)'[');
        foreach (var error in errors)
        {
            Write(error, json);
            json.Raw((byte)',');
        }
        json.Close((byte)']');
    }

    private static void Write(GraphQLError error, JsonSink json)
    {
        json.Raw("{\"message\":"u8);
        json.Text(error.Message);
        if (error.Locations.Count > 0)
        {
            json.Raw(",\"locations\":["u8);
            foreach (var location in error.Locations)
            {
                json.Raw("{\"line\":"u8);
                json.Number(location.Line);
                json.Raw(",\"column\":"u8);
                json.Number(location.Column);
                json.Raw("},"u8);
            }
            json.Close((byte)']');
        }
        if (error.Path is not null)
        {
            json.Raw(",\"path\":"u8);
            Value(error.Path, json);
        }
        json.Raw(",\"extensions\":{\"code\":"u8);
        json.Text(error.Code);
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>())
        {
            json.Raw((byte)',');
            json.Text(name);
            json.Raw((byte)':');
            Value(value, json);
        }
        json.Raw("}}"u8);
    }

    /// <summary>An entry of <c>extensions</c>, or a path.</summary>
    public static void Value(object? value, JsonSink json)
    {
        switch (value)
        {
            case null: json.Null(); break;
            case bool flag: json.Boolean(flag); break;
            case int number: json.Number(number); break;
            case long number: json.Number(number); break;
            case double number when double.IsFinite(number): json.Number(number); break;
            case decimal number: json.Formatted(number); break;
            case IReadOnlyDictionary<string, object?> fields: Fields(fields, json); break;
            case IEnumerable list and not string: List(list, json); break;
            default: json.Text(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void Fields(IReadOnlyDictionary<string, object?> fields, JsonSink json)
    {
        json.Raw((byte)'{');
        foreach (var (name, value) in fields)
        {
            json.Text(name);
            json.Raw((byte)':');
            Value(value, json);
            json.Raw((byte)',');
        }
        json.Close((byte)'}');
    }

    private static void List(IEnumerable list, JsonSink json)
    {
        json.Raw((byte)'[');
        foreach (var item in list)
        {
            Value(item, json);
            json.Raw((byte)',');
        }
        json.Close((byte)']');
    }
}
