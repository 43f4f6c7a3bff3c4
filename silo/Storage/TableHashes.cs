using System.Security.Cryptography;
using System.Text;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// What a store holds, as hashes: of each stream a chain over its events, of each other table a sum over its rows,
/// which no store need keep in the same order.
/// </summary>
internal sealed class TableHashes
{
    private readonly Dictionary<string, byte[]> _streams = new(StringComparer.Ordinal);
    private long _events;
    private (long Count, UInt128 Sum) _outcomes;
    private (long Count, UInt128 Sum) _keys;
    private (long Count, UInt128 Sum) _kept;
    private (long Count, UInt128 Sum) _accesses;
    private (long Count, UInt128 Sum) _disclosures;
    private (long Count, UInt128 Sum) _notes;

    public CopyReport Report => new(_events, _streams.Count, _outcomes.Count, _keys.Count, _accesses.Count);

    public static async Task<TableHashes> Of(IStoredTables tables)
    {
        var hashes = new TableHashes();
        // Counted here: a store whose first lines have ended numbers the rest as before, another one from 1.
        var (accesses, disclosures) = (0L, 0L);
        await foreach (var page in tables.EventPages())
        {
            hashes.Add(page);
        }
        await foreach (var page in tables.OutcomePages())
        {
            hashes._outcomes = Sum(hashes._outcomes, page.Select(o =>
                Hash([], o.Stream, o.CommandId.ToByteArray(), BitConverter.GetBytes(o.Version),
                    BitConverter.GetBytes(o.Position), o.Seal.ToArray())));
        }
        await foreach (var page in tables.KeyPages())
        {
            hashes._keys = Sum(hashes._keys, page.Select(key => Hash([], key.Stream, key.Wrapped.ToArray())));
        }
        await foreach (var page in tables.ConsentPages())
        {
            hashes._kept = Sum(hashes._kept, page.Select(kept =>
                Hash([], kept.Stream, kept.Mark.ToArray(), kept.Sealed.ToArray(), kept.Seal.ToArray())));
        }
        await foreach (var page in tables.AccessPages())
        {
            hashes._accesses = Sum(hashes._accesses, page.Select(access =>
                Hash(BitConverter.GetBytes(++accesses),
                    $"{access.Line with { At = default }} {access.Line.At.ToUnixTimeMilliseconds()} {access.Link}",
                    access.Seal.ToArray())));
        }
        await foreach (var page in tables.DisclosurePages())
        {
            hashes._disclosures = Sum(hashes._disclosures, page.Select(told =>
                Hash(BitConverter.GetBytes(++disclosures),
                    $"{told.Line with { At = default }} {told.Line.At.ToUnixTimeMilliseconds()} {told.Link}",
                    told.Seal.ToArray())));
        }
        await foreach (var page in tables.MovingNotePages())
        {
            hashes._notes = Sum(hashes._notes, page.Select(note =>
                Hash([], note.Row.Shelf, Encoding.UTF8.GetBytes(note.Row.Key), note.Row.Value.ToArray(),
                    note.Seal.ToArray())));
        }
        return hashes;
    }

    /// <summary>The name of the first table that differs; null when none does.</summary>
    public string? FirstDifference(TableHashes other) =>
        _events != other._events || _streams.Count != other._streams.Count || !_streams.All(stream =>
            other._streams.TryGetValue(stream.Key, out var hash)
            && hash.AsSpan().SequenceEqual(stream.Value)) ? "events"
        : _outcomes != other._outcomes ? "outcomes"
        : _keys != other._keys ? "keys"
        : _kept != other._kept ? "entries kept by consent"
        : _accesses != other._accesses ? "lines of the use log"
        : _disclosures != other._disclosures ? "lines of the disclosure log"
        : _notes != other._notes ? "notes of deliveries"
        : null;

    private void Add(IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            var stream = stored.Grain.ToString();
            _streams[stream] = Hash(
                _streams.GetValueOrDefault(stream) ?? [],
                $"{stored.Version} {stored.Position} {stored.Municipality} {stored.Type} {stored.OccurredOn:O} "
                + $"{stored.RecordedAt.ToUnixTimeMilliseconds()} {stored.Actor}",
                stored.CommandId.ToByteArray(), stored.Data.ToArray(), stored.Personal.ToArray(),
                stored.Seal.ToArray());
            _events++;
        }
    }

    /// <summary>Each part with its length: nothing can slip from one into the next.</summary>
    private static byte[] Hash(byte[] before, string text, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(before);
        Append(Encoding.UTF8.GetBytes(text));
        foreach (var part in parts)
        {
            Append(part);
        }
        return hash.GetHashAndReset();

        void Append(byte[] part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }
    }

    private static (long Count, UInt128 Sum) Sum((long Count, UInt128 Sum) so, IEnumerable<byte[]> rows)
    {
        foreach (var row in rows)
        {
            so = (so.Count + 1, unchecked(so.Sum + BitConverter.ToUInt128(row)));
        }
        return so;
    }
}
