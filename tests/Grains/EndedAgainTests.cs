using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>A register of an earlier day has what had ended since ended again, by no person and on any day.</summary>
public sealed class EndedAgainTests
{
    private const string First = "coordinator/idp:first";

    private static readonly GrantRight Worker = new("idp:w", RegisterRole.SocialWorker, Day("2019-12-01"));

    [Fact]
    public void What_ended_is_ended_again_also_when_no_coordinator_is_left_and_on_any_day()
    {
        var end = new EndRight("idp:first", RegisterRole.Coordinator);
        var alone = WithFirst().Again(end);
        Assert.False(alone.Holds("idp:first", Role.Coordinator));
        alone.Again(new DecideRightEnd("idp:first", RegisterRole.Coordinator, Ends: true), "2017-01-01");
        Assert.Empty(alone.State.Rights);

        // A database from before the register granted rights: what was ended says that it did.
        var before = new TestRegister().Again(new EndRight("idp:w", RegisterRole.SocialWorker));
        Assert.False(before.Holds("idp:w", Role.SocialWorker));
        Assert.Equal(
            RejectionCodes.RightUnknown, before.AgainRefusal(new EndRight("idp:w", RegisterRole.SocialWorker)));
        Assert.True(new TestRegister().Again(new RemoveStaffMember("w1")).State.KeepsStaff);
    }

    [Fact]
    public void Of_a_workers_duties_is_left_again_what_later_registrations_had_left_of_them()
    {
        var worker = new RegisterStaffMember("w1", "idp:w", HandlesIntake: true, KeepsDoor: true)
        {
            TeamIds = ["t1", "t2"],
        };
        var stands = new AppointSubstitute("w2", "w1", Day("2019-12-01"), Day("2019-12-31"));
        var register = new TestRegister().Do(First, worker).Do(First, new RegisterStaffMember("w2")).Do(First, stands);
        register.Again(((IEndsForGood)(worker with { KeepsDoor = false, TeamIds = ["t2", "t3"] })).Again);
        var left = register.State.Staff.Single(known => known.WorkerId == "w1");
        Assert.Equal((true, false, "t2"), (left.HandlesIntake, left.KeepsDoor, Assert.Single(left.TeamIds)));
        register.Again(((IEndsForGood)(stands with { To = Day("2019-12-10") })).Again);
        Assert.Equal(Day("2019-12-10"), Assert.Single(register.State.Substitutions).To);
        register.Again(((IEndsForGood)(worker with { SignsInAs = "idp:other" })).Again);
        Assert.DoesNotContain(register.State.Staff, known => known.WorkerId == "w1");
    }

    [Fact]
    public void Of_a_right_is_left_again_what_later_grants_had_left_of_it()
    {
        var register = WithFirst().Do(First, Worker);
        IEndsForGood shortened = Worker with { To = Day("2019-12-20") };
        register.Again(shortened.Again);
        Assert.True(register.Holds("idp:w", Role.SocialWorker, "2019-12-20"));
        Assert.False(register.Holds("idp:w", Role.SocialWorker));
        register.Again(((IEndsForGood)Worker).Again);
        Assert.False(register.Holds("idp:w", Role.SocialWorker));
        Assert.False(((IEndsForGood)new GrantRight("idp:x", RegisterRole.Coordinator, Day("2019-12-01"))).IsListed);
        Assert.True(new TestRegister().Again(((IEndsForGood)new GrantFirstRight("idp:a")).Again).State.KeepsRights);
    }

    private static TestRegister WithFirst() =>
        new TestRegister().Do("operator/os:ops", new GrantFirstRight("idp:first"), "2019-01-01");
}
