using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Who tried to use a client's data and was refused is in the use log, too (703/2023 10 §).</summary>
public sealed class DeniedUseTests : Place
{
    private static readonly GrainName Someone = GrainName.Client("someone");

    [Theory]
    [InlineData(Role.SocialWorker, Raisio, ReadKind.State, "social-worker/s-680 client-work denied: client")]
    [InlineData(Role.Counsellor, Raisio, ReadKind.History, "counsellor/s-680 client-work denied: history")]
    [InlineData(Role.SocialWorker, Tampere, ReadKind.UseLog, "social-worker/s-837 client-work denied: use-log")]
    [InlineData(Role.Researcher, null, ReadKind.Past, "researcher/s- client-work denied: client-past")]
    [InlineData(Role.Operator, null, ReadKind.State, "operator/s- client-work denied: client")]
    public async Task A_refused_read_leaves_its_line_before_the_answer(
        Role role, string? municipality, ReadKind kind, string line)
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(In(role, municipality), kind))).Result);
        Assert.Equal([$"client/maija 837 {line} {Time.GetUtcNow().ToUnixTimeMilliseconds()}"], Lines());
    }

    [Fact]
    public async Task A_read_without_a_purpose_leaves_a_line_without_one()
    {
        var host = await RegisteredMaija();
        var read = await host.Read(ReadAs(Worker with { Purpose = null }));
        Assert.Equal(ReadResult.PurposeMissing, read.Result);
        Assert.Contains("coordinator/s-837 - denied: client", Assert.Single(Lines()));
    }

    public static TheoryData<Role, string?, IClientCommand> RefusedCommands => new()
    {
        { Role.SocialWorker, Raisio, Letter }, // Of another register.
        { Role.Operator, null, Letter }, // Of a role that may send none.
        { Role.Counsellor, Tampere, new EraseClient(ErasureReason.RegisteredInError) },
    };

    /// <summary>Also by an activation that had not read its client yet.</summary>
    [Theory]
    [MemberData(nameof(RefusedCommands))]
    public async Task A_refused_command_leaves_its_line_with_the_clients_register(
        Role role, string? municipality, IClientCommand command)
    {
        await RegisteredMaija();
        var caller = In(role, municipality);
        Assert.Equal(ReplyKind.Forbidden, (await Host(Maija).Execute(Ask(command, caller))).Kind);
        var name = command is RecordContactAttempt ? "recordContactAttempt" : "eraseClient";
        Assert.StartsWith($"client/maija 837 {caller.Actor} client-work denied: {name} ", Assert.Single(Lines()));
    }

    [Fact]
    public async Task A_client_that_does_not_exist_has_no_line_and_a_refusal_says_no_more_than_of_one_that_does()
    {
        await RegisteredMaija();
        var sender = In(Role.Operator, null);
        Assert.Equal(
            await Host(Maija).Execute(Ask(Letter, sender)), await Host(Someone).Execute(Ask(Letter, sender)));
        await Host(Someone).Execute(Ask(Register, RaisioWorker));
        Assert.Equal(ReadResult.Forbidden, (await Host(Someone).Read(ReadAs(RaisioWorker))).Result);
        Assert.Equal(1, Lines().Count(line => line.StartsWith("client/maija", StringComparison.Ordinal)));
        Assert.Single(Lines());
    }

    [Fact]
    public async Task A_command_that_only_fails_is_no_refusal()
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReplyKind.Rejected, (await host.Execute(Ask(new MakePlan("p1", true)))).Kind);
        Assert.Equal(ReplyKind.VersionConflict, (await host.Execute(Ask(Letter, ifVersion: 7))).Kind);
        Assert.Empty(Lines());
    }

    [Fact]
    public async Task Who_reads_no_client_learns_no_version_and_nothing_from_a_no_without_a_line()
    {
        var host = await RegisteredMaija();
        var officer = In(Role.DataProtection, Tampere) with { Purpose = Purposes.Supervision };
        var known = await host.Execute(Ask(new GiveLogReport("l1"), officer, ifVersion: 1));
        Assert.Equal((ReplyKind.Forbidden, 0), (known.Kind, known.Version));
        Assert.Equal(ReplyKind.Rejected, (await host.Execute(Ask(new GiveLogReport("l1"), officer))).Kind);
        Assert.Equal(
            [
                "client/maija 837 data-protection/s-837 supervision denied: giveLogReport",
                "client/maija 837 data-protection/s-837 supervision answer: giveLogReport",
            ],
            Lines().Select(line => line[..line.LastIndexOf(' ')]));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(new RequestLogReport("l1"), officer))).Kind);
        Assert.Equal(2, Lines().Count);
    }

    [Fact]
    public async Task A_retry_of_a_mover_is_answered_and_is_no_refusal()
    {
        var host = await RegisteredMaija();
        var move = Ask(new MoveToMunicipality(Raisio));
        await host.Execute(move);
        Assert.True((await host.Execute(move)).IsRetry);
        Assert.Empty(Lines());
    }

    [Fact]
    public async Task Without_a_line_there_is_no_refusal_either()
    {
        var host = await RegisteredMaija();
        Tamper("ALTER TABLE access_log RENAME TO gone");
        await Assert.ThrowsAsync<StoreFault>(async () => await host.Read(ReadAs(RaisioWorker)));
        await Assert.ThrowsAsync<StoreFault>(async () => await host.Execute(Ask(Letter, RaisioWorker)));
    }

    [Fact]
    public async Task Behind_twenty_in_a_minute_refusals_are_counted_and_told_in_one_line_for_each_client()
    {
        var maija = await RegisteredMaija();
        var other = Host(Someone);
        await other.Execute(Ask(Register with { Municipality = Raisio }, RaisioWorker));
        await Refused(maija, In(Role.Operator, null), DeniedUses.MostLines + 5);
        await Refused(other, In(Role.Operator, null), 3);
        await Refused(maija, RaisioWorker, 1); // Another caller has a count of its own.
        Assert.Equal(DeniedUses.MostLines + 1, Lines().Count);

        Time.Advance(TimeSpan.FromMinutes(1));
        await Store.LogAccess([]); // Queued behind the counts.
        var at = Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(
            [
                $"client/maija 837 operator/s- client-work denied: 5 more within a minute {at}",
                $"client/someone 680 operator/s- client-work denied: 3 more within a minute {at}",
            ],
            Lines().Skip(DeniedUses.MostLines + 1));

        await Refused(maija, In(Role.Operator, null), 1);
        Assert.EndsWith($"denied: client {at}", Lines()[^1]);
    }

    [Fact]
    public async Task What_is_counted_stands_at_each_client_and_beyond_twenty_of_them_at_the_register()
    {
        await using var denied = new DeniedUses(Store, Time);
        for (var number = 1; number <= DeniedUses.MostLines + DeniedUses.MostClients + 3; number++)
        {
            await denied.Log(new UseLine(
                GrainName.Client($"c-{number}"), Tampere, "operator/o-1", "-", "denied: client", Time.GetUtcNow()));
        }
        await denied.DisposeAsync();
        var counted = Lines().Skip(DeniedUses.MostLines).ToList();
        Assert.Equal(DeniedUses.MostClients + 1, counted.Count);
        Assert.StartsWith("client/c-21 837 operator/o-1 - denied: 1 more within a minute", counted[0]);
        Assert.StartsWith("municipality/837 837 operator/o-1 - denied: 3 more within a minute", counted[^1]);
    }

    [Fact]
    public async Task A_minute_with_few_refusals_leaves_the_next_one_its_own_twenty()
    {
        var host = await RegisteredMaija();
        await Refused(host, RaisioWorker, DeniedUses.MostLines);
        Time.Advance(TimeSpan.FromMinutes(1));
        await Refused(host, RaisioWorker, DeniedUses.MostLines);
        Assert.Equal(2 * DeniedUses.MostLines, Lines().Count);
    }

    [Fact]
    public async Task What_is_counted_is_written_when_the_process_ends()
    {
        var host = await RegisteredMaija();
        await Refused(host, RaisioWorker, DeniedUses.MostLines + 1);
        await Services.Denied.DisposeAsync();
        Assert.Contains("denied: 1 more within a minute", Lines()[^1]);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_when_the_store_is_back()
    {
        using var folder = new TempFolder();
        await using var store = SqliteStore.Open(
            folder.Path, checkWhole: false, writer => writer.Execute("PRAGMA busy_timeout = 1"));
        await using var denied = new DeniedUses(store, Time);
        for (var i = 0; i <= DeniedUses.MostLines; i++)
        {
            await denied.Log(new UseLine(Maija, Tampere, "operator/o-1", "-", "denied: client", Time.GetUtcNow()));
        }
        using (var other = Database.Open(folder.Database))
        {
            other.Execute("BEGIN IMMEDIATE");
            Time.Advance(TimeSpan.FromMinutes(1));
            await Assert.ThrowsAsync<StoreFault>(async () => await store.LogAccess([]));
            other.Execute("ROLLBACK");
        }
        await Patience.Until(() =>
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            return LinesIn(folder.Database)[^1].Contains("denied: 1 more", StringComparison.Ordinal);
        });
        Assert.Equal(DeniedUses.MostLines + 1, LinesIn(folder.Database).Count);
    }

    [Fact]
    public async Task Services_with_another_clock_count_attempts_by_that_one()
    {
        var other = new FakeTime();
        var line = new UseLine(Maija, Tampere, "a/b", "-", "denied: client", other.GetUtcNow());
        var denied = (Services with { Time = other }).Denied;
        for (var i = 0; i <= DeniedUses.MostLines; i++)
        {
            await denied.Log(line);
        }
        other.Advance(TimeSpan.FromMinutes(1));
        await Store.LogAccess([]); // Queued behind the counts.
        Assert.Contains("denied: 1 more", Lines()[^1], StringComparison.Ordinal);
    }

    private static async Task Refused(IGrainHost<ClientState> host, Caller caller, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(caller))).Result);
        }
    }

    /// <summary>The lines of the use log, in order.</summary>
    private List<string> Lines() => LinesIn(DatabaseFile);

    private static List<string> LinesIn(string file)
    {
        using var database = Database.Open(file, readOnly: true);
        return [.. (database.Scalar("""
            SELECT group_concat(line, char(10)) FROM (
                SELECT concat_ws(' ', client, register, actor, purpose, what, at) AS line FROM access_log
                ORDER BY access_log.line)
            """) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
