using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Chain;

/// <summary>The charts of the referral chain in one language.</summary>
public static class ChainCharts
{
    private static readonly string[] s_names =
    [
        "code", "received", "contacted", "met", "assessed", "planned", "met_share", "attended", "missed", "attendance",
    ];

    /// <summary>Of fewer than this many a sentence says how many they are, and never "of 100".</summary>
    public const int FewestOfHundred = 20;

    public static IReadOnlyList<Chart> All(ChainModel model, Language words) =>
    [
        .. new[]
        {
            Funnel(model, words), ChainAttendance.Of(model, words), Reasons(model, words), Years(model, words),
            Sources(model, words),
        }.OfType<Chart>(),
    ];

    /// <summary>The steps, as broad as those who reached them.</summary>
    public static Chart Funnel(ChainModel model, Language words)
    {
        var steps = model.Total.Steps;
        var rows = steps.Select((step, i) => (IReadOnlyList<Cell>)
        [
            Cells.Of(words.Of("step", step.Step), step.Step), Cells.Of(model.Count(step.Count), words),
            Cells.Share(step.Share, words), Cells.Number(step.MeanDays, 1, words),
            Cells.Number(step.MedianDaysAtMost, words),
            i == 0 ? Cells.Number((long?)null, words) : Cells.Of(Stayed(model, i), words),
        ]).ToArray();
        var sheet = new Sheet(
            [
                words["chain.step"], words["chain.referrals"], words["chain.share"], words["chain.meanDays"],
                words["chain.medianDays"], words["chain.stayed"],
            ],
            ["step", "referrals", "share", "mean_days", "median_days_at_most", "not_so_far"], rows);
        var bars = steps.Select((step, i) => new FunnelBar(
            words.Of("step", step.Step), step.Share ?? 0,
            FigureWords.Of(model.Count(step.Count), words)
                + (step.Share is { } share ? $" \u00b7 {words.Percent(share)}" : ""),
            i == 0 ? null : WayTo(model, i, words)));
        return new Chart(
            "funnel", words["chain.funnel"], FunnelSentence(model, words), sheet,
            model.IsEmpty ? null : new Funnel([.. bars]))
        {
            Caveats =
            [
                words["chain.oneOfRepeated"], words["chain.notOver"],
                .. model.Funnel.Withheld ? (string[])[words["chain.withheld"]] : [],
            ],
        };
    }

    /// <summary>What the funnel says, of a hundred.</summary>
    public static string Sentence(ChainModel model, Language words) => model.IsEmpty
        ? words[model.Funnel.Withheld ? "chain.allWithheld" : "chain.none"]
        : model.Total.At(ChainModel.First).Count < FewestOfHundred ? words.Say(
            "chain.few", ("n", FigureWords.Of(model.Count(model.Total.At(ChainModel.First).Count), words)),
            ("contacted", model.Total.At("CONTACTED").Count), ("met", model.Total.At(ChainModel.Met).Count),
            ("planned", model.Total.At(ChainModel.Planned).Count))
        : words.Say(
            "chain.sentence", ("contacted", Hundred(model.Total.At("CONTACTED").Share)),
            ("met", Hundred(model.Total.At(ChainModel.Met).Share)),
            ("planned", Hundred(model.Total.At(ChainModel.Planned).Share)));

    /// <summary>Where most of them stay.</summary>
    private static string FunnelSentence(ChainModel model, Language words)
    {
        if (model.IsEmpty)
        {
            return Sentence(model, words);
        }
        var most = Enumerable.Range(1, model.Total.Steps.Count - 1).MaxBy(i => Stayed(model, i).Value);
        return words.Say(
            "chain.funnelSentence", ("step", words.Of("step", model.Total.Steps[most - 1].Step)),
            ("next", words.Of("step", model.Total.Steps[most].Step)),
            ("n", FigureWords.Of(Stayed(model, most), words)),
            ("all", FigureWords.Of(model.Count(model.Total.Steps[most - 1].Count), words)));
    }

    public static long Hundred(double? share) => (long)Math.Round((share ?? 0) * 100, MidpointRounding.AwayFromZero);

    private static Figure Stayed(ChainModel model, int i) => Figure.OfPartial(
        model.Total.Steps[i - 1].Count - model.Total.Steps[i].Count, model.Funnel.Withheld);

    private static string WayTo(ChainModel model, int i, Language words)
    {
        var step = model.Total.Steps[i];
        var stayed = words.Say("chain.wayStayed", ("n", FigureWords.Of(Stayed(model, i), words)));
        return step is { MedianDaysAtMost: { } median, MeanDays: { } mean }
            ? words.Say("chain.way", ("median", median), ("mean", words.Number(mean, 1))) + " " + stayed
            : stayed;
    }

    private static Chart? Reasons(ChainModel model, Language words)
    {
        var rows = model.Funnel.ByReason;
        if (rows.Count == 0)
        {
            return null;
        }
        var most = rows.Where(row => row.AttendanceRate is not null).MaxBy(row => row.AttendanceRate);
        return Rows(
            "reasons", words["chain.reasons"],
            most is null ? words["chain.noMeetings"] : words.Say(
                "chain.reasonsSentence", ("reason", words.Of("reason", most.Reason!)),
                ("n", Hundred(most.AttendanceRate))),
            words["reason.label"],
            rows.Select(row => (words.Of("reason", row.Reason!), row.Reason!, row, false)), words,
            row => row.AttendanceRate, (row, _) => row.AttendanceRate is not { } rate ? words["chain.noneAgreed"]
                : words.Say(
                    "chain.ofMeetings", ("share", words.Percent(rate)), ("n", row.Attended),
                    ("all", row.Attended + row.Missed))) with
        {
            Caveats =
            [
                words["chain.noInterval"], words["chain.meetings"], words["chain.meetingsOf"],
                .. model.Funnel.Withheld ? (string[])[words["chain.withheld"]] : [],
            ],
        };
    }

    private static Chart? Years(ChainModel model, Language words)
    {
        var known = model.ByYear.Where(one => one.Funnel.Total.At(ChainModel.First).Count > 0).ToArray();
        return known.Length < 2 ? null : Shares(
            "years", words["chain.years"], words["chain.year"],
            known.Select(one => (Name(one.Year), Name(one.Year), one.Funnel)), words) with
        {
            Caveats =
            [
                .. known.Any(one => one.Funnel.Withheld) ? (string[])[words["chain.yearsWithheld"]] : [],
                words["chain.yearsCaveat"], words["chain.notOver"],
            ],
        };
    }

    private static Chart? Sources(ChainModel model, Language words)
    {
        var known = model.BySource.Where(one => one.Funnel.Total.At(ChainModel.First).Count > 0).ToArray();
        if (known.Length == 0)
        {
            return null;
        }
        var most = known.MaxBy(one => one.Funnel.Total.At(ChainModel.First).Count);
        return Shares(
            "sources", words["chain.sources"], words["scope.source"],
            known.Select(one => (words.Of("sender", one.Source), one.Source, one.Funnel)), words) with
        {
            Sentence = words.Say(
                "chain.sourcesSentence", ("name", words.Of("sender", most.Source)),
                ("n", most.Funnel.Total.At(ChainModel.First).Count), ("all", model.Total.At(ChainModel.First).Count)),
            Caveats = [words["chain.sourcesCaveat"]],
        };
    }

    private static Chart Shares(
        string key, string title, string head, IEnumerable<(string Name, string Code, FunnelAnswer Funnel)> parts,
        Language words)
    {
        var all = parts.ToArray();
        var (first, last) = (all[0], all[^1]);
        return Rows(
            key, title,
            words.Say(
                "chain.partsSentence", ("first", first.Name), ("n", Hundred(Came(first.Funnel.Total))),
                ("last", last.Name), ("m", Hundred(Came(last.Funnel.Total)))),
            head, all.Select(one => (one.Name, one.Code, one.Funnel.Total, one.Funnel.Withheld)), words, Came,
            (row, isWithheld) => words.Say(
                "chain.ofReferrals", ("share", words.Percent(Came(row) ?? 0)),
                ("n", FigureWords.Of(Figure.OfPartial(row.At(ChainModel.First).Count, isWithheld), words))));
    }

    private static double? Came(FunnelRowAnswer row) => row.At(ChainModel.Met).Share;

    private static Chart Rows(
        string key, string title, string sentence, string head,
        IEnumerable<(string Name, string Code, FunnelRowAnswer Row, bool Withheld)> parts, Language words,
        Func<FunnelRowAnswer, double?> share, Func<FunnelRowAnswer, bool, string> text)
    {
        var all = parts.ToArray();
        var sheet = new Sheet(
            [
                head, .. all[0].Row.Steps.Select(step => words.Of("step", step.Step)), words["chain.metShare"],
                words["chain.attended"], words["chain.missed"], words["chain.attendance"],
            ],
            s_names,
            [
                .. all.Select(one => (IReadOnlyList<Cell>)
                [
                    Cells.Of(one.Name, one.Code),
                    .. one.Row.Steps.Select(step => Cells.Of(Figure.OfPartial(step.Count, one.Withheld), words)),
                    Cells.Share(Came(one.Row), words),
                    Cells.Of(Figure.OfPartial(one.Row.Attended, one.Withheld), words),
                    Cells.Of(Figure.OfPartial(one.Row.Missed, one.Withheld), words),
                    Cells.Share(one.Row.AttendanceRate, words),
                ]),
            ]);
        return new Chart(key, title, sentence, sheet, new Forest(
            [
                .. all.Select(one => new ForestRow(
                    one.Name, text(one.Row, one.Withheld), share(one.Row), null, null)),
            ],
            words.Percent)
        {
            Ends = [0, 1],
        });
    }

    private static string Name(int year) => year.ToString(CultureInfo.InvariantCulture);
}
