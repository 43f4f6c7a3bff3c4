using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OsstOrleans.Gateway.Transports;

/// <summary>What a request over HTTP holds: one GraphQL request, or a batch of them.</summary>
internal readonly record struct RequestBody(GraphQLRequest? Single, IReadOnlyList<BatchEntry>? Batch)
{
    /// <exception cref="GraphQLRequestFault">It holds neither.</exception>
    public static async ValueTask<RequestBody> Read(HttpRequest http, int maxBatch)
    {
        var body = http.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync();
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return Parse(read.Buffer, maxBatch);
            }
            finally
            {
                body.AdvanceTo(read.Buffer.End); // Also past nonsense, or the connection could not go on.
            }
        }
    }

    /// <summary>The parameters of a GET.</summary>
    /// <exception cref="GraphQLRequestFault">They hold no request.</exception>
    public static RequestBody Of(IQueryCollection query) => new(
        GraphQLRequest.Of(
            query["query"], query["documentId"], query["operationName"], query["variables"], query["extensions"]),
        null);

    private static RequestBody Parse(in ReadOnlySequence<byte> body, int maxBatch)
    {
        // What a tool sends from a file may begin with a byte order mark (RFC 8259, section 8.1).
        var start = new SequenceReader<byte>(body);
        start.IsNext(Encoding.UTF8.Preamble, advancePast: true);
        var text = start.UnreadSequence;
        var reader = new Utf8JsonReader(text);
        return IsList(text)
            ? new RequestBody(null, RequestReader.ReadBatch(ref reader, maxBatch))
            : new RequestBody(RequestReader.ReadOne(ref reader), null);
    }

    private static bool IsList(in ReadOnlySequence<byte> text)
    {
        foreach (var part in text)
        {
            var start = part.Span.TrimStart(" \t\r\n"u8);
            if (!start.IsEmpty)
            {
                return start[0] == '[';
            }
        }
        return false;
    }
}
