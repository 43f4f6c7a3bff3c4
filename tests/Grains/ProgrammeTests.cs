using OsstOrleans.Grains.Programme;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

public sealed class ProgrammeTests
{
    private static readonly AdmitMunicipality Tornio = new("851", Day("2018-01-01"));

    private static Step[] Started => [On("2017-11-01", Osst)];

    [Fact]
    public void A_programme_is_set_up_once()
    {
        var programme = GivenProgramme()
            .When("2017-11-01", Osst)
            .Then(new ProgrammeStarted("OSST", Day("2018-01-01"), Day("2019-03-31"), 200_000_000));
        programme.When("2017-11-01", Osst).ThenNothing();
        programme.When("2017-11-01", Osst with { BudgetCents = 1 })
            .ThenRefused(RejectionCodes.AlreadyRegistered, "id");
        GivenProgramme().When("2017-11-01", Tornio).ThenRefused(RejectionCodes.NotRegistered, "id");
    }

    [Fact]
    public void A_programme_ends_after_it_begins() => GivenProgramme()
        .When("2017-11-01", Osst with { EndsOn = Day("2017-12-31") })
        .ThenRefused(RejectionCodes.PeriodReversed, "endsOn");

    [Fact]
    public void A_programme_is_extended()
    {
        GivenProgramme(Started)
            .When("2018-12-10", new ExtendProgramme(Day("2019-12-31")))
            .Then(new ProgrammeExtended(Day("2019-12-31"), Day("2019-03-31")));
        GivenProgramme(Started)
            .When("2018-12-10", new ExtendProgramme(Day("2019-03-31")))
            .ThenRefused(RejectionCodes.ExtensionNotLater, "endsOn");
    }

    [Fact]
    public void A_budget_changes() => GivenProgramme(Started)
        .When("2018-06-01", new ChangeBudget(210_000_000)).Then(new BudgetChanged(210_000_000))
        .When("2018-06-01", new ChangeBudget(210_000_000)).ThenNothing();

    [Fact]
    public void Tornio_joins_leaves_and_may_come_back()
    {
        var programme = GivenProgramme(Started)
            .When("2017-12-01", Tornio).Then(new MunicipalityAdmitted("851", Day("2018-01-01")))
            .When("2017-12-01", Tornio).ThenNothing()
            .When("2018-12-01", new ReleaseMunicipality("851", Day("2018-12-31")))
            .Then(new MunicipalityReleased("851", Day("2018-12-31")))
            .When("2018-12-01", new ReleaseMunicipality("851", Day("2018-12-31")))
            .ThenNothing();

        Assert.Equal([new Member("851", Day("2018-01-01"), Day("2018-12-31"))], programme.State.Members);
        programme.When("2018-12-02", Tornio with { JoinsOn = Day("2018-12-31") })
            .ThenRefused(RejectionCodes.AlreadyMember, "municipality");
        programme.When("2018-12-02", new ReleaseMunicipality("851", Day("2019-01-31")))
            .ThenRefused(RejectionCodes.NotMember, "municipality");
        programme.And("2018-12-02", Tornio with { JoinsOn = Day("2019-01-01") });
        programme.When("2018-12-03", new ReleaseMunicipality("851", Day("2018-12-30")))
            .ThenRefused(RejectionCodes.LeavingBeforeJoining, "leavesOn");
    }

    [Fact]
    public void Municipalities_come_and_go_within_the_programme()
    {
        GivenProgramme(Started).When("2017-12-01", Tornio with { JoinsOn = Day("2017-12-31") })
            .ThenRefused(RejectionCodes.OutsideProgramme, "joinsOn");
        GivenProgramme(Started).And("2017-12-01", Tornio)
            .When("2017-12-01", new ReleaseMunicipality("851", Day("2019-04-01")))
            .ThenRefused(RejectionCodes.OutsideProgramme, "leavesOn");
    }

    [Fact]
    public void A_command_for_another_grain_is_refused() => GivenProgramme(Started)
        .When("2018-03-01", FromKela)
        .ThenRefused(RejectionCodes.CommandNotKnown, "command");
}
