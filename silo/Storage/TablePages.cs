namespace OsstOrleans.Silo.Storage;

/// <summary>A store's tables page after page, each from its beginning or after a row of it.</summary>
internal static class TablePages
{
    /// <summary>Less than the events of one transaction.</summary>
    private const int Length = 4_000;

    public static IAsyncEnumerable<IReadOnlyList<StoredEvent>> EventPages(
        this IStoredTables tables, long? after = null) => Pages(
        after, tables.Events, stored => stored.Position);

    public static IAsyncEnumerable<IReadOnlyList<StoredOutcome>> OutcomePages(this IStoredTables tables) =>
        Pages((StoredOutcome?)null, tables.Outcomes, outcome => outcome);

    public static IAsyncEnumerable<IReadOnlyList<StoredKey>> KeyPages(this IStoredTables tables) =>
        Pages((string?)null, tables.Keys, key => key.Stream);

    public static IAsyncEnumerable<IReadOnlyList<StoredConsentEntry>> ConsentPages(this IStoredTables tables) =>
        Pages((StoredConsentEntry?)null, tables.ConsentEntries, kept => kept);

    public static IAsyncEnumerable<IReadOnlyList<StoredAccess>> AccessPages(this IStoredTables tables) =>
        Pages((long?)null, tables.Accesses, access => access.Number);

    public static IAsyncEnumerable<IReadOnlyList<StoredDisclosure>> DisclosurePages(this IStoredTables tables) =>
        Pages((long?)null, tables.Disclosures, line => line.Number);

    public static IAsyncEnumerable<IReadOnlyList<StoredNote>> NotePages(this IStoredTables tables) =>
        Pages((StoredNote?)null, tables.Notes, note => note);

    /// <summary>What moves with a log. Reminders, and claims of older versions, are not the log's.</summary>
    public static IAsyncEnumerable<IReadOnlyList<StoredNote>> MovingNotePages(this IStoredTables tables) =>
        tables.NotePages().Select(page => (IReadOnlyList<StoredNote>)
            [.. page.Where(note => note.Row.Shelf is not ("claim" or "reminder"))]);

    private static async IAsyncEnumerable<IReadOnlyList<TRow>> Pages<TRow, TPlace>(
        TPlace start, Func<TPlace, int, Task<IReadOnlyList<TRow>>> read, Func<TRow, TPlace> placeOf)
    {
        for (var at = start; await read(at, Length) is { Count: > 0 } page; at = placeOf(page[^1]))
        {
            yield return page;
        }
    }
}
