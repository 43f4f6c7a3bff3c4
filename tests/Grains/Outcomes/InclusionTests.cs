using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>Change of ESIS as sums of clients' answers.</summary>
public sealed class InclusionTests
{
    private static readonly Step Consent = On("2018-02-01", new GiveMeasureConsent());

    private readonly Register _register = new();

    [Fact]
    public void The_change_is_from_the_first_set_to_the_last_in_the_month_of_the_first()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-03-01", 2), Answered("2018-06-01", 5),
            Answered("2018-09-01", 3)]);
        var cell = Cell("2018-03");
        Assert.Equal((1L, 1L, 250L, 500L), (cell.Clients, cell.Pairs, cell.First, cell.Last));
        Assert.Equal((62_500L, 184L), (cell.SquaredChange, cell.Days));
        Assert.Equal((1L, 0L, 0L), (cell.Better, cell.Same, cell.Worse));
    }

    [Fact]
    public void A_set_recorded_late_moves_everything_back_exactly()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-06-01", 2), Answered("2018-09-01", 3)]);
        var before = _register.Outcomes().Lines().ToArray();
        _register.With("a", Answered("2018-04-01", 4));
        Assert.Equal((750L, 500L), (Cell("2018-04").First, Cell("2018-04").Last));
        Assert.Null(CellOrNone("2018-06"));
        _register.With("a", On("2018-12-01", new MarkRecordedInError(5, Words("Another client's form"))));
        Assert.Equal(before, _register.Outcomes().Lines());
    }

    [Fact]
    public void Of_several_sets_of_one_day_the_one_recorded_last_stands()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-03-01", 2), Answered("2018-03-01", 4)]);
        Assert.Equal((1L, 0L), (Cell("2018-03").Clients, Cell("2018-03").Pairs));
        _register.With("a", Answered("2018-05-01", 3));
        Assert.Equal((750L, 500L), (Cell("2018-03").First, Cell("2018-03").Last));
    }

    [Fact]
    public void A_set_without_a_score_is_no_first_and_no_last()
    {
        var open = On("2018-02-10", new RecordMeasureAnswers("ESIS") { Answers = [new(1, 1)] });
        _register.With("a", [.. Registered, Consent, open]);
        Assert.Equal((1L, 1L), (Cell("2018-02").Clients, Cell("2018-02").Unscored));
        _register.With("a", Answered("2018-03-01", 2), Answered("2018-04-01", 3));
        Assert.Equal((0L, 1L), (Cell("2018-03").Unscored, Cell("2018-03").Pairs));
        Assert.Null(CellOrNone("2018-02"));
    }

    [Fact]
    public void What_a_withdrawn_consent_had_kept_counts_no_more_and_what_a_new_one_keeps_does()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-03-01", 2), Answered("2018-04-01", 3)]);
        _register.With("a", On("2018-05-01", new WithdrawMeasureConsent()));
        Assert.Null(CellOrNone("2018-03"));
        _register.With("a", On("2018-05-01", new GiveMeasureConsent()), Answered("2018-06-01", 4));
        Assert.Equal((1L, 0L), (Cell("2018-06").Clients, Cell("2018-06").Pairs));
    }

    [Fact]
    public void What_a_consent_had_kept_counts_no_more_after_the_end_of_the_last_matter()
    {
        _register.With("a", [On("2008-02-01", Sample.Register), On("2008-02-01", new GiveMeasureConsent()),
            Answered("2008-03-01", 2), On("2008-12-30", new CloseMatter(ClosingReason.Other))]);
        Assert.Equal(1L, Cell("2008-03").Clients);
        _register.With("a", On("2019-05-02", new ConfirmRetention(1)));
        Assert.Null(CellOrNone("2008-03"));
    }

    [Fact]
    public void After_a_move_to_another_register_a_client_counts_there_alone_and_by_a_new_consent()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-03-01", 2),
            On("2018-04-01", new MoveToMunicipality("837"))]);
        Assert.Empty(Cells("320"));
        Assert.Empty(Cells("837"));
        _register.With("a", On("2018-05-01", new GiveMeasureConsent()), Answered("2018-05-01", 3));
        Assert.Empty(Cells("320"));
        Assert.Equal((1L, 0L), (Cells("837").Single().Value.Clients, Cells("837").Single().Value.Pairs));
    }

    [Fact]
    public void After_a_year_an_answer_is_the_last_one_and_in_no_band_of_the_year()
    {
        _register.With("a", [.. Registered, Consent, Answered("2018-03-01", 3), Answered("2018-06-01", 2),
            Answered("2019-03-02", 5)]);
        Assert.Equal((1_000L, 1L, 0L), (Cell("2018-03").Last, Cell("2018-03").Worse, Cell("2018-03").Better));
    }

    private static Step Answered(string day, int value) =>
        On(day, new RecordMeasureAnswers("ESIS") { Answers = Esis(value) });

    private InclusionCell Cell(string month) => CellOrNone(month)!;

    private InclusionCell? CellOrNone(string month) =>
        Cells("320").SingleOrDefault(it => it.Key.Month == MonthSet.NumberOf(month)).Value;

    private Dictionary<InclusionGroup, InclusionCell> Cells(string municipality)
    {
        var cells = new Dictionary<InclusionGroup, InclusionCell>();
        _register.Outcomes(municipality).AddTo(cells);
        return cells;
    }
}
