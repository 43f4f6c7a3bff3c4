using System.Buffers;
using System.Text.Json;

namespace OsstOrleans.Gateway.Engines;

/// <summary>The request's JSON is unusable; the message says why in one sentence.</summary>
/// <param name="message">Why, in one sentence.</param>
/// <param name="isJson">False when it is no JSON at all; true when it is JSON of another form.</param>
public sealed class GraphQLRequestFault(string message, bool isJson = true) : Exception(message)
{
    public bool IsJson { get; } = isJson;
}

/// <summary>What a caller asks: a document, which of its operations, and the variables' values.</summary>
/// <param name="Query">The document's text.</param>
/// <param name="OperationName">Needed when the document has several operations.</param>
/// <param name="Variables">A JSON object; null when there are none.</param>
public sealed record GraphQLRequest(string Query, string? OperationName = null, JsonElement? Variables = null)
{
    /// <summary>Reads the JSON body of a POST: <c>{"query": ..., "operationName": ..., "variables": ...}</c>.</summary>
    /// <exception cref="GraphQLRequestFault">The body is not JSON, or not of that form.</exception>
    public static GraphQLRequest Parse(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return Parse(ref reader);
    }

    /// <inheritdoc cref="Parse(ReadOnlySequence{byte})"/>
    public static GraphQLRequest Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return Parse(ref reader);
    }

    /// <summary>Reads a GET's <c>variables</c> parameter.</summary>
    /// <exception cref="GraphQLRequestFault">The text is no JSON object.</exception>
    public static JsonElement? ParseVariables(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Variable(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new GraphQLRequestFault("The variables are not valid JSON.", isJson: false);
        }
    }

    private static GraphQLRequest Parse(ref Utf8JsonReader reader)
    {
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new GraphQLRequestFault("The request is not a JSON object.");
            var request = ReadFields(ref reader);
            return reader.Read() ? throw new GraphQLRequestFault("The request has text after its JSON.") : request;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new GraphQLRequestFault("The request is not valid JSON.", isJson: false);
        }
    }

    private static GraphQLRequest ReadFields(ref Utf8JsonReader reader)
    {
        string? query = null;
        string? operationName = null;
        JsonElement? variables = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8))
                query = Text(ref reader, "query");
            else if (reader.ValueTextEquals("operationName"u8))
                operationName = Text(ref reader, "operationName");
            else if (reader.ValueTextEquals("variables"u8))
                variables = reader.Read() ? Variable(JsonElement.ParseValue(ref reader)) : null;
            else if (reader.ValueTextEquals("extensions"u8))
                SkipExtensions(ref reader);
            else
                reader.Skip();
        }
        return query is null
            ? throw new GraphQLRequestFault("The request has no \"query\".")
            : new GraphQLRequest(query, operationName, variables);
    }

    private static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new GraphQLRequestFault($"\"{name}\" is not a string."),
        };
    }

    private static void SkipExtensions(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
            throw new GraphQLRequestFault("\"extensions\" is not an object.");
        reader.Skip();
    }

    private static JsonElement? Variable(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json,
        JsonValueKind.Null => null,
        _ => throw new GraphQLRequestFault("\"variables\" is not an object."),
    };
}
