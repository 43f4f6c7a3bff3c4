using System.Text.Json;

namespace OsstOrleans.GraphQL;

/// <summary>The JSON of a request, field by field.</summary>
public static class RequestReader
{
    private const string NoJson = "The request is not valid JSON.";
    private const string NoObject = "The request is not a JSON object.";

    /// <summary>The whole text is one request.</summary>
    /// <exception cref="GraphQLRequestFault">It is not.</exception>
    public static GraphQLRequest ReadOne(ref Utf8JsonReader reader)
    {
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new GraphQLRequestFault(NoObject);
            }
            var request = ReadFields(ref reader);
            AssertEnd(ref reader);
            return request;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new GraphQLRequestFault(NoJson, isJson: false);
        }
    }

    /// <summary>The whole text is a list of requests; an entry that is none has its own fault.</summary>
    /// <param name="reader">Stands before the text.</param>
    /// <param name="most">So many requests are taken.</param>
    /// <exception cref="GraphQLRequestFault">It is no list, or has none or too many.</exception>
    public static List<BatchEntry> ReadBatch(ref Utf8JsonReader reader, int most)
    {
        var entries = new List<BatchEntry>();
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (entries.Count >= most)
                {
                    throw new GraphQLRequestFault($"A batch has at most {most} requests.")
                    {
                        Code = GraphQLErrorCodes.LimitBatch,
                    };
                }
                entries.Add(ReadEntry(ref reader));
            }
            AssertEnd(ref reader);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new GraphQLRequestFault(NoJson, isJson: false);
        }
        return entries.Count > 0 ? entries : throw new GraphQLRequestFault("The batch has no request.");
    }

    /// <exception cref="GraphQLRequestFault">There is no document, or there are two.</exception>
    internal static GraphQLRequest Request(
        string? query, string? documentId, string? operationName, JsonElement? variables, JsonElement? extensions) =>
        // A hash beside a text only asks to remember the text for the next time, which is done anyway.
        (query, documentId ?? (query is null ? PersistedDocument.HashOf(extensions) : null)) switch
        {
            (null, null) => throw new GraphQLRequestFault("The request has no \"query\"."),
            (not null, not null) => throw new GraphQLRequestFault(
                "The request has both \"query\" and \"documentId\"; one of them tells the document."),
            (_, var id) => new GraphQLRequest(query ?? "", operationName, variables)
            {
                DocumentId = id,
                Extensions = extensions,
            },
        };

    internal static JsonElement? Object(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Object => json,
        JsonValueKind.Null => null,
        _ => throw new GraphQLRequestFault($"\"{name}\" is not an object."),
    };

    private static void AssertEnd(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new GraphQLRequestFault("The request has text after its JSON.");
        }
    }

    private static BatchEntry ReadEntry(ref Utf8JsonReader reader)
    {
        var start = reader;
        try
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return new BatchEntry(ReadFields(ref reader), null);
            }
            reader.Skip();
            return new BatchEntry(null, new GraphQLRequestFault(NoObject));
        }
        catch (GraphQLRequestFault fault)
        {
            // The fault lies somewhere inside: the next entry comes after the whole of this one.
            reader = start;
            reader.Skip();
            return new BatchEntry(null, fault);
        }
    }

    private static GraphQLRequest ReadFields(ref Utf8JsonReader reader)
    {
        string? query = null;
        string? documentId = null;
        string? operationName = null;
        JsonElement? variables = null;
        JsonElement? extensions = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8))
            {
                query = Text(ref reader, "query");
            }
            else if (reader.ValueTextEquals("documentId"u8))
            {
                documentId = Text(ref reader, "documentId");
            }
            else if (reader.ValueTextEquals("operationName"u8))
            {
                operationName = Text(ref reader, "operationName");
            }
            else if (reader.ValueTextEquals("variables"u8))
            {
                variables = reader.Read() ? Object(JsonElement.ParseValue(ref reader), "variables") : null;
            }
            else if (reader.ValueTextEquals("extensions"u8))
            {
                extensions = reader.Read() ? Object(JsonElement.ParseValue(ref reader), "extensions") : null;
            }
            else
            {
                reader.Skip();
            }
        }
        return Request(query, documentId, operationName, variables, extensions);
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
}

/// <summary>One entry of a batch: a request, or why it is none.</summary>
/// <param name="Request">The request; null when the entry is none.</param>
/// <param name="Fault">Why the entry is none; null when it is one.</param>
public readonly record struct BatchEntry(GraphQLRequest? Request, GraphQLRequestFault? Fault);
