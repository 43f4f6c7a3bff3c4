using OsstOrleans.Grains;

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
    ReadOnlyMemory<byte> Personal);

/// <summary>An event about to be appended.</summary>
public readonly record struct NewEvent(string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Personal);

/// <summary>A grain's state at a version: disposable, rebuilt from the log when absent.</summary>
public sealed record Snapshot(long Version, long Position, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Personal);

/// <summary>What activation needs, read in one consistent view: the newest snapshot and the events after it.</summary>
public sealed record StreamTail(Snapshot? Snapshot, IReadOnlyList<StoredEvent> Events, ReadOnlyMemory<byte> WrappedKey)
{
    /// <summary>The key of the present consent, wrapped; empty without one.</summary>
    public ReadOnlyMemory<byte> ConsentKey { get; init; }

    /// <summary>What is kept by that consent, sealed, in no order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Kept { get; init; } = [];
}

/// <summary>
/// One line of the use log (703/2023 10 §): who used which data of whom, why, and when. Kept 12 years.
/// </summary>
/// <param name="Client">The client whose data was used.</param>
/// <param name="Register">The municipality whose register it is.</param>
/// <param name="What">Which data: the name of the read, e.g. <c>client</c> or <c>history</c>.</param>
public readonly record struct AccessLine(
    GrainName Client, string Register, string Actor, string Purpose, string What, DateTimeOffset At);
