using System.Globalization;
using Orleans;
using Orleans.Runtime;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// Orleans' reminders in the store's own file, where no other process is: rows of a shelf of notes. They are as many as
/// there is open work, so a range of them is found among all. A damaged row is none: what it reminded of is expected
/// anew at the next start, and verification names it.
/// </summary>
internal sealed class ReminderRows(INotes notes) : IReminderTable
{
    private const string Shelf = "reminder";
    private const int Page = 1_000;

    public Task Init() => Task.CompletedTask;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new((await All()).Where(row => row.GrainId == grainId));

    /// <summary>Those whose hash lies behind the beginning and not behind the end, round the ring.</summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => new((await All()).Where(row =>
        row.GrainId.GetUniformHashCode() is var hash
        && (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        await notes.Find(Shelf, KeyOf(grainId, reminderName)) is { } kept
        && NoteJson.TryRead<Row>(kept) is { } row ? Entry(row) : null;

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var row = new Row(
            entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period, etag);
        await notes.TryWrite([NoteJson.Row(Shelf, KeyOf(entry.GrainId, entry.ReminderName), row)]);
        return etag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        await notes.Find(Shelf, KeyOf(grainId, reminderName)) is { } kept
        && NoteJson.TryRead<Row>(kept)?.Etag == eTag
        && await notes.TryWrite([kept with { Value = default }], kept);

    public async Task TestOnlyClearTable() =>
        await notes.TryWrite([.. (await Kept()).Select(row => row with { Value = default })]);

    private async Task<IEnumerable<ReminderEntry>> All() =>
        (await Kept()).Select(kept => NoteJson.TryRead<Row>(kept)).OfType<Row>().Select(Entry);

    private static ReminderEntry Entry(Row row) => new()
    {
        GrainId = GrainId.Parse(row.Grain),
        ReminderName = row.Name,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = row.Etag,
    };

    private async Task<IReadOnlyList<NoteRow>> Kept()
    {
        var rows = new List<NoteRow>();
        IReadOnlyList<NoteRow> page;
        do
        {
            page = await notes.ReadRows(Shelf, rows.Count > 0 ? rows[^1].Key : "", Page);
            rows.AddRange(page);
        }
        while (page.Count == Page);
        return rows;
    }

    private static string KeyOf(GrainId grain, string name) => $"{grain}/{name}";

    /// <summary>The stored form: names may only grow.</summary>
    private sealed record Row(string Grain, string Name, DateTime StartAt, TimeSpan Period, string Etag);
}
