using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Measures;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Answers to measures of a client's own experience: by consent alone, as the measure's definition says.
/// </summary>
public sealed class MeasureTests
{
    private static readonly RecordMeasureAnswers Answers = new("ESIS") { Answers = Esis(3) };

    private static Step[] Consenting => [.. Registered, On("2018-02-01", new GiveMeasureConsent())];

    [Fact]
    public void Without_a_recorded_consent_no_answers_are_taken() => GivenClient(Registered)
        .When("2018-03-01", Answers).ThenRefused(RejectionCodes.NoMeasureConsent, "occurredOn");

    [Fact]
    public void Answers_of_before_the_consent_are_not_taken() => GivenClient(Consenting)
        .When("2018-01-31", Answers).ThenRefused(RejectionCodes.NoMeasureConsent, "occurredOn");

    [Fact]
    public void A_set_is_kept_with_its_score_and_its_answers_are_words()
    {
        var client = GivenClient(Consenting).When("2018-03-01", Answers).Then(
            new MeasureAnswered("ESIS", 1, 1, 500, Words("1:3 2:3 3:3 4:3 5:3 6:3 7:3 8:3 9:3 10:3")));
        var set = Assert.Single(client.State.MeasureAnswers);
        Assert.Equal(Day("2018-03-01"), set.AnsweredOn);
        Assert.Equal(Esis(3), AnswerSets.Opened(set.Answered.Answers));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 250)]
    [InlineData(5, 1000)]
    public void The_score_goes_from_0_to_100_in_tenths(int value, int tenths) =>
        Assert.Equal(tenths, MeasureList.Find("ESIS", 1)!.ScoreOf(Esis(value)));

    [Fact]
    public void An_item_whose_highest_answer_means_least_counts_the_other_way()
    {
        var reversed = MeasureList.Find("ESIS", 1)! with { Reversed = [1, 2], MostMissing = 1 };
        Assert.Equal(200, reversed.ScoreOf([.. Esis(1)]));
        Assert.Equal(667, (reversed with { Items = 3 }).ScoreOf([new(1, 1), new(2, 5), new(3, 5)]));
        Assert.Null(reversed.ScoreOf([.. Esis(1).Take(8)]));
    }

    [Fact]
    public void A_set_with_an_item_left_open_is_kept_without_a_score() => GivenClient(Consenting)
        .When("2018-03-01", Answers with { Answers = [.. Esis(3).Skip(1)] })
        .Then(new MeasureAnswered("ESIS", 1, 1, null, Words("2:3 3:3 4:3 5:3 6:3 7:3 8:3 9:3 10:3")));

    [Theory]
    [InlineData("HAPPINESS", 1, 1, 3, "MEASURE_UNKNOWN", "measure")]
    [InlineData("ESIS", 9, 1, 3, "MEASURE_UNKNOWN", "measure")]
    [InlineData("ESIS", 1, 0, 3, "OUT_OF_RANGE", "answers[0].item")]
    [InlineData("ESIS", 1, 11, 3, "OUT_OF_RANGE", "answers[0].item")]
    [InlineData("ESIS", 1, 1, 0, "OUT_OF_RANGE", "answers[0].value")]
    [InlineData("ESIS", 1, 1, 6, "OUT_OF_RANGE", "answers[0].value")]
    [InlineData("ESIS", 1, 2, 3, "DUPLICATE_ENTRY", "answers[1]")]
    public void Answers_are_of_the_measures_items_and_scale(
        string measure, int version, int item, int value, string code, string field) => GivenClient(Consenting)
        .When("2018-03-01", new RecordMeasureAnswers(measure, version) { Answers = [new(item, value), new(2, 3)] })
        .ThenRefused(code, field);

    [Fact]
    public void No_answer_at_all_is_no_set() => GivenClient(Consenting)
        .When("2018-03-01", Answers with { Answers = [] }).ThenRefused(RejectionCodes.FieldRequired, "answers");

    [Fact]
    public void The_same_set_again_changes_nothing_and_another_of_that_day_is_another() => GivenClient(Consenting)
        .And("2018-03-01", Answers)
        .When("2018-03-01", Answers with { Version = 1 }).ThenNothing()
        .When("2018-03-01", Answers with { Answers = Esis(4) })
        .Then(new MeasureAnswered("ESIS", 1, 1, 750, AnswerSets.Sealed(Esis(4))));

    [Fact]
    public void With_the_consent_all_answers_are_gone_and_a_new_consent_begins_with_none()
    {
        var client = GivenClient(Consenting).And("2018-03-01", Answers)
            .When("2018-04-01", new WithdrawMeasureConsent()).Then(new MeasureConsentWithdrawn(1))
            .When("2018-04-01", new WithdrawMeasureConsent()).ThenNothing();
        Assert.Empty(client.State.MeasureAnswers);
        client.When("2018-05-01", Answers).ThenRefused(RejectionCodes.NoMeasureConsent, "occurredOn");
        client.When("2018-05-02", new GiveMeasureConsent()).Then(new MeasureConsentGiven(2));
        Assert.Empty(client.State.MeasureAnswers);
        client.When("2018-05-02", Answers).Then(new MeasureAnswered("ESIS", 1, 2, 500, AnswerSets.Sealed(Esis(3))));
    }

    [Fact]
    public void A_consent_can_be_withdrawn_after_the_closing_and_nothing_be_answered()
    {
        var client = GivenClient([.. Consenting, On("2018-06-01", new CloseMatter(ClosingReason.Other))]);
        client.When("2018-06-02", Answers).ThenRefused(RejectionCodes.MatterIsClosed, "id");
        client.When("2018-06-02", new WithdrawMeasureConsent()).Then(new MeasureConsentWithdrawn(1));
    }

    [Fact]
    public void With_the_last_matter_the_consent_ends_and_with_an_earlier_one_it_does_not()
    {
        Step[] answered = [On("2008-02-01", Register), On("2008-02-01", new GiveMeasureConsent()),
            On("2008-03-01", Answers), On("2008-12-30", new CloseMatter(ClosingReason.Other))];
        var client = GivenClient(answered);
        client.When("2019-05-02", new ConfirmRetention(1)).Then(
            new MeasureConsentWithdrawn(1), new MattersEnded(1, IsLatest: true, NextClosedOn: null));
        Assert.Null(client.State.MeasureConsentSince);
        Assert.Empty(client.State.MeasureAnswers);
        GivenClient(answered).When("2019-05-02", new EndMattersAgain(1)).Then(
            new MeasureConsentWithdrawn(1), new MattersEnded(1, IsLatest: true, NextClosedOn: null));
        GivenClient([.. answered, On("2009-02-01", new ReopenMatter(NewMatter: true))])
            .When("2019-05-02", new ConfirmRetention(1))
            .Then(new MattersEnded(1, IsLatest: false, NextClosedOn: null));
    }

    [Fact]
    public void With_a_move_to_another_register_the_consent_ends_as_by_its_withdrawal()
    {
        var client = GivenClient(Consenting).And("2018-03-01", Answers)
            .When("2018-04-01", new MoveToMunicipality("837"))
            .Then(new MeasureConsentWithdrawn(1), new ClientMoved("837", "320"));
        Assert.Null(client.State.MeasureConsentSince);
        Assert.Empty(client.State.MeasureAnswers);
        client.When("2018-04-02", Answers).ThenRefused(RejectionCodes.NoMeasureConsent, "occurredOn");
    }

    [Theory]
    [InlineData("2018-06-01", "2018-05-31", "2018-06-01")]
    [InlineData("2018-03-01", "2018-04-01", "2018-04-02")]
    public void A_consent_begins_no_earlier_than_the_last_one_ended_with_what_it_had_kept(
        string withdrawn, string tooEarly, string day)
    {
        var client = GivenClient(Consenting).And("2018-04-02", Answers).And(withdrawn, new WithdrawMeasureConsent());
        client.When(tooEarly, new GiveMeasureConsent()).ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
        client.When(day, new GiveMeasureConsent()).Then(new MeasureConsentGiven(2));
    }

    [Fact]
    public void A_set_recorded_in_error_counts_no_more()
    {
        var client = GivenClient(Consenting).And("2018-03-01", Answers);
        client.And("2018-03-02", new MarkRecordedInError(client.Past[^1].Version, Words("Another client's form")));
        Assert.Empty(client.State.MeasureAnswers);
    }

    [Fact]
    public void What_a_measure_is_stands_in_data_with_its_source() => Assert.All(MeasureList.All, measure =>
    {
        Assert.NotEmpty(measure.Source);
        Assert.NotEmpty(measure.Display.Fi);
        Assert.True(measure.Items > 0 && measure.Highest > measure.Lowest);
        Assert.Same(measure, MeasureList.Of(measure.Number));
        Assert.Same(measure, MeasureList.Find(measure.Name, measure.Version));
    });
}
