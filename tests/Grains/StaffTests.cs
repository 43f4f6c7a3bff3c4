using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Who signs in as which worker of a register, in which teams, and who stands in for whom.</summary>
public sealed class StaffTests
{
    private static readonly RegisterStaffMember Aino =
        new("aino", "pirha:1", HandlesIntake: true) { TeamIds = ["north", "young"] };

    private static Given<MunicipalityState> Staffed => GivenMunicipality(
        On("2018-01-01", Kemijarvi), On("2018-01-02", Aino),
        On("2018-01-02", new RegisterStaffMember("eino") { TeamIds = ["young"] }),
        On("2018-01-02", new RegisterStaffMember("liisa", "pirha:3") { TeamIds = ["south"] }));

    [Fact]
    public void A_person_signs_in_as_one_worker_and_a_second_registration_replaces_the_first()
    {
        var staffed = Staffed;
        staffed.When("2018-01-03", Aino with { TeamIds = ["young", "north"] }).ThenNothing();
        staffed.When("2018-01-03", new RegisterStaffMember("eeva", "pirha:1"))
            .ThenRefused(RejectionCodes.SignInTaken, "signsInAs");
        staffed.When("2018-01-03", new RegisterStaffMember("eeva", "eino"))
            .ThenRefused(RejectionCodes.SignInTaken, "signsInAs");
        staffed.When("2018-01-03", new RegisterStaffMember("No Id")).ThenRefused(RejectionCodes.IdInvalid, "workerId");
        staffed.When("2018-01-03", new RegisterStaffMember("eeva", ""))
            .ThenRefused(RejectionCodes.FieldRequired, "signsInAs");
        Assert.Equal(
            ["eino", "liisa", "aino"],
            Staffed.And("2018-01-03", Aino with { SignsInAs = "pirha:9" }).State.Staff.Select(one => one.WorkerId));
    }

    [Fact]
    public void A_standing_names_colleagues_of_all_teams_and_those_for_whom_one_stands_in_that_day()
    {
        var state = Staffed
            .And("2018-01-03", new AppointSubstitute("liisa", "aino", Day("2018-07-01"), Day("2018-07-31"))).State;
        Assert.Equal("aino: eino; ; True", Told("pirha:1", "2018-06-30"));
        Assert.Equal("aino: eino; liisa; True", Told("pirha:1", "2018-07-01"));
        Assert.Equal("aino: eino; liisa; True", Told("pirha:1", "2018-07-31"));
        Assert.Equal("aino: eino; ; True", Told("pirha:1", "2018-08-01"));
        Assert.Equal("eino: aino; ; False", Told("eino", "2018-07-01"));
        Assert.Equal("liisa: ; ; False", Told("pirha:3", "2018-07-01"));

        string Told(string subject, string day) => Words(StaffMembers.StandingOf(state, "320", subject, Day(day)));
    }

    /// <summary>A provider's people have a colon in their names, so that none of them is taken for a worker.</summary>
    [Theory]
    [InlineData("aino", "aino: ; ; False")]
    [InlineData("pirha:9", "none")]
    [InlineData("", "none")]
    public void While_a_register_keeps_no_staff_its_workers_sign_in_by_their_names(string subject, string standing) =>
        Assert.Equal(standing, Words(StaffMembers.StandingOf(
            GivenMunicipality(On("2018-01-01", Kemijarvi)).State, "320", subject, Day("2018-07-01"))));

    /// <summary>Else who was removed would go on under the name.</summary>
    [Fact]
    public void Once_a_register_keeps_staff_none_is_a_worker_by_a_name_alone_also_when_the_last_is_removed()
    {
        var staffed = Staffed;
        foreach (var worker in (string[])["aino", "eino", "liisa"])
        {
            staffed = staffed.And("2018-01-03", new RemoveStaffMember(worker));
            Assert.Equal("none", Words(StaffMembers.StandingOf(staffed.State, "320", worker, Day("2018-07-01"))));
        }
        Assert.Equal("none", Words(StaffMembers.StandingOf(staffed.State, "320", "newcomer", Day("2018-07-01"))));
    }

    [Fact]
    public void Who_stands_in_has_the_duties_of_the_one_who_is_away()
    {
        var state = Staffed.And("2018-01-03", new RegisterStaffMember("aino", "pirha:1", HandlesIntake: true, true))
            .And("2018-01-03", new AppointSubstitute("aino", "eino", Day("2018-07-01"), Day("2018-07-31"))).State;
        Assert.Equal((false, false), DutiesOn("2018-06-30"));
        Assert.Equal((true, true), DutiesOn("2018-07-01"));

        (bool, bool) DutiesOn(string day) => StaffMembers.StandingOf(state, "320", "eino", Day(day)) is { } standing
            ? (standing.HandlesIntake, standing.KeepsDoor)
            : default;
    }

    [Fact]
    public void A_substitution_is_of_another_worker_of_the_staff_and_ends_within_a_year_or_at_once()
    {
        var away = new AppointSubstitute("liisa", "aino", Day("2018-07-01"), Day("2018-07-31"));
        var staffed = Staffed;
        staffed.When("2018-06-01", away with { SubstituteId = "liisa" })
            .ThenRefused(RejectionCodes.SubstituteOfSelf, "substituteId");
        staffed.When("2018-06-01", away with { SubstituteId = "eeva" })
            .ThenRefused(RejectionCodes.WorkerUnknown, "substituteId");
        staffed.When("2018-06-01", away with { To = Day("2018-06-30") })
            .ThenRefused(RejectionCodes.PeriodReversed, "to");
        staffed.When("2018-06-01", away with { To = Day("2019-07-02") }).ThenRefused(RejectionCodes.OutOfRange, "to");
        staffed.When("2018-06-01", new EndSubstitution("liisa", "aino")).ThenNothing();
        var appointed = Staffed.And("2018-06-01", away).And("2018-06-02", away with { To = Day("2018-08-31") });
        Assert.Equal(Day("2018-08-31"), Assert.Single(appointed.State.Substitutions).To);
        Assert.Empty(appointed.And("2018-07-05", new EndSubstitution("liisa", "aino")).State.Substitutions);
        Assert.Empty(appointed.And("2018-07-05", new RemoveStaffMember("liisa")).State.Substitutions);
        Assert.Empty(appointed.And("2018-07-05", new RemoveStaffMember("aino")).State.Substitutions);
    }

    private static string Words(Standing? standing) => standing is null ? "none"
        : $"{standing.WorkerId}: {string.Join(',', standing.Team)}; {string.Join(',', standing.Substituted)}; "
            + $"{standing.HandlesIntake}";
}
