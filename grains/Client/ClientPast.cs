namespace OsstOrleans.Grains.Client;

/// <summary>A client on an earlier day: a history has two times, and a question may ask by either or both.</summary>
/// <param name="State">The state.</param>
/// <param name="Version">The latest entry that counts in it; 0 when none does.</param>
/// <param name="Position">That entry's place in the log.</param>
public readonly record struct ClientPast(ClientState State, long Version, long Position)
{
    /// <summary>
    /// The client as a day left it. A history cut off at an instant of recording shows what was known then, with the
    /// errors that were not found yet; <paramref name="day"/> leaves out what happened later. An entry recorded in
    /// error counts on no day once its mark is known, whenever the mark was made.
    /// </summary>
    /// <param name="known">The entries that were known.</param>
    /// <param name="day">The last day that counts; null for all of them.</param>
    public static ClientPast On(IReadOnlyList<PastEvent> known, DateOnly? day)
    {
        PastEvent[] counted = [.. History.Standing(known).Where(entry => day is null || entry.OccurredOn <= day)];
        return new ClientPast(
            History.Fold<ClientState, ClientDecider>(counted),
            counted.Length == 0 ? 0 : counted[^1].Version,
            counted.Length == 0 ? 0 : counted[^1].Position);
    }
}
