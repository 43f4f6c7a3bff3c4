using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Experiments as dated facts, the arms that follow, and coverage of registers.</summary>
public sealed class ExposureTests
{
    private static readonly Step[] Kuopio =
    [
        On("2018-01-01", Kemijarvi),
        On("2018-01-01", new RecordExposure(Experiment.Employment, Day("2017-08-01"), Day("2018-12-31"))),
        On("2018-01-01", new RecordExposure(Experiment.Osst, Day("2018-01-01"), Day("2019-03-31"))),
    ];

    [Fact]
    public void A_municipality_with_OSST_is_in_its_arm_on_OSSTs_days_and_in_none_on_others()
    {
        var state = GivenMunicipality(Kuopio)
            .And("2018-12-10", new ChangeExposureEnd(Experiment.Osst, Day("2018-01-01"), Day("2019-12-31"))).State;
        Assert.Null(state.ArmOn(Day("2017-12-31")));
        Assert.Equal(StudyArm.OsstAndEmployment, state.ArmOn(Day("2018-01-01")));
        Assert.Equal(StudyArm.OsstAndEmployment, state.ArmOn(Day("2019-12-31")));
        Assert.Null(state.ArmOn(Day("2020-01-01")));
    }

    [Fact]
    public void A_control_that_had_the_employment_experiment_stays_one_and_one_with_neither_as_long_as_it_is_followed()
    {
        var had = GivenMunicipality(Kuopio[..2]).State;
        Assert.Null(had.ArmOn(Day("2017-07-31")));
        Assert.Equal(StudyArm.EmploymentOnly, had.ArmOn(Day("2019-06-01")));
        var neither = GivenMunicipality(
            Kuopio[0],
            On("2018-01-01", new RecordExposure(Experiment.Neither, Day("2017-01-01"), Day("2019-12-31")))).State;
        Assert.Equal(StudyArm.Neither, neither.ArmOn(Day("2019-12-31")));
        Assert.Null(neither.ArmOn(Day("2020-01-01")));
    }

    [Fact]
    public void Facts_replace_what_was_placed_and_nothing_is_placed_after_them()
    {
        var placed = On("2018-01-01", new PlaceInArm(StudyArm.Neither, Day("2018-01-01")));
        var municipality = GivenMunicipality(Kuopio[0], placed, Kuopio[2]);
        Assert.Equal([StudyArm.OsstAndEmployment], municipality.State.Arms.Select(arm => arm.Arm));
        municipality.When("2018-02-01", new PlaceInArm(StudyArm.Neither, Day("2020-01-01")))
            .ThenRefused(RejectionCodes.ArmFollows, "startsOn");
        municipality.When("2018-02-01", new ChangeArmEnd(Day("2018-01-01"), Day("2020-01-01")))
            .ThenRefused(RejectionCodes.ArmFollows, "startsOn");
    }

    [Fact]
    public void What_excludes_each_other_is_refused()
    {
        var municipality = GivenMunicipality(Kuopio);
        municipality.When("2018-02-01", new RecordExposure(Experiment.Osst, Day("2019-03-31")))
            .ThenRefused(RejectionCodes.ArmOverlap, "startsOn");
        municipality.When("2018-02-01", new RecordExposure(Experiment.Neither, Day("2018-12-31")))
            .ThenRefused(RejectionCodes.ArmOverlap, "startsOn");
        municipality.When("2018-02-01", new ChangeExposureEnd(Experiment.Neither, Day("2018-01-01"), null))
            .ThenRefused(RejectionCodes.ExposureUnknown, "startsOn");
        municipality.When("2018-02-01", ((RecordExposure)Kuopio[1].Command)).ThenNothing();
    }

    [Fact]
    public void Covered_months_join_and_can_be_taken_back()
    {
        var municipality = GivenMunicipality(Kuopio[0])
            .And("2019-06-01", new RecordRegisterCoverage("kela", "2017-01", "2017-12"))
            .And("2019-06-01", new RecordRegisterCoverage("kela", "2018-01", "2018-12"));
        Assert.Equal([new CoveredMonths("kela", "2017-01", "2018-12")], municipality.State.Coverage);
        municipality.When("2019-06-01", new RecordRegisterCoverage("kela", "2017-06", "2018-06"))
            .Then(new RegisterCoverageRecorded("kela", "2017-06", "2018-06")); // For those who came since.
        municipality.When("2019-06-01", new WithdrawRegisterCoverage("kela", "2016-01", "2016-12")).ThenNothing();
        municipality.And("2019-06-01", new WithdrawRegisterCoverage("kela", "2017-06", "2017-06"));
        Assert.Equal(
            [new CoveredMonths("kela", "2017-01", "2017-05"), new CoveredMonths("kela", "2017-07", "2018-12")],
            municipality.State.Coverage);
    }

    [Theory]
    [InlineData("2017-13", "2018-01", RejectionCodes.MonthInvalid, "from")]
    [InlineData("2018-01", "2017-12", RejectionCodes.PeriodReversed, "through")]
    [InlineData("2018-01", "2020-01", RejectionCodes.DateInFuture, "through")]
    public void Coverage_is_of_months_that_are_over(string from, string through, string code, string field) =>
        GivenMunicipality(Kuopio[0]).When("2019-06-01", new RecordRegisterCoverage("kela", from, through))
            .ThenRefused(code, field);

}
