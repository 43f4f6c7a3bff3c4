using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>One line of the event log, as stored: the coded part in clear, the personal part sealed.</summary>
/// <param name="Grain">The stream.</param>
/// <param name="Version">1, 2, 3 ... within the stream, without gaps.</param>
/// <param name="Position">The place in the whole log, in commit order.</param>
/// <param name="Municipality">The municipality the grain belonged to when it happened; empty for a programme.</param>
/// <param name="Type">The stable event name of the catalogue.</param>
/// <param name="Actor">Who: <c>role/subject</c>, a staff or system id, never a client.</param>
/// <param name="Data">The coded part, UTF-8 JSON.</param>
/// <param name="Personal">The sealed personal part; empty when the event has none.</param>
public readonly record struct StoredEvent(
    GrainName Grain,
    long Version,
    long Position,
    string Municipality,
    string Type,
    DateOnly OccurredOn,
    DateTimeOffset RecordedAt,
    Guid CommandId,
    string Actor,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Personal)
{
    /// <summary>See <see cref="RowSeals"/>. Read only by those who copy or check rows; empty otherwise, and in rows of
    /// older versions.</summary>
    internal ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>An event about to be appended.</summary>
public readonly record struct NewEvent(string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Personal)
{
    /// <summary>The register it belongs to, where that is not the request's: what follows a move in one append.
    /// </summary>
    public string? Municipality { get; init; }
}

/// <summary>What activation needs, read in one consistent view: the events after a version, and the keys.</summary>
public sealed record StreamTail(IReadOnlyList<StoredEvent> Events, ReadOnlyMemory<byte> WrappedKey)
{
    /// <summary>The keys of the client's matters that have words.</summary>
    public IReadOnlyList<MatterKey> MatterKeys { get; init; } = [];

    /// <summary>The key of the present consent, wrapped; empty without one.</summary>
    public ReadOnlyMemory<byte> ConsentKey { get; init; }

    /// <summary>What is kept by that consent, sealed, in no order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Kept { get; init; } = [];

    /// <summary>What opens the client's words.</summary>
    /// <exception cref="Faults.StoreFault">A key was wrapped by another master key, or is damaged.</exception>
    internal ClientKeys KeysOf(GrainName client, MasterKey master) =>
        ClientKeys.Of(master, client, WrappedKey, MatterKeys);
}
