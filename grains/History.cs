namespace OsstOrleans.Grains;

/// <summary>One entry of a grain's history, read back from the log.</summary>
/// <param name="Version">Its number in the history, from 1.</param>
/// <param name="Position">Its place in the whole log.</param>
/// <param name="Municipality">The municipality in whose register it was recorded.</param>
/// <param name="Happened">Null for an event that this version does not know, or that was recorded in error.</param>
/// <param name="OccurredOn">The day it happened.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public readonly record struct PastEvent(
    long Version, long Position, string Municipality, IEvent? Happened, DateOnly OccurredOn,
    DateTimeOffset RecordedAt);

/// <summary>A command about earlier entries: it is decided on the whole history instead of on the state.</summary>
public interface IRevision : ICommand;

/// <summary>
/// An event that says of an earlier entry of the same history that it should never have been recorded. The log keeps
/// both (703/2023 22 §: nothing recorded is altered); a fold leaves the earlier one out.
/// </summary>
public interface IRevisesHistory : IEvent
{
    /// <summary>The version of the entry that does not count any more.</summary>
    long Entry { get; }
}

/// <summary>The fold of a history in which later entries may take earlier ones back.</summary>
public static class History
{
    /// <summary>The same entries, those recorded in error without their event: versions keep counting.</summary>
    public static IReadOnlyList<PastEvent> Standing(IReadOnlyList<PastEvent> past) =>
        InError(past) is { Count: > 0 } inError
            ? [.. past.Select(entry => inError.Contains(entry.Version) ? entry with { Happened = null } : entry)]
            : past;

    /// <summary>The state after a history, as far as its entries stand.</summary>
    public static TState Fold<TState, TDecider>(IReadOnlyList<PastEvent> past)
        where TState : class
        where TDecider : IDecider<TState>
    {
        var inError = InError(past);
        return past.Aggregate(TDecider.Initial, (state, entry) => entry.Happened is not { } happened ? state
            : inError.Contains(entry.Version) ? TDecider.EvolveInError(state, happened, entry.OccurredOn)
            : TDecider.Evolve(state, happened, entry.OccurredOn));
    }

    private static HashSet<long> InError(IReadOnlyList<PastEvent> past) =>
        past.Select(entry => entry.Happened).OfType<IRevisesHistory>().Select(mark => mark.Entry).ToHashSet();

    /// <summary>The state after a history and what was just decided on it.</summary>
    public static TState Fold<TState, TDecider>(
        IReadOnlyList<PastEvent> past, IReadOnlyList<IEvent> decided, Moment moment)
        where TState : class
        where TDecider : IDecider<TState> => Fold<TState, TDecider>(
        [
            .. past,
            .. decided.Select((happened, i) => new PastEvent(
                past.Count + 1 + i, 0, "", happened, moment.OccurredOn, moment.RecordedAt)),
        ]);
}
