using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>An entry recorded in error counts no more, whoever folds the history and from where.</summary>
public sealed class RevisionTests : Place
{
    [Fact]
    public async Task Every_activation_leaves_out_a_marked_entry_also_when_it_lies_before_the_snapshot()
    {
        var host = await RegisteredMaija();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter));
        }
        await SnapshotsAreStored();
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Wrong(7)))).Kind);
        Assert.Equal(59, (await StateOf(Maija)).Contacts.Letters);
        Assert.Equal(59, ((ClientState)(await host.Read(ReadAs(Worker))).State!).Contacts.Letters);
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
        await host.LetGo();
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Letter))).Kind);
        Assert.Equal(60, (await StateOf(Maija)).Contacts.Letters);
    }

    [Fact]
    public async Task Another_activation_s_mark_is_seen_by_the_one_that_catches_up()
    {
        var (one, other) = (await RegisteredMaija(), Host(Maija));
        await one.Execute(Ask(Letter));
        await other.Read(ReadAs(Worker));
        await one.Execute(Ask(Wrong(2)));
        Assert.Equal(ReplyKind.Accepted, (await other.Execute(Ask(Letter))).Kind);
        Assert.Equal(1, ((ClientState)(await other.Read(ReadAs(Worker))).State!).Contacts.Letters);
    }

    [Fact]
    public async Task A_retried_mark_answers_with_the_first_outcome()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Letter));
        var mark = Ask(Wrong(2));
        var first = await host.Execute(mark);
        Assert.Equal(first with { IsRetry = true }, await host.Execute(mark));
        Assert.Equal(first with { IsRetry = true }, await Host(Maija).Execute(mark));
        Assert.Equal(3, Store.LastPosition);
    }

    [Theory]
    [InlineData(ReadKind.Timeline, "timeline")]
    [InlineData(ReadKind.Past, "client-past")]
    public async Task A_read_of_the_past_leaves_a_line_of_its_own_name(ReadKind kind, string what)
    {
        var host = await RegisteredMaija();
        var reply = await host.Read(new ReadRequest(Worker, kind, new HistorySlice(true, false, 10)));
        Assert.Single(reply.Page?.Entries ?? reply.History!);
        Assert.Equal(what, Scalar("SELECT what FROM access_log"));
    }

    [Fact]
    public async Task The_reason_of_a_mark_is_personal_text()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Letter));
        await host.Execute(Ask(Wrong(2)));
        Assert.Null(Scalar("SELECT 1 FROM events WHERE CAST(data AS TEXT) LIKE '%Wrong client%'"));
        Assert.Equal("1", Scalar("SELECT count(*) FROM events WHERE version = 3 AND length(personal) > 0"));
    }

    private static MarkRecordedInError Wrong(long entry) => new(entry, new PersonalText("Wrong client"));
}
