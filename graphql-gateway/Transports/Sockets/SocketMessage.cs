using System.Text.Json;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>What a client sends over <c>graphql-transport-ws</c>.</summary>
/// <param name="Type">One of the protocol's message types.</param>
/// <param name="Id">The operation; null where none is meant.</param>
/// <param name="Payload">Its JSON as it stands; empty when there is none.</param>
internal readonly record struct SocketMessage(string Type, string? Id, ReadOnlyMemory<byte> Payload)
{
    public const string Init = "connection_init";
    public const string Ping = "ping";
    public const string Pong = "pong";
    public const string Subscribe = "subscribe";
    public const string Complete = "complete";

    private const int MaxIdLength = 128;

    /// <summary>Null when the text is no message of the protocol.</summary>
    public static SocketMessage? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return Read(text);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text of the payload by its name, in letters of any case; null when it has none.</summary>
    public string? Text(string name)
    {
        try
        {
            return Payload.IsEmpty ? null : TextIn(Payload, name);
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair, which no text holds.
        }
    }

    private static string? TextIn(ReadOnlyMemory<byte> json, string name)
    {
        using var payload = JsonDocument.Parse(json);
        foreach (var entry in payload.RootElement.EnumerateObject())
        {
            if (entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                && entry.Value.ValueKind == JsonValueKind.String)
            {
                return entry.Value.GetString();
            }
        }
        return null;
    }

    /// <exception cref="GraphQLRequestFault">The payload is no request.</exception>
    public GraphQLRequest Request() => GraphQLRequest.Parse(Payload.Span);

    private static SocketMessage? Read(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span);
        string? type = null;
        string? id = null;
        var payload = ReadOnlyMemory<byte>.Empty;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = reader.Read() ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = reader.Read() ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("payload"u8))
            {
                reader.Read();
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                if (!isObject && reader.TokenType != JsonTokenType.Null)
                {
                    return null;
                }
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                payload = isObject ? text[start..(int)reader.BytesConsumed] : payload;
            }
            else
            {
                reader.Skip();
            }
        }
        var message = new SocketMessage(type ?? "", id, payload);
        return message.IsKnown && !reader.Read() ? message : null;
    }

    private bool IsKnown => Type switch
    {
        Init or Ping or Pong => true,
        Subscribe => IsId && !Payload.IsEmpty,
        Complete => IsId,
        _ => false,
    };

    private bool IsId => Id is { Length: > 0 and <= MaxIdLength };
}
