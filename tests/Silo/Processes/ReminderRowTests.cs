using Orleans;
using Orleans.Runtime;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo.Tests.Processes;

/// <summary>The table of reminders in the store's own file.</summary>
public sealed class ReminderRowTests
{
    [Fact]
    public async Task A_damaged_row_hides_no_other_and_is_written_anew()
    {
        using var folder = new TempFolder();
        await using var store = SqliteStore.Open(folder.Path);
        var rows = new ReminderRows(store);
        var (whole, damaged) = (GrainId.Parse("client/whole"), GrainId.Parse("client/damaged"));
        foreach (var grain in (GrainId[])[whole, damaged])
        {
            await rows.UpsertRow(Work(grain));
        }
        await store.TryWrite([new NoteRow("reminder", $"{damaged}/work", "{"u8.ToArray())]);
        Assert.Equal(whole, Assert.Single((await rows.ReadRows(0, 0)).Reminders).GrainId);
        Assert.Null(await rows.ReadRow(damaged, "work"));
        Assert.False(await rows.RemoveRow(damaged, "work", "any"));
        await rows.UpsertRow(Work(damaged));
        Assert.Equal(2, (await rows.ReadRows(0, 0)).Reminders.Count);
    }

    private static ReminderEntry Work(GrainId grain) => new()
    {
        GrainId = grain,
        ReminderName = "work",
        StartAt = DateTime.UnixEpoch,
        Period = TimeSpan.FromMinutes(1),
    };
}
