using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Visitors' answers to measures, without the visitors.</summary>
public sealed class AnonymousAnswerTests
{
    private static readonly RecordAnonymousAnswers Answers = new("ESIS") { Answers = Esis(3) };

    private static Given<DropInCentreState> Open => GivenCentre(On("2018-01-15", Centre));

    [Fact]
    public void Of_a_visitors_answers_the_score_alone_is_kept() => Open
        .When("2018-03-01", Answers).Then(new AnonymousAnswersRecorded("ESIS", 1, 500));

    [Fact]
    public void One_visitors_set_of_answers_goes_to_no_receiver() =>
        Assert.True(EventCatalogue.StaysInside("drop-in-centre.measure-answered"));

    [Fact]
    public void Answers_are_of_the_measures_items()
    {
        Open.When("2018-03-01", Answers with { Answers = [new(11, 1)] })
            .ThenRefused(RejectionCodes.OutOfRange, "answers[0].item");
        Open.When("2018-03-01", Answers with { Measure = "HAPPINESS" })
            .ThenRefused(RejectionCodes.MeasureUnknown, "measure");
    }

    [Fact]
    public void Own_staff_see_each_years_sets_and_mean_and_a_set_without_a_score_is_in_no_mean()
    {
        var centre = Open.And("2018-03-01", Answers).And("2018-03-02", Answers with { Answers = Esis(5) })
            .And("2018-03-02", Answers with { Answers = [new(1, 5)] }).And("2019-01-02", Answers).State;
        Assert.Equal(
            [new CentreMeasure(2018, "ESIS", 1, 3, 75), new CentreMeasure(2019, "ESIS", 1, 1, 50)],
            AnonymousAnswers.Of(centre));
    }

    [Theory]
    [InlineData(9, 0, null, null)]
    [InlineData(11, 3, 10, 61.0)]
    [InlineData(12, 3, 15, 60.0)]
    public void Others_see_years_that_are_over_on_the_grid_and_means_in_whole_points(
        int threes, int fives, int? sets, double? mean)
    {
        var shown = Answered(threes, fives).DisclosedMeasures(Day("2019-06-01")).SingleOrDefault();
        Assert.Equal((sets, mean), (shown?.Sets, shown?.Mean));
        Assert.Empty(Answered(threes, fives).DisclosedMeasures(Day("2018-12-31")));
    }

    [Fact]
    public void Others_do_not_learn_that_all_answered_alike_at_an_end_of_the_scale() =>
        Assert.Null(Answered(0, 20).DisclosedMeasures(Day("2019-06-01")).Single().Mean);

    private static DropInCentreState Answered(int threes, int fives)
    {
        var centre = Open;
        for (var i = 0; i < threes + fives; i++)
        {
            centre.And("2018-03-01", Answers with { Answers = Esis(i < threes ? 3 : 5) });
        }
        return centre.State;
    }
}
