using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>Estimates with their intervals in words, in tables, and how to ask for them again.</summary>
public static class EstimateWords
{
    private static readonly string[] s_columns =
        ["of", "measure", "estimate", "low", "high", "level", "n", "clusters", "p", "smallest_detectable"];

    /// <summary>What <c>./osst evaluate</c> calls the subjects.</summary>
    private static readonly Dictionary<string, string> s_verbs = new()
    {
        ["EXIT"] = "exit",
        ["CHANGE"] = "change",
        ["EVENT_STUDY"] = "event-study",
        ["CHAIN"] = "chain",
        ["AVAIN"] = "avain",
        ["PANEL"] = "panel",
        ["BASELINE"] = "baseline",
        ["FAMILY"] = "family",
    };

    /// <summary>The one question that is of all residents, and knows no client.</summary>
    private const string OfResidents = "PANEL";

    /// <summary>Begins a measure of a reason of referral, which has words of its own.</summary>
    private const string OfReason = "REASON_";

    /// <summary>Begins a measure of the panel in one calendar year.</summary>
    private const string OfYear = "MEAN_EFFECT_2";

    /// <summary>Ends a measure that is in units of its own spread.</summary>
    public const string Standardised = "_STANDARDISED";

    /// <summary>A share as percent, with its interval where there is one.</summary>
    public static string Share(EstimateAnswer one, Language words) => Text(one, words.Percent, words.Percent, words);

    /// <summary>An estimate with its interval where there is one.</summary>
    /// <param name="one">The estimate.</param>
    /// <param name="write">How the estimate is written.</param>
    /// <param name="writeEnd">How an end of the interval is written; its unit may be said by the estimate.</param>
    /// <param name="words">The language.</param>
    public static string Text(
        EstimateAnswer one, Func<double, string> write, Func<double, string> writeEnd, Language words) => one switch
        {
            { Estimate: null } => words["figure.none"],
            { Estimate: { } value, Interval: { } interval } => words.Say(
                "estimate.text", ("value", write(value)), ("low", writeEnd(interval.Low)),
                ("high", writeEnd(interval.High))),
            { Estimate: { } value } => write(value),
        };

    /// <summary>The interval of a share, of a hundred: "between 44 and 65".</summary>
    public static string Between(EstimateAnswer one, Language words) => one.Interval is { } interval
        ? words.Say("estimate.between", ("low", Hundred(interval.Low)), ("high", Hundred(interval.High)))
        : words["estimate.noInterval"];

    /// <summary>The words of a measure, and the measure itself where a later program sends one without words.</summary>
    public static string Measure(string measure, Language words) =>
        words.Texts.TryGetValue($"measure.{measure}", out var text) ? text
        : measure.StartsWith(OfReason, StringComparison.Ordinal)
            && words.Texts.TryGetValue($"reason.{measure[OfReason.Length..]}", out var reason) ? reason
        : measure.EndsWith(Standardised, StringComparison.Ordinal) ? words.Say(
            "measure.STANDARDISED", ("measure", Measure(measure[..^Standardised.Length], words)))
        : measure.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Measure(measure[(dot + 1)..], words)
        : measure.StartsWith(OfYear, StringComparison.Ordinal) ? words.Say("measure.OF_YEAR", ("year", measure[^4..]))
        : measure;

    /// <summary>Every estimate with all that a reader needs to judge it.</summary>
    /// <param name="rows">Of what.</param>
    /// <param name="unit">Of rows that have none of their own.</param>
    /// <param name="words">The language.</param>
    public static Sheet Sheet(IEnumerable<EstimateRow> rows, EstimateUnit unit, Language words)
    {
        var all = rows.ToArray();
        var isAdjusted = Array.Exists(all, row => row.Estimate.AdjustedP is not null);
        return new Sheet(
        [
            words["estimate.of"], words["estimate.measure"], words["estimate.value"], words["estimate.low"],
            words["estimate.high"], words["estimate.level"], words["estimate.n"], words["estimate.clusters"],
            words["estimate.p"], words["estimate.detectable"],
            .. isAdjusted ? (string[])[words["estimate.adjusted"]] : [],
        ],
        [.. s_columns, .. isAdjusted ? (string[])["p_adjusted"] : []],
        [
            .. all.Select(row => (IReadOnlyList<Cell>)
            [
                Cells.Of(row.Name, row.Code), Cells.Of(Measure(row.Estimate.Measure, words), row.Estimate.Measure),
                Value(row, row.Estimate.Estimate), Value(row, row.Estimate.Interval?.Low),
                Value(row, row.Estimate.Interval?.High),
                Cells.Share(row.Estimate.Interval?.Level, words), Cells.Number(row.Estimate.N, words),
                Cells.Number((long)row.Estimate.Clusters, words), Cells.Number(row.Estimate.P, 3, words),
                Value(row, row.Estimate.SmallestDetectable),
                .. isAdjusted ? (Cell[])[Cells.Number(row.Estimate.AdjustedP, 3, words)] : [],
            ]),
        ]);

        Cell Value(EstimateRow row, double? value) =>
            (row.IsDifference ? (row.Unit ?? unit).Difference : (row.Unit ?? unit).Value)(value);
    }

    /// <summary>What was asked, so that all who have the same rights can ask again.</summary>
    public static IReadOnlyList<(string Name, string Value)> Definition(EvaluationAnswer answer, Language words) =>
        Definition(answer.Definition, answer.IsExact ? CommandOf(answer) : words["definition.notRepeated"], words);

    private static IReadOnlyList<(string Name, string Value)> Definition(
        DefinitionAnswer definition, string repeat, Language words) =>
    [
        (words["definition.subject"], words.Of("subject", definition.Subject)),
        (words["definition.version"], words.Number(definition.Version)),
        (words["definition.months"], words.Say(
            "definition.fromTo", ("from", Month(definition.From, words)), ("to", Month(definition.To, words)))),
        .. definition.Subject == OfResidents ? [] : ((string, string)[])
            [(words["definition.gap"], words.Number(definition.GapMonths))],
        (words["definition.coverage"], words.Number(definition.Coverage.Count)),
        (words["definition.position"], words.Number(definition.AsOf.Position)),
        (words["definition.repeat"], repeat),
    ];

    /// <summary>All that was asked: without the months or the municipalities it is another question.</summary>
    private static string CommandOf(EvaluationAnswer answer) => string.Join(' ',
    [
        $"./osst evaluate {s_verbs[answer.Definition.Subject]} --as-of {Plain(answer.Definition.AsOf.Position)}",
        $"--from {answer.Definition.From} --to {answer.Definition.To}",
        .. answer.Definition.Subject == OfResidents ? [] : (string[])
        [
            $"--gap {Plain(answer.Definition.GapMonths)}",
            .. answer.Municipalities.Select(code => $"--municipality {code}"),
        ],
    ]);

    /// <summary>A month of the contract, as 2018-01, as people write it.</summary>
    public static string Month(string month, Language words) =>
        words.Say("month.name", ("month", month[5..].TrimStart('0')), ("year", month[..4]));

    /// <summary>A month that is counted from the year 0.</summary>
    public static string Month(int number, Language words) =>
        words.Say("month.name", ("month", Plain((number % 12) + 1)), ("year", Plain(number / 12)));

    private static long Hundred(double share) => (long)Math.Round(share * 100, MidpointRounding.AwayFromZero);

    private static string Plain(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An estimate of a table.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Code">The same for files.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="IsDifference">True for one group less another.</param>
public sealed record EstimateRow(string Name, string Code, EstimateAnswer Estimate, bool IsDifference = false)
{
    /// <summary>Its own unit; null for that of the table.</summary>
    public EstimateUnit? Unit { get; init; }
}
