using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>One outcome of the study: a measure of one evaluation, of the primary comparison.</summary>
/// <param name="Subject">Which evaluation.</param>
/// <param name="Measure">Which of its measures.</param>
public sealed record StudyOutcome(EvaluationSubject Subject, string Measure)
{
    public override string ToString() => $"{StudyArms.WordOf(Subject)}.{Measure}";
}

/// <summary>
/// The study's outcomes side by side: the primary one, which was named before and needs no adjustment, and the
/// secondary ones with Holm's. What is in the family is fixed here, so that none is chosen by its p.
/// </summary>
public static class FamilyEvaluation
{
    /// <summary>The one primary outcome.</summary>
    public static StudyOutcome Primary { get; } = new(EvaluationSubject.Change, ChangeEvaluation.Primary);

    /// <summary>The secondary family.</summary>
    public static IReadOnlyList<StudyOutcome> Secondary { get; } =
    [
        new(EvaluationSubject.Exit, "EXITED_12"),
        new(EvaluationSubject.Exit, "RESTRICTED_MEAN_12"),
        new(EvaluationSubject.Panel, PanelEvaluation.Primary),
    ];

    /// <summary>The evaluations that the outcomes are of.</summary>
    public static IReadOnlyList<EvaluationSubject> Subjects { get; } =
        [.. Secondary.Prepend(Primary).Select(it => it.Subject).Distinct()];

    /// <param name="results">The answers of <see cref="Subjects"/>; one may be missing.</param>
    public static EvaluationResult Of(IReadOnlyDictionary<EvaluationSubject, EvaluationResult> results)
    {
        Estimate?[] secondary = [.. Secondary.Select(Find)];
        var adjusted = Holm.Adjust([.. secondary.Select(it => it?.P)]);
        Estimate[] all =
        [
            .. new[] { Find(Primary) }.OfType<Estimate>(),
            .. secondary.Select((it, i) => it is null ? null : it with { AdjustedP = adjusted[i] }).OfType<Estimate>(),
        ];
        var (treated, control) = StudyArms.Compared[0];
        return new EvaluationResult(
            [], all.Length == 0 ? [] : [new EvaluationComparison(
                StudyArms.NameOf(treated), StudyArms.NameOf(control), all)])
        {
            Notes =
            [
                $"{Primary} is the primary outcome: its p is not adjusted.",
                $"Holm's adjustment is over {adjusted.Count(it => it is not null)} of the {Secondary.Count} secondary "
                    + "outcomes: those with a p. Intervals are not adjusted.",
                "Each evaluation by itself says who is excluded from it.",
            ],
        };

        Estimate? Find(StudyOutcome outcome) => results.GetValueOrDefault(outcome.Subject)?.Comparisons
            .FirstOrDefault(it => it.Label == StudyArms.NameOf(StudyArms.Compared[0].Treated)
                && it.Against == StudyArms.NameOf(StudyArms.Compared[0].Control))
            ?.Estimates.FirstOrDefault(it => it.Measure == outcome.Measure) is { } found
                ? found with { Measure = outcome.ToString() }
                : null;
    }
}
