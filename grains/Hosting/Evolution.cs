namespace OsstOrleans.Grains.Hosting;

/// <summary>What events make of a grain.</summary>
internal static class Evolution
{
    /// <summary>
    /// The state after the events, and the register of each: a move belongs to the one it leaves, what follows it to
    /// the one it leads to, and the first event of all to the one it creates the grain in. One register where there is
    /// no event.
    /// </summary>
    /// <param name="now">The state before.</param>
    /// <param name="events">What happens.</param>
    /// <param name="past">The whole history, where the events revise it.</param>
    /// <param name="moment">When it happens.</param>
    /// <param name="registerOf">The register of a state.</param>
    public static (TState Evolved, string[] Registers) Of<TState, TDecider>(
        Remembered<TState> now, IReadOnlyList<IEvent> events, IReadOnlyList<PastEvent>? past, Moment moment,
        Func<TState, string> registerOf)
        where TState : class
        where TDecider : IDecider<TState>
    {
        if (past is not null || events.Count == 0)
        {
            return (past is null ? now.State : History.Fold<TState, TDecider>(past, events, moment),
                [.. Enumerable.Repeat(registerOf(now.State), Math.Max(1, events.Count))]);
        }
        var state = now.State;
        var registers = new string[events.Count];
        for (var i = 0; i < registers.Length; i++)
        {
            var after = TDecider.Evolve(state, events[i], moment.OccurredOn);
            registers[i] = registerOf(now.Version + i > 0 ? state : after);
            state = after;
        }
        return (state, registers);
    }
}
