using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>A command sent twice under one id happens once, and is answered alike both times.</summary>
public sealed class RetryTests : Place
{
    private static readonly Guid Id = new("33333333-3333-3333-3333-333333333333");

    [Fact]
    public async Task A_retry_answers_with_the_first_outcome()
    {
        var host = await RegisteredMaija();
        var first = await host.Execute(Ask(Letter, id: Id));
        await host.Execute(Ask(Letter));
        Assert.Equal(first with { IsRetry = true }, await host.Execute(Ask(Letter, id: Id)));
        Assert.Equal(3, Store.LastPosition);
    }

    [Fact]
    public async Task A_retry_answers_with_the_first_outcome_when_the_rules_would_now_refuse_it()
    {
        var host = await RegisteredMaija();
        var first = await host.Execute(Ask(Letter, id: Id));
        await host.Execute(Ask(new CloseMatter(ClosingReason.Other)));
        Assert.Equal(ReplyKind.Rejected, (await host.Execute(Ask(Letter))).Kind);
        Assert.Equal(first with { IsRetry = true }, await host.Execute(Ask(Letter, id: Id)));
    }

    [Fact]
    public async Task A_retry_answers_with_the_first_outcome_after_a_restart_and_with_an_outdated_version()
    {
        var host = await RegisteredMaija();
        var first = await host.Execute(Ask(Letter, id: Id, ifVersion: 1));
        await host.Execute(Ask(Letter));
        await Restart();
        Assert.Equal(first with { IsRetry = true }, await Host(Maija).Execute(Ask(Letter, id: Id, ifVersion: 1)));
    }

    [Fact]
    public async Task A_retry_of_the_registration_by_a_fresh_activation_changes_nothing()
    {
        var first = await Host(Maija).Execute(Ask(Register, id: Id));
        Assert.Equal(first with { IsRetry = true }, await Host(Maija).Execute(Ask(Register, id: Id)));
        Assert.Equal(1, Store.LastPosition);
    }

    [Fact]
    public async Task A_retry_of_a_command_that_changed_nothing_still_changes_nothing_later()
    {
        var host = await RegisteredMaija();
        var stay = await host.Execute(Ask(new MoveToMunicipality(Tampere), id: Id));
        Assert.Equal((ReplyKind.Accepted, 1L, 1L), (stay.Kind, stay.Version, stay.Position));
        Assert.True(stay.IsUnchanged);
        await host.Execute(Ask(new MoveToMunicipality(Raisio)));
        var everywhere = In(Role.Coordinator, null);
        var again = stay with { IsRetry = true, IsUnchanged = false };
        Assert.Equal(again, await host.Execute(Ask(new MoveToMunicipality(Tampere), everywhere, Id)));
        await Restart();
        Assert.Equal(again, await Host(Maija).Execute(Ask(new MoveToMunicipality(Tampere), everywhere, Id)));
        Assert.Equal(Raisio, (await StateOf(Maija, RaisioWorker)).Municipality);
    }

    [Fact]
    public async Task A_command_on_another_version_than_asked_for_is_a_conflict()
    {
        var host = await RegisteredMaija();
        Assert.Equal(
            new CommandReply(ReplyKind.VersionConflict, 1, 1), await host.Execute(Ask(Letter, ifVersion: 0)));
        Assert.Equal(ReplyKind.VersionConflict, (await host.Execute(Ask(Letter, ifVersion: 2))).Kind);
        Assert.Equal(1, Store.LastPosition);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Letter, ifVersion: 1))).Kind);
    }

    [Fact]
    public async Task A_rejected_command_stores_nothing_and_may_be_accepted_later_under_its_id()
    {
        var attended = new AttendMeeting("m1");
        var host = await RegisteredMaija();
        var rejected = await host.Execute(Ask(attended, id: Id));
        Assert.Equal((ReplyKind.Rejected, RejectionCodes.MeetingNotBooked), (rejected.Kind, rejected.Rejection!.Code));
        Assert.Equal(1, Store.LastPosition);
        Assert.Equal("1", Scalar("SELECT count(*) FROM outcomes"));
        await host.Execute(Ask(new BookMeeting("m1", Day)));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(attended, id: Id))).Kind);
    }

    [Fact]
    public async Task An_unregistered_grain_keeps_nothing_of_what_it_refused()
    {
        Assert.Equal(
            ReplyKind.Rejected, (await Host(Maija).Execute(Ask(Letter, In(Role.Coordinator, null)))).Kind);
        Assert.Equal(ReadResult.NotFound, (await Host(Maija).Read(ReadAs(In(Role.Coordinator, null)))).Result);
        Assert.Equal("0", Scalar("SELECT (SELECT count(*) FROM keys) + (SELECT count(*) FROM outcomes)"));
    }

    [Fact]
    public void A_key_that_the_log_could_not_name_again_begins_no_grain()
    {
        Assert.Throws<ArgumentException>(() => Host(GrainName.Client("no/key")));
        Assert.Throws<ArgumentException>(() => Host(GrainName.Client("")));
    }
}
