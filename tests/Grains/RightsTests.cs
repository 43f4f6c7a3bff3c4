using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Who may what for a register's data: granted by somebody else, for a time, and never without a coordinator.
/// </summary>
public sealed class RightsTests
{
    /// <summary>Odd days are Aino's, even ones Eino's.</summary>
    private const string AinosDay = "2019-12-01";

    private const string EinosDay = "2019-12-02";

    private static readonly Step[] First =
        [On("2018-01-01", Kemijarvi), On("2019-11-01", new GrantFirstRight("idp:first"))];

    private static readonly GrantRight Worker = new("idp:w", RegisterRole.SocialWorker, Day("2019-12-01"));

    private static readonly GrantRight Second = new("idp:second", RegisterRole.Coordinator, Day("2019-12-01"));

    [Fact]
    public void The_first_coordinator_is_made_only_while_there_is_none()
    {
        var register = GivenMunicipality(First);
        register.When(EinosDay, new GrantFirstRight("idp:other"))
            .ThenRefused(RejectionCodes.CoordinatorThere, "id");
        GivenMunicipality(First[0]).When(EinosDay, Worker).ThenRefused(RejectionCodes.RightsNotKept, "id");
    }

    [Fact]
    public void Once_a_register_grants_rights_a_token_alone_holds_nothing_there()
    {
        Assert.True(Holds(GivenMunicipality(First[0]), "idp:w", Role.SocialWorker));
        var register = GivenMunicipality(First);
        Assert.False(Holds(register, "idp:w", Role.SocialWorker));
        Assert.True(Holds(register, "idp:first", Role.Coordinator));
        Assert.False(Holds(register, "idp:first", Role.SocialWorker));
        register.And(AinosDay, Worker with { To = Day("2019-12-30") });
        Assert.True(Holds(register, "idp:w", Role.SocialWorker, "2019-12-30"));
        Assert.False(Holds(register, "idp:w", Role.SocialWorker, "2019-12-31"));
        Assert.False(Holds(register, "idp:w", Role.SocialWorker, "2019-11-30"));
        Assert.True(Holds(register, "idp:thl", Role.Researcher));
        register.And(EinosDay, Worker);
        Assert.True(Holds(register, "idp:w", Role.SocialWorker, "2019-12-31"));
        register.And(EinosDay, new EndRight("idp:w", RegisterRole.SocialWorker));
        Assert.False(Holds(register, "idp:w", Role.SocialWorker));
    }

    [Fact]
    public void Nobody_grants_or_confirms_an_own_right_and_a_coordinator_needs_two_others()
    {
        var register = GivenMunicipality(First);
        register.When(AinosDay, Worker with { Subject = "aino" }).ThenRefused(RejectionCodes.RightOfSelf, "subject");
        register.And(AinosDay, Second);
        Assert.False(Holds(register, "idp:second", Role.Coordinator));
        register.When(AinosDay, new ConfirmRight("idp:second"))
            .ThenRefused(RejectionCodes.RightOfSelf, "subject");
        register.When(EinosDay, new ConfirmRight("idp:first"))
            .ThenRefused(RejectionCodes.RightUnknown, "subject");
        register.And(EinosDay, new ConfirmRight("idp:second"));
        Assert.True(Holds(register, "idp:second", Role.Coordinator));
        register.And(AinosDay, Second with { Subject = "eino" });
        register.When(EinosDay, new ConfirmRight("eino")).ThenRefused(RejectionCodes.RightOfSelf, "subject");
    }

    [Fact]
    public void A_new_grant_to_a_coordinator_takes_nothing_away_before_it_is_confirmed()
    {
        var register = GivenMunicipality(First)
            .And(AinosDay, Second).And(EinosDay, new ConfirmRight("idp:second"))
            .And(AinosDay, Second with { To = Day("2019-12-20") });
        Assert.True(Holds(register, "idp:second", Role.Coordinator, "2019-12-31"));
        register.And(EinosDay, new ConfirmRight("idp:second"));
        Assert.False(Holds(register, "idp:second", Role.Coordinator, "2019-12-31"));
    }

    [Fact]
    public void The_last_coordinator_cannot_be_removed_nor_be_given_a_last_day()
    {
        var register = GivenMunicipality(First);
        register.When(EinosDay, new EndRight("idp:first", RegisterRole.Coordinator))
            .ThenRefused(RejectionCodes.LastCoordinator, "subject");
        register.And(AinosDay, Second with { Subject = "idp:first", To = Day("2019-12-30") });
        register.When(EinosDay, new ConfirmRight("idp:first"))
            .ThenRefused(RejectionCodes.LastCoordinator, "subject");
        register.And(AinosDay, Second).And(EinosDay, new ConfirmRight("idp:second"))
            .And(EinosDay, new EndRight("idp:first", RegisterRole.Coordinator));
        register.When(EinosDay, new EndRight("idp:second", RegisterRole.Coordinator))
            .ThenRefused(RejectionCodes.LastCoordinator, "subject");
        register.When(EinosDay, new EndRight("idp:w", RegisterRole.SocialWorker))
            .ThenRefused(RejectionCodes.RightUnknown, "subject");
    }

    private static bool Holds(Given<MunicipalityState> register, string subject, Role role, string day = Today) =>
        Rights.Hold(register.State, subject, role, Day(day));
}
