namespace OsstOrleans.Grains.Hosting;

/// <summary>A grain's state as an activation remembers it. It never changes; the memory holds another one instead.
/// </summary>
/// <param name="State">The folded state.</param>
/// <param name="Version">How many events are folded into it; 0 for a grain that does not exist.</param>
/// <param name="Position">The log position of the last of them.</param>
public sealed record Remembered<TState>(TState State, long Version, long Position)
    where TState : class;

/// <summary>What one command adds to a stream.</summary>
/// <param name="CommandId">A second recording with the same id is answered with the first one's outcome.</param>
/// <param name="Municipalities">The register that each event belongs to; one where there is no event.</param>
/// <param name="Actor">Who, <c>role/subject</c>.</param>
/// <param name="Moment">When it happened and when it is recorded.</param>
/// <param name="Events">None for a command that was accepted and changed nothing: then its outcome alone is kept.
/// </param>
public sealed record Recording(
    Guid CommandId, IReadOnlyList<string> Municipalities, string Actor, Moment Moment, IReadOnlyList<IEvent> Events);

/// <summary>What became of a recording.</summary>
public enum AppendResult
{
    /// <summary>Durable.</summary>
    Appended = 1,

    /// <summary>The command id is already in this stream; the outcome is that first one's.</summary>
    Duplicate = 2,

    /// <summary>Another activation was faster; nothing was stored, and the memory has caught up.</summary>
    Conflict = 3,
}

/// <summary>Where a command left its stream.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Version">The version of its last event.</param>
/// <param name="Position">The log position of that event.</param>
public readonly record struct AppendOutcome(AppendResult Result, long Version, long Position);

/// <summary>
/// An activation's memory of its stream. Commands come one at a time; reads interleave with them at every wait, so
/// what a read needs is always one <see cref="Remembered{TState}"/>, taken at one moment.
/// </summary>
public interface IGrainMemory<TState>
    where TState : class
{
    /// <summary>Null before the first recall, and after the memory was dropped.</summary>
    Remembered<TState>? Now { get; }

    /// <summary>Grows when the memory drops what it held: after an erasure, or a write whose outcome is in doubt.
    /// </summary>
    int Generation { get; }

    /// <summary>
    /// Loads snapshot and tail when nothing is remembered; true when this call began to. Callers at the same time share
    /// one load.
    /// </summary>
    ValueTask<bool> Recall();

    /// <summary>Reads what another activation appended; true when there was something.</summary>
    ValueTask<bool> CatchUp();

    /// <summary>
    /// Reads what another activation appended, until this version is remembered. It comes from a read, and so in the
    /// middle of a command.
    /// </summary>
    ValueTask CatchUpTo(long version);

    /// <summary>Appends, and remembers <paramref name="evolved"/> once that is durable.</summary>
    /// <param name="recording">What happened.</param>
    /// <param name="decidedOn">The version that it was decided on; a read may have caught up since.</param>
    /// <param name="evolved">What it makes of the state.</param>
    ValueTask<AppendOutcome> Append(Recording recording, long decidedOn, TState evolved);

    /// <summary>Keeps an event by consent; false when another activation has ended that consent.</summary>
    ValueTask<bool> AddByConsent(IConsentEvent happened, Moment moment, string actor);

    /// <summary>The first outcome of a command id; null when there is none.</summary>
    ValueTask<AppendOutcome?> FindOutcome(Guid commandId);

    /// <summary>True when this actor sent the command that led to this outcome, and it left an event.</summary>
    ValueTask<bool> IsOf(string actor, Guid commandId, AppendOutcome outcome);

    /// <summary>The last entry that a command left, without its words; null when it left none.</summary>
    ValueTask<PastEvent?> LeftBy(Guid commandId, long version);

    /// <summary>Every entry up to the remembered version.</summary>
    ValueTask<IReadOnlyList<PastEvent>> Past();

    /// <summary>Every entry.</summary>
    ValueTask<IReadOnlyList<Calls.HistoryEntry>> Entries();

    /// <summary>One page of the history; the other entries stay sealed.</summary>
    /// <param name="slice">Which page.</param>
    /// <param name="all">With the entries about requests for log lines.</param>
    ValueTask<Calls.HistoryPage> Page(Calls.HistorySlice slice, bool all);

    /// <summary>Leaves a fresh snapshot behind if that saves the next start; completes when it is stored, or could not
    /// be.</summary>
    Task LetGo();
}
