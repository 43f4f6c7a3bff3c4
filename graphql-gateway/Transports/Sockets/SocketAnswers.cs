using System.Buffers;
using System.Text.Json;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>The messages that one operation sends.</summary>
internal sealed class SocketAnswers
{
    private static ReadOnlySpan<byte> ErrorsOnly => "{\"errors\":"u8;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly byte[] _id;

    public SocketAnswers(string id) => _id = JsonSerializer.SerializeToUtf8Bytes(id);

    public static byte[] Ack { get; } = "{\"type\":\"connection_ack\"}"u8.ToArray();

    public static byte[] Pong { get; } = "{\"type\":\"pong\"}"u8.ToArray();

    /// <summary>True for an answer without data: it ends the operation, in place of a completion.</summary>
    public static bool IsError(in GraphQLEvent answer) => answer.Json.Span.StartsWith(ErrorsOnly);

    /// <summary>The text is only valid until the next message is made.</summary>
    public ReadOnlyMemory<byte> Answer(in GraphQLEvent answer)
    {
        // An error message carries the bare list of errors.
        return IsError(answer)
            ? Message("error"u8, answer.Json.Span[ErrorsOnly.Length..^1])
            : Message("next"u8, answer.Json.Span);
    }

    public ReadOnlyMemory<byte> Error((string Code, string Message) error) =>
        Message("error"u8, Refusal.Json(error).AsSpan()[ErrorsOnly.Length..^1]);

    public ReadOnlyMemory<byte> Complete() => Message("complete"u8, []);

    private ReadOnlyMemory<byte> Message(ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("{\"type\":\""u8);
        _buffer.Write(type);
        _buffer.Write("\",\"id\":"u8);
        _buffer.Write(_id);
        if (payload.Length > 0)
        {
            _buffer.Write(",\"payload\":"u8);
            _buffer.Write(payload);
        }
        _buffer.Write("}"u8);
        return _buffer.WrittenMemory;
    }
}
