using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// Keyed digests of rows, so that <c>osst verify</c> finds each byte that another than the program changed
/// (docs/decisions/0026). A seal is the same in both stores; nothing follows from it without the key. Positions are in
/// none: the store hands them out, and they are compared with each other.
/// </summary>
public sealed class RowSeals(MasterKey master)
{
    /// <summary>The tables whose rows have seals, named the same in both stores.</summary>
    public static readonly IReadOnlyList<string> Tables =
        ["events", "outcomes", "kept", "notes", "access_log", "disclosures"];

    internal const int SealBytes = 16;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_row;

    private readonly byte[] _key = master.DeriveKey("seals of rows");

    /// <summary>Of each event of a request; without events, of its outcome.</summary>
    internal byte[][] Of(AppendRequest request) => request.Events.Count == 0
        ? [OfOutcome(request.Grain.ToString(), request.CommandId, request.ExpectedVersion)]
        : [.. request.Events.Select((happened, i) => Of(new StoredEvent(
            request.Grain, request.ExpectedVersion + 1 + i, 0, request.MunicipalityOf(happened), happened.Type,
            request.OccurredOn, request.RecordedAt, request.CommandId, request.Actor, happened.Data,
            happened.Personal)))];

    internal byte[] Of(in StoredEvent e) => Begin("event").Text(e.Grain.ToString()).Number(e.Version)
        .Text(e.Municipality).Text(e.Type).Number(e.OccurredOn.DayNumber).Time(e.RecordedAt).Id(e.CommandId)
        .Text(e.Actor).Bytes(e.Data.Span).Bytes(e.Personal.Span).Seal();

    /// <summary>Of a command that changed nothing; others follow from their events.</summary>
    internal byte[] OfOutcome(string stream, Guid commandId, long version) =>
        Begin("outcome").Text(stream).Id(commandId).Number(version).Seal();

    /// <summary>
    /// Over the line before in its chain, too. A line without a chain, or without a basis, has the seal of the versions
    /// that knew none.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="link">Its place in its chain; none for a line of an older version.</param>
    /// <param name="before">The seal of the chain's line before; empty for the first.</param>
    internal byte[] Of(in UseLine line, ChainLink link, ReadOnlySpan<byte> before)
    {
        var row = Begin("use").Text(line.Client.ToString()).Text(line.Register)
            .Text(line.Actor).Text(line.Purpose).Text(line.What).Time(line.At);
        return link.Number > 0 ? row.Text(line.Basis).Link(link, before).Seal()
            : line.Basis.Length == 0 ? row.Seal() : row.Text(line.Basis).Seal();
    }

    /// <inheritdoc cref="Of(in UseLine, ChainLink, ReadOnlySpan{byte})"/>
    internal byte[] Of(in DisclosureLine line, ChainLink link, ReadOnlySpan<byte> before)
    {
        var row = Begin("disclosure").Text(line.Client.ToString()).Text(line.Register)
            .Text(line.What).Text(line.Receiver).Text(line.Recipient).Text(line.Discloser).Text(line.Purpose)
            .Text(line.LegalBasis).Number(line.Position).Time(line.At);
        return link.Number > 0 ? row.Link(link, before).Seal() : row.Seal();
    }

    internal byte[] OfKept(string stream, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> content) =>
        Begin("kept").Text(stream).Bytes(mark).Bytes(content).Seal();

    internal byte[] Of(in NoteRow note) =>
        Begin("note").Text(note.Shelf).Text(note.Key).Bytes(note.Value.Span).Seal();

    private Row Begin(string table)
    {
        var row = s_row ??= new ArrayBufferWriter<byte>(1024);
        row.ResetWrittenCount();
        return new Row(row, _key).Text(table);
    }

    /// <summary>A row's parts, each with its length: nothing can slip from one into the next.</summary>
    private readonly ref struct Row(ArrayBufferWriter<byte> row, byte[] key)
    {
        public Row Text(string text)
        {
            Number(Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, row);
            return this;
        }

        public Row Number(long number)
        {
            BinaryPrimitives.WriteInt64LittleEndian(row.GetSpan(sizeof(long)), number);
            row.Advance(sizeof(long));
            return this;
        }

        public Row Time(DateTimeOffset time) => Number(time.ToUnixTimeMilliseconds());

        public Row Id(Guid id)
        {
            id.TryWriteBytes(row.GetSpan(16));
            row.Advance(16);
            return this;
        }

        public Row Bytes(scoped ReadOnlySpan<byte> bytes)
        {
            Number(bytes.Length);
            row.Write(bytes);
            return this;
        }

        public Row Link(ChainLink link, scoped ReadOnlySpan<byte> before) =>
            Id(link.Writer).Number(link.Number).Bytes(before);

        public byte[] Seal()
        {
            Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, row.WrittenSpan, whole);
            return whole[..SealBytes].ToArray();
        }
    }
}
