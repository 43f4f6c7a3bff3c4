using System.Globalization;
using System.Text;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// A report as one table of RFC 4180, for spreadsheets and statistical programs: the column <c>section</c> says what a
/// line is. What is excluded, the notes and the codebook are lines of it, so they cannot be lost on the way.
/// </summary>
public static class EvaluationSheet
{
    /// <summary>The columns in their order, each with what it means.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Columns { get; } =
    [
        ("section", "definition, group, comparison, curve, excluded, refused, note; of the codebook measure or column"),
        ("label", "the group; of a comparison the first one"),
        ("against", "of a comparison: the group that is subtracted"),
        ("arm", "the study's arm, where the group is one"),
        ("measure", "what the line is about: a measure, a reason, a name of the definition, a column"),
        ("month", "of a curve: months from the index month"),
        ("estimate", "the estimate, in the measure's unit; empty where the data do not give it"),
        ("low", "lower end of the interval"),
        ("high", "upper end of the interval"),
        ("level", "how often such intervals cover the truth where their assumptions hold, 0-1"),
        ("method", "how the interval was computed"),
        ("n", "clients behind it; goals in AVAIN, residents in PANEL; of excluded how many are left out"),
        ("clusters", "municipalities behind it"),
        ("p", "two-sided p against no difference; empty for what is no comparison"),
        ("adjusted_p", "Holm's p among the secondary outcomes; empty where it is none of them"),
        ("degrees_of_freedom", "Satterthwaite's; empty where no t is used"),
        ("smallest_detectable", "smallest true difference that would be found with a chance of 80 %"),
        ("unit", "of the codebook's measures"),
        ("text", "words: a value of the definition, a note, a meaning"),
        ("source", "of the codebook's measures: the method, with who described it; then the data"),
    ];

    /// <summary>The report as text with CRLF.</summary>
    public static string Csv(EvaluationReport report)
    {
        var text = new StringBuilder();
        Row(Columns.Select(column => column.Name));
        foreach (var line in Lines(report))
        {
            Row(Columns.Select(column => line.GetValueOrDefault(column.Name, "")));
        }
        return text.ToString();

        void Row(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    private static IEnumerable<Dictionary<string, string>> Lines(EvaluationReport report)
    {
        var (_, _, _, _, result) = report;
        return
        [
            .. Definition(report).Select(it => Line("definition", ("measure", it.Name), ("text", it.Value))),
            .. result.Groups.SelectMany(group => group.Estimates.Select(it => Estimate(
                "group", it, ("label", group.Label), ("arm", Word(group.Arm))))),
            .. result.Comparisons.SelectMany(comparison => comparison.Estimates.Select(it => Estimate(
                "comparison", it, ("label", comparison.Label), ("against", comparison.Against)))),
            .. result.Groups.SelectMany(group => Curve(report.Definition.Subject, group)),
            .. result.Excluded.Select(it => Line(
                "excluded", ("measure", Word(it.Reason)), ("arm", Word(it.Arm)), ("n", Number(it.Count)))),
            .. result.Refused.Select(it => Line(
                "refused", ("label", it.Label), ("against", it.Against), ("measure", Word(it.Reason)))),
            .. result.Notes.Select(note => Line("note", ("text", note))),
            .. report.Codebook.Select(it => Line(
                "measure", ("measure", it.Measure), ("text", it.Meaning), ("unit", it.Unit),
                ("source", $"{it.Source}; {it.Data}"))),
            .. Columns.Select(it => Line("column", ("measure", it.Name), ("text", it.Meaning))),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Definition(EvaluationReport report)
    {
        var (asked, _, _, _, result) = report;
        yield return ("subject", Word(asked.Subject));
        yield return ("version", Number(report.Version));
        yield return ("from", Month(asked.FromMonth));
        yield return ("to", Month(asked.ToMonth));
        yield return ("gap_months", Number(asked.Gap));
        yield return ("age", Word(asked.Age));
        yield return ("reason", Word(asked.Reason));
        yield return ("panel_measure", Word(asked.Measure));
        yield return ("incident", asked.Incident ? "true" : "false");
        yield return ("primary_outcome", report.PrimaryOutcome);
        yield return ("secondary_outcomes", string.Join(' ', report.SecondaryOutcomes));
        yield return ("position", Number(report.Position));
        yield return ("recorded_at", report.RecordedAt.ToString("O", CultureInfo.InvariantCulture));
        yield return ("municipalities", string.Join(' ', result.Municipalities));
        foreach (var (code, months) in report.Coverage)
        {
            yield return ("covered", string.Join(
                ' ', months.Select(it => $"{it.From}..{it.Through} ({it.Source})").Prepend(code)));
        }
        yield return ("exact", result.IsExact ? "true" : "false");
        yield return ("withheld", result.Withheld ? "true" : "false");
        yield return ("use", report.Use);
    }

    private static Dictionary<string, string> Estimate(
        string section, Estimate it, params (string, string)[] of) => Line(section,
    [
        .. of, ("measure", it.Measure), ("estimate", Number(it.Value)), ("low", Number(it.Interval?.Low)),
        ("high", Number(it.Interval?.High)), ("level", Number(it.Interval?.Level)),
        ("method", it.Interval?.Method ?? ""), ("n", Number(it.N)), ("clusters", Number(it.Clusters)),
        ("p", Number(it.P)), ("adjusted_p", Number(it.AdjustedP)), ("degrees_of_freedom", Number(it.DegreesOfFreedom)),
        ("smallest_detectable", Number(it.SmallestDetectable)), ("text", it.Note ?? ""),
    ]);

    private static IEnumerable<Dictionary<string, string>> Curve(EvaluationSubject subject, EvaluationGroup group)
    {
        var (still, ended) = subject is EvaluationSubject.Employment ? ("WAITING", "BEGAN") : ("STILL_ON", "EXITED");
        return group.Curve.SelectMany(point => new[]
        {
            Point(group, point, still, point.StillOn), Point(group, point, ended, point.Exited),
        });
    }

    private static Dictionary<string, string> Point(
        EvaluationGroup of, CurvePoint point, string measure, double share) => Line(
        "curve", ("label", of.Label), ("arm", Word(of.Arm)), ("measure", measure), ("month", Number(point.Month)),
        ("estimate", Number(share)), ("n", Number(point.AtRisk)));

    private static Dictionary<string, string> Line(string section, params (string Column, string Value)[] cells) =>
        cells.Prepend(("section", section)).ToDictionary(cell => cell.Item1, cell => cell.Item2);

    private static string Month(int month) =>
        MonthSet.FirstDayOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static string Word(Enum? member) => member is null ? "" : StudyArms.WordOf(member);

    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
