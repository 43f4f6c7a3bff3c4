using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpClients;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Results as files: nothing of them is lost, and every measure has its words.</summary>
public sealed class EvaluationSheetTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Exit, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    [Fact]
    public void Every_measure_of_every_evaluation_is_in_the_codebook_and_every_line_of_it_is_a_measure()
    {
        (EvaluationSubject Subject, EvaluationResult Result)[] all = [.. Results()];
        var unknown = from one in all
                      from measure in Measures(one.Result)
                      where Codebook.Of(one.Subject, measure) is null
                      select $"{one.Subject} {measure}";
        Assert.Empty(unknown);
        var used = all.SelectMany(one => Measures(one.Result).Select(it => Codebook.Of(one.Subject, it)));
        var unused = Codebook.All.Except(used.OfType<MeasureMeaning>()).Select(it => $"{it.Subject} {it.Measure}");
        Assert.Empty(unused.Except(
            // What the made-up clients do not have.
            [
                "Avain REVIEWED", "Avain FILLED_WITH_CLIENT", "Avain ATTAINED", "Avain PROBABILITY_OF_SUPERIORITY",
                "Avain REVIEWED_AFTER_90", "Avain SERVICE_USED", "Avain SERVICE_UNANSWERED", "Avain SERVICE_UNPLANNED",
                "Avain REVIEWED_IN_TIME",
            ]));
    }

    [Fact]
    public void A_table_holds_definition_estimates_exclusions_notes_and_the_words_of_its_columns()
    {
        var units = Study(treated: 3, control: 3);
        units[0].Exit(2, 4);
        var result = ChangeEvaluation.Of(Asked with { Subject = EvaluationSubject.Change },
            [.. units, Unit("999", Experiment.Osst, "2018-02", "2019-12").Exit(5, 7)]) with
        {
            Municipalities = ["100", "101"],
            IsExact = true,
        };
        var rows = Rows(EvaluationSheet.Csv(new EvaluationReport(
            Asked with { Subject = EvaluationSubject.Change }, 1_234, DateTimeOffset.UnixEpoch,
            new Dictionary<string, IReadOnlyList<CoveredMonths>> { ["100"] = [new("kela", "2017-01", "2019-12")] },
            result)));
        Assert.Equal(EvaluationSheet.Columns.Select(it => it.Name), rows[0]);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        Assert.Equal("1234", Text("definition", "position"));
        Assert.Equal("100 101", Text("definition", "municipalities"));
        Assert.Equal("100 2017-01..2019-12 (kela)", Text("definition", "covered"));
        Assert.StartsWith("Exact figures", Text("definition", "use"), StringComparison.Ordinal);
        Assert.Equal("7", Of("excluded", "NOT_COVERED")["n"]);
        Assert.Equal("months", Of("measure", ChangeEvaluation.Primary)["unit"]);
        Assert.Equal(result.Notes, Lines("note").Select(line => line["text"]));
        Assert.Equal(rows[0], Lines("column").Select(line => line["measure"]));
        var primary = result.Comparisons[0].Estimates[0];
        Assert.Equal(
            (primary.Value, primary.Interval!.Low, primary.P),
            (Number("estimate"), Number("low"), Number("p")));

        double? Number(string column) => double.Parse(
            Of("comparison", ChangeEvaluation.Primary)[column], System.Globalization.CultureInfo.InvariantCulture);

        string Text(string section, string measure) => Of(section, measure)["text"];

        Dictionary<string, string> Of(string section, string measure) =>
            Lines(section).First(line => line["measure"] == measure);

        IEnumerable<Dictionary<string, string>> Lines(string section) => rows.Skip(1).Where(row => row[0] == section)
            .Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    [Fact]
    public void Who_may_see_a_file_stands_in_it()
    {
        Assert.StartsWith("Published", Use(EvaluationSubject.Panel, isExact: true), StringComparison.Ordinal);
        Assert.StartsWith("From tables", Use(EvaluationSubject.Exit, isExact: false), StringComparison.Ordinal);
        Assert.StartsWith("Exact", Use(EvaluationSubject.Exit, isExact: true), StringComparison.Ordinal);

        static string Use(EvaluationSubject subject, bool isExact) => new EvaluationReport(
            Asked with { Subject = subject }, 1, DateTimeOffset.UnixEpoch,
            new Dictionary<string, IReadOnlyList<CoveredMonths>>(),
            new EvaluationResult([], []) { IsExact = isExact }).Use;
    }

    private static IEnumerable<(EvaluationSubject, EvaluationResult)> Results()
    {
        var units = Study(treated: 3, control: 3);
        EvaluationUnit[] others = [.. units.Select(unit => unit with { IsExact = false })];
        foreach (var of in new[] { units, others })
        {
            yield return (EvaluationSubject.Exit, ExitEvaluation.Of(Asked, of));
            yield return (EvaluationSubject.Change, ChangeEvaluation.Of(Asked, of));
            yield return (EvaluationSubject.Chain, ChainEvaluation.Of(Asked, of, new DateOnly(2020, 12, 31)));
        }
        yield return (EvaluationSubject.Chain, ChainEvaluation.Of(Asked, [units[0]], new DateOnly(2020, 12, 31)));
        yield return (EvaluationSubject.EventStudy, EventStudyEvaluation.Of(Asked, units));
        yield return (EvaluationSubject.Avain, AvainEvaluation.Of(units, new DateOnly(2020, 12, 31)));
        var panel = PanelEvaluation.Of(MadeUpPanel.Question, MadeUpPanel.Study());
        yield return (EvaluationSubject.Panel, panel);
        yield return (EvaluationSubject.Employment, EmploymentEvaluation.Of(
            Asked, MadeUpEmployment.Study(3, 3), new DateOnly(2020, 12, 31)));
        yield return (EvaluationSubject.Baseline, BaselineEvaluation.Of(Asked, units));
        yield return (EvaluationSubject.Chain, new EvaluationResult(
            [.. ChainSteps.Groups(Asked, units, new DateOnly(2020, 12, 31), new Exclusions())], []));
        yield return (EvaluationSubject.Inclusion, InclusionEvaluationTests.Exact());
        yield return (EvaluationSubject.Inclusion, InclusionEvaluationTests.ForOthers());
        yield return (EvaluationSubject.Methods, MethodEvaluationTests.Compared());
        yield return (EvaluationSubject.Family, FamilyEvaluation.Of(
            new Dictionary<EvaluationSubject, EvaluationResult>
            {
                [EvaluationSubject.Exit] = ExitEvaluation.Of(Asked, units),
                [EvaluationSubject.Change] = ChangeEvaluation.Of(Asked, units),
                [EvaluationSubject.Panel] = panel,
            }));
    }

    private static IEnumerable<string> Measures(EvaluationResult result) => result.Groups
        .SelectMany(group => group.Estimates)
        .Concat(result.Comparisons.SelectMany(comparison => comparison.Estimates)).Select(it => it.Measure).Distinct();

    /// <summary>Reads RFC 4180 by its own rules.</summary>
    private static List<List<string>> Rows(string csv)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), "", false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell += csv[i++];
            }
            else if (csv[i] == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || csv[i] is not (',' or '\r'))
            {
                cell += csv[i];
            }
            else
            {
                row.Add(cell);
                cell = "";
                if (csv[i] == '\r')
                {
                    rows.Add(row);
                    row = [];
                    i++;
                }
            }
        }
        return rows;
    }
}
