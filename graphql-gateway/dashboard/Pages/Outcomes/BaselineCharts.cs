using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Who is in the estimates and who is not, and how alike the arms were before anything was done.</summary>
public static class BaselineCharts
{
    private const string Flow = "FLOW_";
    private const string Referred = "FLOW_REFERRED";
    private const string Covered = "FLOW_COVERED";
    private const string InExit = "FLOW_IN_EXIT";
    private const string InChange = "FLOW_IN_CHANGE";

    /// <summary>Beyond so many standard deviations arms are usually called unlike (Austin 2009).</summary>
    private const double Unlike = 0.1;

    public static string Lead(EvaluationModel model, Language words)
    {
        var groups = model.Asked.Groups;
        return groups.Sum(group => Count(group, Referred)) is 0
            ? words["baseline.none"]
            : words.Say(
                "baseline.sentence", ("all", groups.Sum(group => Count(group, Referred))),
                ("exit", groups.Sum(group => Count(group, InExit))),
                ("change", groups.Sum(group => Count(group, InChange))));
    }

    public static IReadOnlyList<Chart> All(EvaluationModel model, Language words) =>
    [
        .. model.Asked.Groups.Where(group => Count(group, Referred) > 0).Select(group => FlowOf(model, group, words)),
        .. new[] { Characteristics(model, words), Balance(model, words) }.OfType<Chart>(),
    ];

    /// <summary>The flow chart of an arm: how many come to each estimate, and why others do not.</summary>
    private static Chart FlowOf(EvaluationModel model, GroupAnswer group, Language words)
    {
        var name = OutcomeCharts.NameOf(group.Label, words);
        var all = Count(group, Referred);
        return new Chart(
            $"flow-{Arm.Of(group.Arm).Css}", words.Say("flow.title", ("arm", name)),
            words.Say(
                "flow.sentence", ("all", all), ("covered", Count(group, Covered)), ("exit", Count(group, InExit)),
                ("change", Count(group, InChange))),
            new Sheet(
                [words["flow.step"], words["flow.clients"]], ["step", "clients"],
                [
                    .. group.Estimates.Where(one => one.Measure.StartsWith(Flow, StringComparison.Ordinal)).Select(
                        one => (IReadOnlyList<Cell>)
                        [
                            Cells.Of(EstimateWords.Measure(one.Measure, words), one.Measure),
                            Cells.Number((long?)one.Estimate, words),
                        ]),
                ]),
            new Funnel(
            [
                Bar(Referred, null),
                Bar(Covered, words.Say(
                    "flow.toCovered", ("long", Count(group, "FLOW_HISTORY_TOO_LONG")),
                    ("open", Count(group, "FLOW_NOT_COVERED")))),
                Bar(InExit, words.Say(
                    "flow.toExit", ("off", Count(group, "FLOW_NOT_ON_ASSISTANCE")),
                    ("brief", Count(group, "FLOW_FOLLOWED_TOO_SHORT")))),
                Bar(InChange, words.Say(
                    "flow.toChange", ("open", Count(group, "FLOW_NOT_COVERED_AFTER")),
                    ("died", Count(group, "FLOW_DIED")), ("moved", Count(group, "FLOW_MOVED")))),
            ]))
        {
            Caveats = [words["flow.both"], words["flow.first"], words["flow.coverage"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };

        FunnelBar Bar(string measure, string? way)
        {
            var (count, share) = (Count(group, measure), (double)Count(group, measure) / all);
            return new FunnelBar(
                words[s_short[measure]], share, $"{words.Number(count)} \u00b7 {words.Percent(share)}", way);
        }
    }

    private static readonly Dictionary<string, string> s_short = new()
    {
        [Referred] = "flow.referred",
        [Covered] = "flow.covered",
        [InExit] = "flow.exit",
        [InChange] = "flow.change",
    };

    /// <summary>Who they were; null where no client is covered.</summary>
    private static Chart? Characteristics(EvaluationModel model, Language words)
    {
        var groups = model.Asked.Groups.Where(group => Shares(group.Estimates).Any()).ToArray();
        if (groups.Length == 0)
        {
            return null;
        }
        var rows = Shares(groups[0].Estimates).Select(one => one.Measure).SelectMany(measure => groups.Select(group => (
            Group: group, Measure: measure, Estimate: group.Of(measure)!))).ToArray();
        return new Chart(
            "characteristics", words["characteristics.title"],
            words.Say("characteristics.sentence", ("arms", string.Join("; ", groups.Select(group => words.Say(
                "characteristics.arm", ("arm", OutcomeCharts.NameOf(group.Label, words)),
                ("n", group.Of("ON_ASSISTANCE")!.N), ("young", Hundred(group, "AGE_UNDER25")),
                ("new", Hundred(group, "INCIDENT")),
                ("months", words.Number(group.Of("MEAN_MONTHS_BEFORE")?.Estimate ?? 0, 1))))))),
            EstimateWords.Sheet(
                groups.SelectMany(group => Shares(group.Estimates).Select(one => Row(group, one, null)).Concat(
                    group.Estimates.Where(one => one.Measure == "MEAN_MONTHS_BEFORE").Select(
                        one => Row(group, one, EstimateUnit.Numbers(words))))),
                EstimateUnit.Shares(words), words),
            new Forest(
                [
                    .. rows.Select(row => new ForestRow(
                        groups.Length == 1 ? EstimateWords.Measure(row.Measure, words) : words.Say(
                            "characteristics.row", ("measure", EstimateWords.Measure(row.Measure, words)),
                            ("arm", OutcomeCharts.NameOf(row.Group.Label, words))),
                        EstimateWords.Share(row.Estimate, words), row.Estimate.Estimate, row.Estimate.Interval?.Low,
                        row.Estimate.Interval?.High, Arm.Of(row.Group.Arm))),
                ],
                words.Percent)
            {
                Ends = [0, 1],
            })
        {
            Caveats = [words["characteristics.covered"], words["characteristics.before"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };

        EstimateRow Row(GroupAnswer group, EstimateAnswer one, EstimateUnit? unit) =>
            new(OutcomeCharts.NameOf(group.Label, words), group.Label, one) { Unit = unit };
    }

    /// <summary>How alike the arms were, in units that do not depend on their size.</summary>
    private static Chart? Balance(EvaluationModel model, Language words)
    {
        if (model.Asked.Groups.Count == 0)
        {
            return null;
        }
        var pairs = OutcomesModel.Of(model.Asked).ToArray();
        var unit = Deviations(words);
        var rows = pairs.SelectMany(pair => Differences(pair).Select(one => (Pair: pair, Estimate: one))).ToArray();
        var first = pairs.Take(1).SelectMany(Differences).ToArray();
        return new Chart(
            "balance", words["balance.title"],
            first.Length == 0 ? model.Why(words) : words.Say(
                "balance.sentence", ("one", OutcomeCharts.NameOf(pairs[0].Label, words)),
                ("other", OutcomeCharts.NameOf(pairs[0].Against, words)),
                ("n", first.Count(one => Math.Abs(one.Estimate!.Value) > Unlike)), ("all", first.Length)),
            OutcomeCharts.SheetOf(
                model.Asked with { Groups = [] }, unit, words,
                measure => measure.EndsWith(EstimateWords.Standardised, StringComparison.Ordinal)),
            rows.Length == 0 ? null : new Forest(
                [
                    .. rows.Select(row => new ForestRow(
                        words.Say(
                            "characteristics.row", ("measure", EstimateWords.Measure(Plain(row.Estimate), words)),
                            ("arm", OutcomeCharts.Against(row.Pair, words))),
                        unit.Write(row.Estimate.Estimate!.Value), row.Estimate.Estimate, null, null,
                        Arm.Of(row.Pair.Against))),
                ],
                unit.Mark)
            {
                Zero = 0,
                Ends = [-Unlike, Unlike],
                Directions = (words["balance.below"], words["balance.above"]),
            })
        {
            Caveats = [words["balance.noLot"], words["balance.noTest"], words["outcomes.colours"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };
    }

    private static EstimateUnit Deviations(Language words) => new(
        value => words.Number(value, 2), value => words.Number(value, 2), value => Cells.Number(value, 3, words),
        value => Cells.Number(value, 3, words));

    private static IEnumerable<EstimateAnswer> Differences(ComparisonAnswer pair) => pair.Estimates.Where(
        one => one.Estimate is not null && one.Measure.EndsWith(EstimateWords.Standardised, StringComparison.Ordinal));

    private static string Plain(EstimateAnswer one) => one.Measure[..^EstimateWords.Standardised.Length];

    /// <summary>All but the steps of the flow and the one that is no share.</summary>
    private static IEnumerable<EstimateAnswer> Shares(IEnumerable<EstimateAnswer> estimates) => estimates.Where(
        one => !one.Measure.StartsWith(Flow, StringComparison.Ordinal) && one.Measure != "MEAN_MONTHS_BEFORE");

    private static long Count(GroupAnswer group, string measure) => (long?)group.Of(measure)?.Estimate ?? 0;

    private static long Hundred(GroupAnswer group, string measure) => (long)Math.Round(
        (group.Of(measure)?.Estimate ?? 0) * 100, MidpointRounding.AwayFromZero);
}
