using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>A snapshot saves time and changes no answer (I5).</summary>
public sealed class SnapshotTests : Place
{
    [Fact]
    public async Task A_snapshot_and_the_tail_give_what_a_full_replay_gives()
    {
        var before = await LongLife();
        Assert.Equal("100", Scalar("SELECT version FROM snapshots"));
        Assert.Equal(before, StoredJson.Plain(await StateOf(Maija)));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task Deleting_every_snapshot_changes_no_answer()
    {
        var before = await LongLife();
        Tamper("DELETE FROM snapshots");
        Assert.Equal(before, StoredJson.Plain(await StateOf(Maija)));
        Assert.Equal(before, StoredJson.Plain(await StateOf(Maija)));
    }

    [Theory]
    [InlineData("data = x'00'")]
    [InlineData("data = CAST('{}' AS BLOB)")]
    [InlineData("data = CAST('null' AS BLOB)")]
    [InlineData("data = CAST('[]' AS BLOB)")]
    [InlineData("data = CAST('{\"state\":{\"residences\":7}}' AS BLOB)")]
    [InlineData("personal = x'01020304'")]
    [InlineData("personal = zeroblob(200)")]
    public async Task A_snapshot_that_cannot_be_read_is_ignored(string damage)
    {
        var before = await LongLife();
        Tamper($"UPDATE snapshots SET {damage}");
        Assert.Equal(before, StoredJson.Plain(await StateOf(Maija)));
        Assert.Equal(ReplyKind.Accepted, (await Host(Maija).Execute(Ask(Letter))).Kind);
    }

    [Fact]
    public async Task A_snapshot_folded_by_another_build_is_ignored_and_replaced()
    {
        var before = await LongLife();
        var build = typeof(ClientState).Module.ModuleVersionId.ToString();
        Tamper($"UPDATE snapshots SET data = CAST(replace(data, '{build}', '{Guid.Empty}') AS BLOB)");
        Tamper("UPDATE snapshots SET data = CAST(replace(data, '1984', '1900') AS BLOB)");
        Assert.Equal(before, StoredJson.Plain(await StateOf(Maija)));
        var host = Host(Maija);
        await host.Read(ReadAs(Worker));
        await host.LetGo();
        await SnapshotsAreStored();
        Assert.Contains(build, Scalar("SELECT CAST(data AS TEXT) FROM snapshots"));
    }

    [Fact]
    public async Task Resting_leaves_a_snapshot_only_when_it_saves_something()
    {
        var host = await RegisteredMaija();
        await host.LetGo();
        await SnapshotsAreStored();
        Assert.Equal("0", Scalar("SELECT count(*) FROM snapshots"));
        for (var i = 0; i < 9; i++)
        {
            await host.Execute(Ask(Letter));
        }
        await host.LetGo();
        await SnapshotsAreStored();
        Assert.Equal("10", Scalar("SELECT version FROM snapshots"));
    }

    [Fact]
    public async Task An_event_of_a_newer_version_is_kept_and_skipped()
    {
        await RegisteredMaija();
        var newer = new NewEvent("client.invented-in-2030", "{}"u8.ToArray(), default);
        await Store.Append(Requests.Append(Maija, 1, null, newer));
        var host = Host(Maija);
        Assert.Equal(3, (await host.Execute(Ask(Letter))).Version);
        var history = (await host.Read(ReadAs(Worker, ReadKind.History))).History!;
        Assert.Equal(("client.invented-in-2030", null), (history[1].Type, history[1].Event));
        Assert.Equal(1, (await StateOf(Maija)).Contacts.Letters);
    }

    [Fact]
    public async Task A_stream_with_a_gap_is_a_fault_and_no_answer()
    {
        await LongLife();
        Tamper("DELETE FROM events WHERE version = 104");
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Host(Maija).Read(ReadAs(Worker)));
        Assert.Contains("gap after version 103", fault.Message);
    }

    /// <summary>110 events with words in every one; returns the state as text.</summary>
    private async Task<string> LongLife()
    {
        var host = await RegisteredMaija();
        for (var i = 2; i <= 110; i++)
        {
            await host.Execute(Ask(new BookMeeting($"m{i}", Day, Place: new PersonalText($"Huone {i}"))));
        }
        await SnapshotsAreStored();
        return StoredJson.Plain(await StateOf(Maija));
    }
}
