using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Hosting;

/// <summary>A command on its way to a grain.</summary>
/// <param name="CommandId">Chosen by the caller; a retry with the same id answers with the first outcome.</param>
/// <param name="OccurredOn">The day it happened; today when null.</param>
/// <param name="IfVersion">When set, the command is taken only on exactly this version.</param>
public sealed record CommandEnvelope(
    Guid CommandId, ICommand Command, Caller Caller, DateOnly? OccurredOn = null, long? IfVersion = null);

public enum ReplyKind
{
    /// <summary>Durable; also when a retry was recognised, or when there was nothing to change.</summary>
    Accepted = 1,

    /// <summary>Refused by the domain; see the rejection. Nothing was stored.</summary>
    Rejected = 2,

    /// <summary>The grain is not at <see cref="CommandEnvelope.IfVersion"/>. Nothing was stored.</summary>
    VersionConflict = 3,

    /// <summary>The caller's role or municipality does not allow it. Nothing was stored.</summary>
    Forbidden = 4,
}

/// <summary>A grain's answer to a command.</summary>
/// <param name="Version">The grain's version now; for a recognised retry the version of its first outcome.</param>
/// <param name="Position">The log position of that version: the <c>minPosition</c> of a read that must see it.</param>
/// <param name="State">
/// The grain's state after the command; null unless accepted. Always null for a client: a person's data leaves only by
/// a read, which checks the reader and writes the use log.
/// </param>
public sealed record CommandReply(
    ReplyKind Kind, long Version, long Position, object? State, Rejection? Rejection = null)
{
    /// <summary>The command had been accepted before; this is its first outcome.</summary>
    public bool IsRetry { get; init; }
}

/// <summary>What a read wants to see.</summary>
public enum ReadKind
{
    State = 1,

    /// <summary>The state and every event behind it.</summary>
    History = 2,

    /// <summary>The state and one page of the events behind it, to be told in plain words.</summary>
    Timeline = 3,

    /// <summary>As <see cref="History"/>, to be folded to a state of an earlier day.</summary>
    Past = 4,

    /// <summary>That the client's lines of the use log are read; only who may read them gets an answer.</summary>
    UseLog = 5,

    /// <summary>As <see cref="UseLog"/>, of the disclosure log.</summary>
    DisclosureLog = 6,
}

/// <summary>A read on its way to a grain.</summary>
/// <param name="Slice">Which page of the history; asked for by <see cref="ReadKind.Timeline"/>.</param>
public sealed record ReadEnvelope(Caller Caller, ReadKind Kind = ReadKind.State, HistorySlice? Slice = null);

public enum ReadResult
{
    Found = 1,
    NotFound = 2,
    Forbidden = 3,
}

/// <summary>One event of a grain's history.</summary>
/// <param name="Event">Null when a newer version of the platform wrote an event that this one does not know.</param>
public sealed record HistoryEntry(
    long Version, long Position, string Type, DateOnly OccurredOn, DateTimeOffset RecordedAt, string Actor,
    IEvent? Event);

/// <summary>A grain's answer to a read. State, history and page are null unless found and asked for.</summary>
public sealed record ReadReply(
    ReadResult Result, long Version, long Position, object? State, IReadOnlyList<HistoryEntry>? History = null,
    HistoryPage? Page = null);

/// <summary>What activates grains, gives each one turn at a time and routes calls to them.</summary>
public interface IGrainEngine
{
    /// <exception cref="LimitReached">Too many calls wait for this grain.</exception>
    /// <exception cref="Storage.StoreFault">The disk failed; ask again with the same command id.</exception>
    ValueTask<CommandReply> Execute(GrainName grain, CommandEnvelope envelope);

    /// <summary>Reads a grain; a client's is answered only after its use-log line is durable.</summary>
    ValueTask<ReadReply> Read(GrainName grain, ReadEnvelope envelope);
}
