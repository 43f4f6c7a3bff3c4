using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>A look at a store says what a start would find, and changes nothing.</summary>
public sealed class LookTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_nothing_is_nothing_is_made() =>
        Assert.Equal("none yet, the first start makes it", await LookUnchanged());

    [Fact]
    public async Task How_far_a_log_goes_is_said()
    {
        await Fill();
        Assert.Equal(_folder.Path + " can be opened; its log ends at position 3", await LookUnchanged());
    }

    /// <summary>Who asks before an upgrade must be able to go back to the version before.</summary>
    [Fact]
    public async Task Tables_of_an_older_version_stay_as_they_are()
    {
        PersistedFormTests.WriteFirstVersion(_folder.Database);
        Assert.Contains("; its tables are of step 1, the next start brings them to step ", await LookUnchanged());
        using var database = Database.Open(_folder.Database, readOnly: true);
        Assert.Equal("1", database.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_store_that_a_process_has_is_in_use_and_nothing_is_wrong_with_it()
    {
        await using (SqliteStore.Open(_folder.Path))
        {
            Assert.True((await Refused()).IsInUse);
        }
        await File.WriteAllTextAsync(_folder.Database, "No database at all, and long enough to be seen as none.");
        Assert.False((await Refused()).IsInUse);
    }

    private async Task Fill()
    {
        await using var store = SqliteStore.Open(_folder.Path);
        await store.Append(Append(Someone, 0, null, Event("a"), Event("b"), Event("c")));
    }

    private Task<StoreRefusal> Refused() =>
        Assert.ThrowsAsync<StoreRefusal>(() => Stores.Look(new StoreAddress(_folder.Path)));

    private async Task<string> LookUnchanged()
    {
        var before = Files();
        var told = await Stores.Look(new StoreAddress(_folder.Path));
        Assert.Equal(before, Files());
        return told;
    }

    /// <summary>Each file with a digest of what is in it.</summary>
    private List<string> Files() =>
    [
        .. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(file =>
            $"{Path.GetFileName(file)} {Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
