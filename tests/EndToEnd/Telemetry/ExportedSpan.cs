using System.Text;

namespace OsstOrleans.EndToEnd.Tests.Telemetry;

/// <summary>A span as it came over the wire.</summary>
internal sealed record ExportedSpan(string Trace, string Id, string Parent, string Name)
{
    /// <summary>The spans of an ExportTraceServiceRequest: resource_spans = 1, scope_spans = 2, spans = 2.</summary>
    public static IEnumerable<ExportedSpan> In(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select new ExportedSpan(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(First(span, 5)));

    private static string Hex(byte[] message, int field) => Convert.ToHexString(First(message, field));

    private static byte[] First(byte[] message, int field) => Fields(message, field).FirstOrDefault([]);

    /// <summary>The length-delimited fields of a number in a protocol buffer's message.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int wanted)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    if ((int)(key >> 3) == wanted)
                    {
                        yield return message[at..(at + length)];
                    }
                    at += length;
                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
