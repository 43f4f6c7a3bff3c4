using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>A client's data never leaves without authorization and its line in the use log (I8).</summary>
public sealed class ClientReadTests : Place
{
    [Theory]
    [InlineData(ReadKind.State, "client")]
    [InlineData(ReadKind.History, "history")]
    public async Task A_read_of_a_client_leaves_its_line_before_the_answer(ReadKind kind, string what)
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(Worker, kind))).Result);
        Assert.Equal(
            $"client/maija 837 coordinator/s-837 client-work {what} coordination "
            + $"{Time.GetUtcNow().ToUnixTimeMilliseconds()}",
            Lines());
    }

    [Theory]
    [InlineData(ReadKind.UseLog, "use-log")]
    [InlineData(ReadKind.DisclosureLog, "disclosure-log")]
    public async Task Who_reads_the_logs_is_in_the_log_and_a_coordinator(ReadKind kind, string what)
    {
        var host = await RegisteredMaija();
        foreach (var role in (Role[])[Role.SocialWorker, Role.Counsellor, Role.Operator])
        {
            Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(In(role, Tampere), kind))).Result);
        }
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(In(Role.Coordinator, Raisio), kind))).Result);
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(In(Role.Coordinator, Tampere), kind))).Result);
        Assert.Equal("4", Scalar($"SELECT count(*) FROM access_log WHERE what = 'denied: {what}'"));
        Assert.Equal("coordinator/s-837", Scalar($"SELECT actor FROM access_log WHERE what = '{what}'"));
    }

    [Fact]
    public async Task Without_a_line_there_is_no_answer()
    {
        var host = await RegisteredMaija();
        Tamper("ALTER TABLE access_log RENAME TO gone");
        await Assert.ThrowsAsync<StoreFault>(async () => await host.Read(ReadAs(Worker)));
    }

    [Theory]
    [InlineData(Role.SocialWorker, Raisio)]
    [InlineData(Role.Researcher, null)]
    [InlineData(Role.Researcher, Tampere)]
    [InlineData(Role.Integration, Tampere)]
    [InlineData(Role.Operator, null)]
    public async Task A_forbidden_read_tells_nothing(Role role, string? municipality)
    {
        var host = await RegisteredMaija();
        Assert.Equal(
            new ReadReply<ClientState>(ReadResult.Forbidden), await host.Read(ReadAs(In(role, municipality))));
    }

    [Fact]
    public async Task A_command_of_another_municipalitys_worker_is_forbidden_and_stores_nothing()
    {
        var host = await RegisteredMaija();
        Assert.Equal(
            new CommandReply(ReplyKind.Forbidden, 0, 0), await host.Execute(Ask(Letter, RaisioWorker)));
        Assert.Equal(ReplyKind.Forbidden, (await Host(Someone).Execute(Ask(Register, RaisioWorker))).Kind);
        Assert.Equal(1, Store.LastPosition);
    }

    [Fact]
    public async Task A_move_is_in_the_register_left_behind_and_shuts_its_worker_out()
    {
        var host = await RegisteredMaija();
        var move = Ask(new MoveToMunicipality(Raisio));
        var moved = await host.Execute(move);
        await host.Execute(Ask(Letter, RaisioWorker));
        Assert.Equal(
            [(1L, Tampere), (2L, Tampere), (3L, Raisio)],
            (await Store.Load(Maija, afterVersion: 0)).Events.Select(e => (e.Version, e.Municipality)));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(Worker))).Result);
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(Letter))).Kind);
        Assert.Equal(moved with { IsRetry = true }, await host.Execute(move));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(RaisioWorker))).Result);
        Assert.Equal(Raisio, Scalar("SELECT register FROM access_log WHERE what = 'client'"));
    }

    private static readonly Grains.GrainName Someone = Grains.GrainName.Client("someone");

    /// <summary>The one line of the use log; null when there is none.</summary>
    private string? Lines() => Scalar(
        "SELECT concat_ws(' ', client, register, actor, purpose, what, basis, at) FROM access_log");
}
