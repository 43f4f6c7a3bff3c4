using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>The study's comparisons of arms by index month: what is compared, what is refused, who has no counterpart.
/// </summary>
/// <param name="All">The comparisons.</param>
/// <param name="Refused">Those that would take one municipality for two.</param>
/// <param name="Notes">Which index months are in each arm, and in each comparison.</param>
internal sealed record ComparedArms(
    IReadOnlyList<EvaluationComparison> All, IReadOnlyList<EvaluationRefusal> Refused, IReadOnlyList<string> Notes)
{
    /// <summary>No fact says since when notices are complete, so nothing shows that there was none before.</summary>
    private const string FirstRecorded = "The index is the first Kela referral that is recorded: where notices are "
        + "recorded since a later day, clients look newly referred who are not. Compare those that began alike.";

    /// <summary>An arm of fewer than three municipalities in common months is not compared.</summary>
    /// <param name="arms">Cohorts of each arm; 0 is none.</param>
    /// <param name="excluded">Takes in who is in no comparison for want of a counterpart.</param>
    /// <param name="estimates">What a comparison says.</param>
    public static ComparedArms Of<TTable>(
        IReadOnlyDictionary<int, List<Cohort<TTable>>> arms, Exclusions excluded,
        Func<CommonIndex<TTable>, StudyArm, IReadOnlyList<Estimate>> estimates)
    {
        var (compared, refused, notes) = (
            new List<EvaluationComparison>(), new List<EvaluationRefusal>(), new List<string>());
        var met = new Dictionary<int, HashSet<int>>();
        foreach (var (treated, control) in StudyArms.Compared)
        {
            if (!arms.TryGetValue((int)treated, out var one) || !arms.TryGetValue((int)control, out var other))
            {
                continue;
            }
            var common = new CommonIndex<TTable>(one, other);
            met.CellOf((int)treated).UnionWith(common.Months);
            met.CellOf((int)control).UnionWith(common.Months);
            if (!common.IsOfMany)
            {
                continue;
            }
            var (label, against) = (StudyArms.NameOf(treated), StudyArms.NameOf(control));
            if (common.SharesMunicipality)
            {
                refused.Add(new EvaluationRefusal(label, against, EvaluationRefusalReason.InBothArms));
                continue;
            }
            compared.Add(new EvaluationComparison(label, against, estimates(common, control)));
            notes.Add($"{label} against {against}: referrals of {Text(common.Months)}, weighed alike in both.");
        }
        foreach (var (arm, months) in met)
        {
            var alone = arms[arm].Where(it => !months.Contains(it.Index)).Sum(it => it.N);
            excluded.Count(ExclusionReason.NoCounterpart, (StudyArm)arm, (long)alone);
        }
        return new ComparedArms(compared, refused, notes.Count == 0 ? [] : [FirstRecorded, .. arms
            .Where(arm => arm.Key != 0 && arm.Value.Count > 0).OrderBy(arm => arm.Key)
            .Select(arm => $"{StudyArms.NameOf((StudyArm)arm.Key)} by itself: referrals of "
                + $"{Text([.. arm.Value.Select(it => it.Index).Distinct().Order()])}."), .. notes]);
    }

    /// <summary>Months or years, as runs.</summary>
    private static string Text(IReadOnlyList<int> index)
    {
        var runs = new List<(int From, int Through)>();
        foreach (var one in index)
        {
            if (runs.Count > 0 && runs[^1].Through == one - 1)
            {
                runs[^1] = (runs[^1].From, one);
            }
            else
            {
                runs.Add((one, one));
            }
        }
        return string.Join(", ", runs.Select(run =>
            run.From == run.Through ? Name(run.From) : $"{Name(run.From)} to {Name(run.Through)}"));

        static string Name(int one) => one <= DateOnly.MaxValue.Year
            ? FormattableString.Invariant($"{one}")
            : new CalendarMonth(one / 12, (one % 12) + 1).ToString();
    }
}
