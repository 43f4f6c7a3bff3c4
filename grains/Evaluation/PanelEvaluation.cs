using System.Globalization;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Published statistics of all residents, month by month: the change since a base before both experiments, in one arm
/// less in another. Municipalities without clients are part of it without a person's data, so all callers get the
/// same. See the evaluation's page for what it assumes.
/// </summary>
public static class PanelEvaluation
{
    /// <summary>The panel's own first outcome; in the whole evaluation it is a secondary one.</summary>
    public const string Primary = "MEAN_EFFECT";

    /// <summary>So many codes are named in a note, and no more.</summary>
    private const int MostNamed = 20;

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    public static EvaluationResult Of(EvaluationQuestion question, IReadOnlyList<PanelUnit> units)
    {
        var (excluded, missing) = (new Exclusions(), new List<string>());
        var arms = Enum.GetValues<StudyArm>().ToDictionary(arm => arm, _ => new List<PanelSeries>());
        foreach (var (code, state) in units)
        {
            if (ArmOf(state, question) is not { } arm)
            {
                excluded.Count(ExclusionReason.NotInArm, null, state.Panel.Count > 0 ? 1 : 0);
            }
            else if (PanelSeries.Of(state, arm, question) is { } series)
            {
                arms[arm].Add(series);
            }
            else
            {
                excluded.Count(ExclusionReason.MonthMissing, arm, 1);
                missing.Add(code);
            }
        }
        var compared = StudyArms.Compared
            .Select(pair => Compare(
                question, (pair.Treated, arms[pair.Treated]), (pair.Control, arms[pair.Control]))).ToArray();
        return new EvaluationResult(
            [.. arms.Where(arm => arm.Value.Count > 0).OrderBy(arm => arm.Key).Select(arm => GroupOf(
                question, arm.Key, arm.Value))],
            [.. compared.Select(it => it.Comparison).OfType<EvaluationComparison>()])
        {
            Refused = [.. compared.Select(it => it.Refusal).OfType<EvaluationRefusal>()],
            Excluded = excluded.All,
            Notes = Notes(missing, arms[StudyArm.OsstAndEmployment].Any(it => !it.HasEmployment)),
        };
    }

    /// <summary>One that had OSST stays in that arm; what it left behind is no control.</summary>
    private static StudyArm? ArmOf(MunicipalityState state, EvaluationQuestion question) =>
        PanelSeries.FirstMonthOf(state, StudyArm.OsstAndEmployment) <= question.ToMonth
            ? StudyArm.OsstAndEmployment
            : state.ArmOn(MonthSet.FirstDayOf(question.FromMonth + 1).AddDays(-1));

    private static EvaluationGroup GroupOf(EvaluationQuestion question, StudyArm arm, List<PanelSeries> series)
    {
        var n = (long)series.Sum(it => it.Residents);
        return new EvaluationGroup(StudyArms.NameOf(arm), arm,
        [
            new Estimate("MEAN_BASE", series.Average(it => it.Base), null, n, series.Count),
            .. Enumerable.Range(PanelPeriod.BaseFrom, question.ToMonth - PanelPeriod.BaseFrom + 1)
                .Select(month => new Estimate(
                    Name(month), series.Average(it => it.Share(month)), null, n, series.Count)),
        ]);
    }

    private static (EvaluationComparison? Comparison, EvaluationRefusal? Refusal) Compare(
        EvaluationQuestion question, (StudyArm Arm, List<PanelSeries> Series) treated,
        (StudyArm Arm, List<PanelSeries> Series) control)
    {
        var (label, against) = (StudyArms.NameOf(treated.Arm), StudyArms.NameOf(control.Arm));
        // Against neither, what begins is the first of the experiments: both are the question.
        var isJoint = treated.Arm is StudyArm.OsstAndEmployment && control.Arm is StudyArm.Neither;
        int[] adopted = [.. treated.Series.Select(it => isJoint ? it.Exposed : it.Adopted).Distinct()];
        int[] began = [.. treated.Series.Select(it => it.Adopted).Distinct()];
        var reason = treated.Series.Count < EvaluationQuestion.FewestMunicipalities
            || control.Series.Count < EvaluationQuestion.FewestMunicipalities
                ? EvaluationRefusalReason.TooFewMunicipalities
            : adopted.Length > 1 || began.Length > 1 ? EvaluationRefusalReason.UnequalAdoption
            : treated.Series.Concat(control.Arm is StudyArm.Neither ? [] : control.Series)
                .Any(it => it.Exposed <= PanelPeriod.BaseThrough)
                ? EvaluationRefusalReason.AdoptedInBase
            : (EvaluationRefusalReason?)null;
        return reason is { } why
            ? (null, new EvaluationRefusal(label, against, why))
            : (new EvaluationComparison(label, against,
                [.. new PanelEstimates(question, adopted[0], began[0], treated.Series, control.Series)
                    .All(control.Arm is StudyArm.EmploymentOnly)]), null);
    }

    internal static string Name(int month) => string.Create(
        CultureInfo.InvariantCulture, $"MONTH_{new CalendarMonth(month / 12, (month % 12) + 1)}");

    private static IReadOnlyList<string> Notes(List<string> missing, bool isWithoutEmployment) =>
    [
        "Statistics of all residents aged 18-64, clients or not: an effect on the few who were clients is thinned out.",
        "Each month is against the twelve months up to 2017-07, before both experiments. What one arm changed is no "
            + "effect: read the difference.",
        "A suppressed month is missing, and not zero: a municipality with one is left out.",
        .. isWithoutEmployment
            ? ["Of some municipalities with OSST it is not recorded when the employment experiment ran there."]
            : Array.Empty<string>(),
        .. missing.Count == 0
            ? Array.Empty<string>()
            : [$"Left out for missing months: {string.Join(", ", missing.Take(MostNamed))}"
                + (missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more." : ".")],
    ];
}
