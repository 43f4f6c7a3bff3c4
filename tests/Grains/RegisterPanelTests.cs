using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Published statistics as facts of a municipality.</summary>
public sealed class RegisterPanelTests
{
    private static readonly RecordPanelValue Forty = new(PanelMeasure.OnAssistance, "2018-03", 40);

    [Fact]
    public void A_number_stands_until_one_of_a_later_day_says_otherwise()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-06-01", Forty);
        municipality.When("2018-06-01", Forty).ThenNothing();
        municipality.When("2018-05-01", Forty).ThenNothing();
        municipality.When("2018-05-01", Forty with { Value = 41 })
            .ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
        municipality.And("2018-07-01", Forty with { Value = 42 });
        Assert.Equal(
            [new PanelValue(PanelMeasure.OnAssistance, "2018-03", 42, Day("2018-07-01"))], municipality.State.Panel);
    }

    [Fact]
    public void The_same_number_of_a_later_day_keeps_that_day_so_that_one_of_a_day_between_came_late()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-06-01", Forty)
            .And("2018-08-01", Forty);
        municipality.When("2018-07-01", Forty with { Value = 41 })
            .ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
    }

    [Fact]
    public void A_suppressed_number_is_missing_and_can_become_known()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi))
            .And("2018-06-01", Forty with { Value = null });
        Assert.Null(Assert.Single(municipality.State.Panel).Value);
        municipality.And("2018-06-02", Forty with { Value = 0 });
        Assert.Equal(0, Assert.Single(municipality.State.Panel).Value);
    }

    [Fact]
    public void Numbers_lie_by_measure_and_month_whatever_came_first()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi)).And("2018-06-01", Forty)
            .And("2018-06-01", Forty with { Month = "2017-12" })
            .And("2018-06-01", Forty with { Measure = PanelMeasure.Residents, Month = "2018-04" });
        Assert.Equal(
            [(PanelMeasure.Residents, "2018-04"), (PanelMeasure.OnAssistance, "2017-12"),
                (PanelMeasure.OnAssistance, "2018-03")],
            municipality.State.Panel.Select(it => (it.Measure, it.Month)));
    }

    [Fact]
    public void Statistics_may_be_older_than_the_registration_here() =>
        GivenMunicipality(On("2018-12-01", Kemijarvi)).When("2018-06-01", Forty)
            .Then(new PanelValueRecorded(PanelMeasure.OnAssistance, "2018-03", 40));

    [Theory]
    [InlineData("2018-3", 40, RejectionCodes.MonthInvalid, "month")]
    [InlineData("2020-01", 40, RejectionCodes.DateInFuture, "month")]
    [InlineData("2018-03", -1, RejectionCodes.OutOfRange, "value")]
    [InlineData("2018-03", 1_000_001, RejectionCodes.OutOfRange, "value")]
    public void What_cannot_be_is_refused(string month, int value, string code, string field) =>
        GivenMunicipality(On("2018-01-01", Kemijarvi))
            .When("2018-06-15", Forty with { Month = month, Value = value }).ThenRefused(code, field);

    [Fact]
    public void A_measure_that_is_none_is_refused() =>
        GivenMunicipality(On("2018-01-01", Kemijarvi)).When("2018-06-15", Forty with { Measure = (PanelMeasure)9 })
            .ThenRefused(RejectionCodes.UnknownValue, "measure");
}
