using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>A file that is not ours, or no longer whole, is refused in one sentence and not touched.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_database_of_another_program_is_refused(string journal)
    {
        using (var foreign = Database.Open(_folder.Database))
        {
            foreign.Execute($"PRAGMA journal_mode = {journal}; CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
        }
        AssertRefusedUntouched("another program");
    }

    [Fact]
    public async Task A_newer_versions_database_is_refused()
    {
        await FillOrdinary();
        Execute("PRAGMA user_version = 999; UPDATE opens_from SET version = 999");
        AssertRefusedUntouched("newer version: it has tables of step 999, which programs from step 999 on open");
    }

    [Fact]
    public async Task A_newer_versions_database_that_has_only_more_is_opened_and_left_as_it_is()
    {
        await FillOrdinary();
        Execute("PRAGMA user_version = 999; CREATE TABLE more (a)");
        await using (var store = SqliteStore.Open(_folder.Path))
        {
            Assert.NotEqual(0, store.LastPosition);
        }
        using var database = Database.Open(_folder.Database);
        Assert.Equal("999", database.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_of_anything_else_is_refused()
    {
        File.WriteAllText(_folder.Database, string.Concat(Enumerable.Repeat("Dear diary. ", 1_000)));
        AssertRefusedUntouched("damaged or not a database");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4_096)]
    [InlineData(10_000)]
    public async Task A_truncated_file_is_refused(int length)
    {
        await FillOrdinary();
        using (var file = File.OpenWrite(_folder.Database))
        {
            file.SetLength(length);
        }
        AssertRefusedUntouched("damaged");
    }

    [Fact]
    public void A_scrap_of_a_file_is_refused()
    {
        File.WriteAllText(_folder.Database, "x");
        AssertRefusedUntouched("another program");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    [InlineData(16_384)]
    public async Task Garbage_in_a_page_is_refused(int offset)
    {
        await FillOrdinary();
        using (var file = File.OpenWrite(_folder.Database))
        {
            Assert.True(file.Length > offset + 4_096);
            file.Position = offset;
            file.Write([.. Enumerable.Range(0, 2_000).Select(i => (byte)(i % 251))]);
        }
        AssertRefusedUntouched("damaged");
    }

    [Fact]
    public async Task A_second_store_on_the_same_folder_is_refused_while_the_first_is_open()
    {
        var first = SqliteStore.Open(_folder.Path);
        Assert.Contains("in use", Refused());
        await first.Append(One(Someone, 0));
        await first.DisposeAsync();
        await using var second = SqliteStore.Open(_folder.Path);
        Assert.Equal(1, second.LastPosition);
    }

    [Fact]
    public async Task A_refusal_leaves_the_folder_free_for_the_next_try()
    {
        await File.WriteAllTextAsync(_folder.Database, new string('x', 5_000));
        Assert.Contains("damaged", Refused());
        File.Delete(_folder.Database);
        await using var store = SqliteStore.Open(_folder.Path);
        Assert.Equal(0, store.LastPosition);
    }

    [Fact]
    public async Task A_first_start_that_was_killed_before_its_tables_can_be_repeated()
    {
        Execute("PRAGMA journal_mode = WAL");
        Assert.True(new FileInfo(_folder.Database).Length > 0);
        await using var store = SqliteStore.Open(_folder.Path);
        await store.Append(One(Someone, 0));
    }

    private async Task FillOrdinary()
    {
        await using var store = SqliteStore.Open(_folder.Path);
        await store.Append(Append(Someone, 0, null, [.. Enumerable.Range(0, 400).Select(n => Event($"event {n}"))]));
    }

    private void Execute(string sql)
    {
        using var database = Database.Open(_folder.Database);
        database.Execute(sql);
    }

    private string Refused() => Assert.Throws<StoreRefusal>(() => SqliteStore.Open(_folder.Path)).Message;

    private void AssertRefusedUntouched(string reason)
    {
        var before = File.ReadAllBytes(_folder.Database);
        Assert.Contains(reason, Refused());
        Assert.Equal(Refused(), Assert.Throws<StoreRefusal>(() => SqliteStore.Look(_folder.Path)).Message);
        Assert.Equal(before, File.ReadAllBytes(_folder.Database));
    }
}
