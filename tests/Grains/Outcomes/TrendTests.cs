using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using Xunit.Abstractions;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>Stock and flow of a caseload by month and quarter.</summary>
public sealed class TrendTests(ITestOutputHelper output)
{
    private readonly Register _register = new();

    [Fact]
    public void Flows_count_in_the_period_in_which_they_happened()
    {
        _register.With(
            "a", [.. Booked, On("2018-02-20", new AttendMeeting("m1")), On("2018-03-01", Assessing),
            On("2018-03-10", Planning), On("2018-06-10", Reviewing)]);
        Assert.Equal([0, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.Referred));
        Assert.Equal([0, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.Met));
        Assert.Equal([0, 0, 1, 0, 0, 0], Ask(CaseloadMeasure.Plans));
        Assert.Equal([0, 0, 0, 0, 0, 1], Ask(CaseloadMeasure.Reviews));
        Assert.Equal([1, 0], Ask(CaseloadMeasure.Plans, TrendStep.Quarter));
    }

    [Fact]
    public void Meetings_count_with_and_without_a_reminder_that_was_delivered()
    {
        Step[] reminded =
        [
            .. Booked, On("2018-02-11", new RecordContactDetails(Words("040 123 4567"))),
            On("2018-02-11", new AgreeToReminders()), On("2018-02-19", new RemindOfMeetings(Day("2018-02-20"))),
        ];
        var delivered = On("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.Delivered));
        var failed = On("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.NotDelivered));
        _register.With("came", [.. reminded, delivered, On("2018-02-20", new AttendMeeting("m1"))]);
        // Its outcome is told last of all.
        _register.With("missed", [.. reminded, On("2018-02-20", new MissMeeting("m1")), delivered]);
        _register.With("not reached", [.. reminded, failed, On("2018-02-20", new MissMeeting("m1"))]);
        _register.With("not reminded", [.. Booked, On("2018-02-20", new MissMeeting("m1"))]);
        Assert.Equal([0, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.Met));
        Assert.Equal([0, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.MetReminded));
        Assert.Equal([0, 3, 0, 0, 0, 0], Ask(CaseloadMeasure.Missed));
        Assert.Equal([0, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.MissedReminded));
    }

    [Fact]
    public void The_stock_at_the_end_of_a_period_is_what_it_was_and_what_came_less_what_went()
    {
        _register.With("closed", [.. Referred, On("2018-03-05", new CloseMatter(ClosingReason.ClientsWish))]);
        _register.With(
            "again", [.. Referred, On("2018-03-05", new CloseMatter(ClosingReason.ClientsWish)),
            On("2018-05-05", new ReopenMatter())]);
        _register.With("moved", [.. Referred, On("2018-04-01", new MoveToMunicipality("837"))]);
        _register.With("stays", Referred);
        Assert.Equal([4, 4, 2, 1, 2, 2], Ask(CaseloadMeasure.Open));
        Assert.Equal([4, 0, 0, 0, 1, 0], Ask(CaseloadMeasure.New));
        Assert.Equal([0, 0, 2, 1, 0, 0], Ask(CaseloadMeasure.Closed));
        Assert.Equal([2, 2], Ask(CaseloadMeasure.Open, TrendStep.Quarter));
        Assert.Equal([0, 0, 0, 1, 1, 1], Ask(CaseloadMeasure.Open, municipality: "837"));
    }

    [Fact]
    public void What_is_recorded_late_moves_all_months_from_the_one_in_which_it_happened()
    {
        _register.With("a", Referred);
        Assert.Equal([1, 1, 1, 1, 1, 1], Ask(CaseloadMeasure.Open));
        _register.With("a", On("2018-03-05", new CloseMatter(ClosingReason.ClientsWish)));
        Assert.Equal([1, 1, 0, 0, 0, 0], Ask(CaseloadMeasure.Open));
    }

    [Fact]
    public void A_matter_closed_and_opened_again_on_one_day_is_open()
    {
        _register.With(
            "a", [.. Referred, On("2018-03-05", new CloseMatter(ClosingReason.ClientsWish)),
            On("2018-03-05", new ReopenMatter())]);
        _register.With(
            "b", [.. Referred, On("2018-03-01", new CloseMatter(ClosingReason.ClientsWish)),
            On("2018-03-05", new ReopenMatter()), On("2018-03-05", new CloseMatter(ClosingReason.NoNeed))]);
        Assert.Equal([2, 2, 1, 1, 1, 1], Ask(CaseloadMeasure.Open));
    }

    [Fact]
    public void The_newest_stock_is_the_caseloads_clients_with_an_open_matter()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        ICommand[] likely =
        [
            new CloseMatter(ClosingReason.NoNeed), new ReopenMatter(), FromKela, Assessing,
            new MoveToMunicipality("837"),
        ];
        for (var client = 0; client < 40; client++)
        {
            _register.With($"c{client}", Registered);
            for (var step = random.Next(8); step > 0; step--)
            {
                var command = likely[random.Next(likely.Length)];
                if (_register.Try($"c{client}", On($"2018-0{random.Next(2, 7)}-1{random.Next(10)}", command))
                    && command is MoveToMunicipality)
                {
                    _register.MoveOut($"c{client}");
                    break;
                }
            }
        }
        var statuses = _register.Metrics().Of(LiveMetrics.ByStatus);
        Assert.Equal(statuses.Sum() - statuses[(int)CaseStatus.Closed], Ask(CaseloadMeasure.Open)[^1]);
    }

    [Fact]
    public void Others_have_of_each_month_what_its_last_edition_showed()
    {
        _register.With("a", Referred);
        var hidden = ReleasedMetrics.Of(_register.Metrics(), CountGrid.Default);
        for (var client = 0; client < 23; client++)
        {
            _register.With($"c{client}", Referred);
        }
        var shown = ReleasedMetrics.Of(_register.Metrics(), CountGrid.Default);
        var stock = ReleasedStock.Nothing.With(10, hidden).With(12, shown).With(12, shown).With(15, hidden);
        Assert.Equal(
            [null, null, null, 20, 20, 20, null, null], Enumerable.Range(9, 8).Select(month => stock.At(month)));
        var image = Image.ToWrite();
        ReleasedStock.Imprint(image, ref stock);
        var read = ReleasedStock.Nothing;
        ReleasedStock.Imprint(Image.ToRead(image.Written.ToArray()), ref read);
        Assert.Equal($"{stock}", $"{read}");
    }

    private int[] Ask(
        CaseloadMeasure measure, TrendStep step = TrendStep.Month, string municipality = "320")
    {
        var periods = TrendPeriods.Between(MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-06"), step);
        var sums = MunicipalityOutcomes.NoTrend(periods);
        _register.Outcomes(municipality).AddTo(sums, periods);
        return sums[(int)measure - 1];
    }
}
