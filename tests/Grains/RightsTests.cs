using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Who may what for a register's data: granted by somebody else, for a time, and never without a coordinator.
/// </summary>
public sealed class RightsTests
{
    private const string First = "coordinator/idp:first";
    private const string Second = "coordinator/idp:second";
    private const string Operator = "operator/os:ops";

    private static readonly DateOnly From = Day("2019-12-01");

    private static readonly GrantRight Worker = new("idp:w", RegisterRole.SocialWorker, From);

    private static readonly GrantRight Officer = new("idp:dpo", RegisterRole.DataProtection, From);

    [Fact]
    public void The_first_coordinator_is_made_only_while_there_is_none()
    {
        var register = new TestRegister().Do(Operator, new GrantFirstRight("idp:first"));
        Assert.Equal(RejectionCodes.CoordinatorThere, register.Refusal(Operator, new GrantFirstRight("idp:other")));
        Assert.Equal(RejectionCodes.RightsNotKept, new TestRegister().Refusal(First, Worker));
    }

    [Fact]
    public void Once_a_register_grants_rights_a_token_alone_holds_nothing_there()
    {
        Assert.True(new TestRegister().Holds("idp:w", Role.SocialWorker));
        var register = WithFirst();
        Assert.False(register.Holds("idp:w", Role.SocialWorker));
        Assert.True(register.Holds("idp:first", Role.Coordinator));
        Assert.False(register.Holds("idp:first", Role.SocialWorker));
        register.Do(First, Worker with { To = Day("2019-12-30") });
        Assert.True(register.Holds("idp:w", Role.SocialWorker, "2019-12-30"));
        Assert.False(register.Holds("idp:w", Role.SocialWorker, "2019-12-31"));
        Assert.False(register.Holds("idp:w", Role.SocialWorker, "2019-11-30"));
        Assert.True(register.Holds("idp:thl", Role.Researcher));
        register.Do(First, Worker);
        Assert.True(register.Holds("idp:w", Role.SocialWorker, "2019-12-31"));
        register.Do(First, new EndRight("idp:w", RegisterRole.SocialWorker));
        Assert.False(register.Holds("idp:w", Role.SocialWorker));
    }

    /// <summary>What a municipality ended would hold again on its county's first day.</summary>
    [Fact]
    public void A_register_that_granted_none_yet_waits_for_its_first_coordinator_where_a_municipality_of_it_had()
    {
        var (none, some) = (MunicipalityDecider.Initial, MunicipalityDecider.Initial with { KeepsRights = true });
        Assert.True(Rights.AreAwaited(register: null, [null, some]));
        Assert.True(Rights.AreAwaited(none, [none, some]));
        Assert.False(Rights.AreAwaited(none, [none, null]));
        Assert.False(Rights.AreAwaited(some, [some]));
        Assert.True(Rights.IsGranted(Role.Integration));
        Assert.False(Rights.IsGranted(Role.Operator));
    }

    [Fact]
    public void A_register_takes_no_command_of_who_holds_no_right_there_any_more()
    {
        var register = WithTwo()
            .Do(First, new EndRight("idp:second", RegisterRole.Coordinator));
        foreach (var command in (IMunicipalityCommand[])
            [new EndRight("idp:first", RegisterRole.Coordinator), Worker, new RegisterStaffMember("w9", "idp:friend"),
            new SetSmallestGroup(5)])
        {
            Assert.Equal((command, RejectionCodes.RightNotHeld), (command, register.Refusal(Second, command)));
        }
        register.Do(First, Worker with { To = Day("2019-12-30") });
        Assert.Equal(
            RejectionCodes.RightNotHeld,
            register.Refusal("social-worker/idp:w", new RecordActivity(IntensiveWork, 90, 3)));
        register.Do(Operator, new SetReviewInterval(30));
    }

    [Fact]
    public void No_one_grants_or_confirms_an_own_right_and_a_coordinator_needs_two_others()
    {
        var register = WithFirst();
        Assert.Equal(RejectionCodes.RightOfSelf, register.Refusal(First, Worker with { Subject = "idp:first" }));
        register.Do(First, Coordinator("idp:second"));
        Assert.False(register.Holds("idp:second", Role.Coordinator));
        Assert.Equal(RejectionCodes.RightOfSelf, register.Refusal(First, Confirming("idp:second")));
        Assert.Equal(RejectionCodes.RightUnknown, register.Refusal(Operator, Confirming("idp:first")));
        register.Do(Operator, Confirming("idp:second"));
        Assert.True(register.Holds("idp:second", Role.Coordinator));
    }

    [Fact]
    public void A_confirmation_is_of_the_terms_that_it_names_and_of_no_others()
    {
        var until = Coordinator("idp:third") with { To = Day("2019-12-31") };
        var register = WithTwo().Do(First, until).Do(First, until with { To = null });
        Assert.Equal(
            RejectionCodes.RightUnknown,
            register.Refusal(Second, Confirming("idp:third") with { To = Day("2019-12-31") }));
        Assert.Equal(
            RejectionCodes.RightUnknown,
            register.Refusal(Second, Confirming("idp:third") with { From = Day("2019-12-02") }));
        Assert.Equal(
            RejectionCodes.RightUnknown,
            register.Refusal(Second, Confirming("idp:third") with { Role = RegisterRole.DataProtection }));
        register.Do(Second, Confirming("idp:third"));
    }

    [Fact]
    public void A_grant_that_waits_lapses_after_thirty_days_and_with_its_granters_right()
    {
        var register = WithTwo().Do(First, Coordinator("idp:third"), "2019-11-30");
        Assert.Equal(RejectionCodes.RightLapsed, register.Refusal(Second, Confirming("idp:third")));
        register.Do(First, Coordinator("idp:third"), "2019-12-01");
        register.Do(Second, new EndRight("idp:first", RegisterRole.Coordinator));
        Assert.Equal(RejectionCodes.RightLapsed, register.Refusal(Operator, Confirming("idp:third")));
        register.Do(Second, Coordinator("idp:third")).Do(Operator, Confirming("idp:third"));
    }

    [Fact]
    public void A_new_grant_to_a_coordinator_takes_nothing_away_before_it_is_confirmed()
    {
        var register = WithTwo().Do(First, Coordinator("idp:second") with { To = Day("2019-12-20") });
        Assert.True(register.Holds("idp:second", Role.Coordinator, "2019-12-31"));
        register.Do(Operator, Confirming("idp:second") with { To = Day("2019-12-20") });
        Assert.False(register.Holds("idp:second", Role.Coordinator, "2019-12-31"));
    }

    [Fact]
    public void The_last_coordinator_cannot_be_removed_nor_be_given_a_last_day()
    {
        var register = WithTwo()
            .Do(First, new EndRight("idp:second", RegisterRole.Coordinator))
            .Do(Operator, new DecideRightEnd("idp:second", RegisterRole.Coordinator, Ends: true));
        Assert.Equal(
            RejectionCodes.LastCoordinator,
            register.Refusal(First, new EndRight("idp:first", RegisterRole.Coordinator)));
        register = WithTwo().Do(Second, Coordinator("idp:first") with { To = Day("2019-12-30") })
            .Do(First, new EndRight("idp:second", RegisterRole.Coordinator));
        Assert.Equal(
            RejectionCodes.LastCoordinator,
            WithTwo().Do(First, Coordinator("idp:second") with { To = Day("2020-01-30") })
                .Do(Operator, Confirming("idp:second") with { To = Day("2020-01-30") })
                .Refusal(Second, new EndRight("idp:first", RegisterRole.Coordinator)));
        Assert.Equal(
            RejectionCodes.RightUnknown,
            register.Refusal(First, new EndRight("idp:w", RegisterRole.SocialWorker)));
    }

    [Fact]
    public void One_coordinator_suspends_another_at_once_and_a_second_person_ends_or_keeps_the_right()
    {
        var (end, keep) = (
            new DecideRightEnd("idp:second", RegisterRole.Coordinator, Ends: true),
            new DecideRightEnd("idp:second", RegisterRole.Coordinator, Ends: false));
        var register = WithTwo();
        Assert.Equal(RejectionCodes.RightUnknown, register.Refusal(Operator, end));
        register.Do(First, new EndRight("idp:second", RegisterRole.Coordinator));
        Assert.False(register.Holds("idp:second", Role.Coordinator));
        Assert.Equal(RejectionCodes.RightOfSelf, register.Refusal(First, end));
        Assert.Equal(RejectionCodes.RightNotHeld, register.Refusal(Second, keep));
        register.Do(Operator, keep);
        Assert.True(register.Holds("idp:second", Role.Coordinator));
        register.Do(Second, new EndRight("idp:first", RegisterRole.Coordinator))
            .Do(Operator, new DecideRightEnd("idp:first", RegisterRole.Coordinator, Ends: true));
        Assert.Equal(
            RejectionCodes.RightUnknown,
            register.Refusal(Operator, new DecideRightEnd("idp:first", RegisterRole.Coordinator, Ends: false)));
    }

    [Fact]
    public void A_coordinator_who_suspended_all_others_is_replaced_by_the_operator()
    {
        var register = WithTwo().Do(First, new EndRight("idp:second", RegisterRole.Coordinator));
        Assert.Equal(
            RejectionCodes.CoordinatorThere, register.Refusal(Operator, new GrantFirstRight("idp:new", "idp:second")));
        register.Do(Operator, new GrantFirstRight("idp:new", "idp:first"));
        Assert.False(register.Holds("idp:first", Role.Coordinator));
        Assert.True(register.Holds("idp:new", Role.Coordinator));
        Assert.Equal(
            RejectionCodes.CoordinatorThere,
            WithTwo().Refusal(Operator, new GrantFirstRight("idp:new", "idp:first")));
    }

    [Fact]
    public void Two_people_grant_and_end_the_overseers_right_which_goes_on_meanwhile()
    {
        var register = WithTwo().Do(First, Officer);
        Assert.False(register.Holds("idp:dpo", Role.DataProtection));
        var confirm = new ConfirmRight("idp:dpo", RegisterRole.DataProtection, From);
        Assert.Equal(RejectionCodes.RightOfSelf, register.Refusal(First, confirm));
        register.Do(Second, confirm).Do(First, new EndRight("idp:dpo", RegisterRole.DataProtection));
        Assert.True(register.Holds("idp:dpo", Role.DataProtection));
        var end = new DecideRightEnd("idp:dpo", RegisterRole.DataProtection, Ends: true);
        Assert.Equal(RejectionCodes.RightOfSelf, register.Refusal(First, end));
        register.Do(Second, end);
        Assert.False(register.Holds("idp:dpo", Role.DataProtection));
    }

    [Fact]
    public void The_overseer_has_no_other_role_of_the_register()
    {
        var register = WithTwo();
        Assert.Equal(RejectionCodes.RolesExclude, register.Refusal(First, Officer with { Subject = "idp:second" }));
        register.Do(First, Officer);
        foreach (var grant in (GrantRight[])[Coordinator("idp:dpo"), Worker with { Subject = "idp:dpo" }])
        {
            Assert.Equal((grant, RejectionCodes.RolesExclude), (grant, register.Refusal(Second, grant)));
        }
    }

    [Fact]
    public void A_register_keeps_an_integration_out_that_holds_for_all_registers()
    {
        var register = WithFirst();
        Assert.False(Rights.KeepOut(register.State, "idp:kela", Day(Today)));
        register.Do(First, new EndRight("idp:kela", RegisterRole.Integration));
        Assert.True(Rights.KeepOut(register.State, "idp:kela", Day(Today)));
        Assert.False(Rights.KeepOut(register.State, "idp:other", Day(Today)));
        Assert.Equal(
            RejectionCodes.RightNotHeld,
            register.Refusal("integration/idp:kela", new RecordRegisterCoverage("kela", "2019-01", "2019-11")));
        register.Do(First, new GrantRight("idp:kela", RegisterRole.Integration, From, Day("2020-01-31")));
        Assert.False(Rights.KeepOut(register.State, "idp:kela", Day(Today)));
        Assert.True(Rights.KeepOut(register.State, "idp:kela", Day("2020-02-01")));
    }

    private static TestRegister WithFirst() =>
        new TestRegister().Do(Operator, new GrantFirstRight("idp:first"), "2019-01-01");

    private static TestRegister WithTwo() =>
        WithFirst().Do(First, Coordinator("idp:second")).Do(Operator, Confirming("idp:second"));

    private static GrantRight Coordinator(string subject) => new(subject, RegisterRole.Coordinator, From);

    private static ConfirmRight Confirming(string subject) => new(subject, RegisterRole.Coordinator, From);
}
