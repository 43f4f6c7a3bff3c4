using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Why clients are not in an estimate.</summary>
public enum ExclusionReason
{
    /// <summary>The municipality was in no arm in the index month.</summary>
    NotInArm = 1,

    /// <summary>The register's coverage does not hold the months needed.</summary>
    NotCovered = 2,

    /// <summary>Not on assistance in the index month.</summary>
    NotOnAssistance = 3,

    /// <summary>Died within the window.</summary>
    Died = 4,

    /// <summary>Moved to another municipality within the window.</summary>
    Moved = 5,

    /// <summary>The history is longer than the months that are kept.</summary>
    HistoryTooLong = 6,

    /// <summary>The time in which the client could come is not over.</summary>
    WindowOpen = 7,

    /// <summary>No review, or none that assessed the goal.</summary>
    NotAssessed = 8,

    /// <summary>Of the panel, where municipalities are counted: a month is missing or suppressed.</summary>
    MonthMissing = 9,

    /// <summary>Of an incident index: on assistance in one of the twelve months before it.</summary>
    OnAssistanceBefore = 10,

    /// <summary>Of comparisons alone: no arm that is compared has clients of the same index month.</summary>
    NoCounterpart = 11,

    /// <summary>Of a measure: no set of answers is complete enough for a score.</summary>
    NotScored = 12,

    /// <summary>Of a measure: answered on one day alone, so there is no change.</summary>
    AnsweredOnce = 13,
}

/// <summary>Why two groups are not compared.</summary>
public enum EvaluationRefusalReason
{
    /// <summary>Fewer than three municipalities in one of them.</summary>
    TooFewMunicipalities = 1,

    /// <summary>The first group's municipalities began in different months: one base and one date would mix them.
    /// </summary>
    UnequalAdoption = 2,

    /// <summary>An experiment ran already in the months that are the base.</summary>
    AdoptedInBase = 3,

    /// <summary>A municipality is in both groups, at different times: it would be taken for two.</summary>
    InBothArms = 4,
}

/// <summary>Two groups that are not compared.</summary>
/// <param name="Label">The first group.</param>
/// <param name="Against">The second.</param>
/// <param name="Reason">Why.</param>
public sealed record EvaluationRefusal(string Label, string Against, EvaluationRefusalReason Reason);

/// <summary>So many clients of an arm are not in it.</summary>
public sealed record Exclusion(ExclusionReason Reason, StudyArm? Arm, long Count);

/// <summary>One estimate.</summary>
/// <param name="Measure">What it is, e.g. <c>RESTRICTED_MEAN_12</c>; the evaluation's page explains each.</param>
/// <param name="Value">Null where the data do not give it.</param>
/// <param name="Interval">Null where there is none to trust.</param>
/// <param name="N">Clients, or goals in AVAIN, behind it.</param>
/// <param name="Clusters">Municipalities behind it.</param>
public sealed record Estimate(string Measure, double? Value, Interval? Interval, long N, int Clusters)
{
    /// <summary>Two-sided p against no difference; null for what is no comparison.</summary>
    public double? P { get; init; }

    /// <summary>The same as it counts among the secondary outcomes (Holm 1979); null where it is no such.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>Satterthwaite's degrees of freedom; null where no t is used.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>The smallest difference found with a chance of 80 %.</summary>
    public double? SmallestDetectable { get; init; }

    /// <summary>What to know about this one.</summary>
    public string? Note { get; init; }

    /// <summary>A t interval of few municipalities may go beyond what can be; it is cut there.</summary>
    internal Estimate Within(double least, double most) => this with { Interval = Interval?.Within(least, most) };

    internal Estimate AsShare() => Within(0, 1);

    internal Estimate AsShareDifference() => Within(-1, 1);

    internal static Estimate Of(string measure, ClusterEstimate estimate, IReadOnlyList<ClusterSum> clusters) =>
        new(measure, estimate.Estimate, estimate.Interval(), (long)clusters.Sum(it => it.N), clusters.Count)
        {
            DegreesOfFreedom = estimate.DegreesOfFreedom > 0 ? estimate.DegreesOfFreedom : null,
        };
}

/// <summary>A point of a curve.</summary>
/// <param name="Month">Months from the index.</param>
/// <param name="AtRisk">Clients still followed then.</param>
/// <param name="StillOn">Share still on assistance (Kaplan-Meier); of employment, share still waiting.</param>
/// <param name="Exited">Share who have left it; of employment, who have begun (Aalen-Johansen).</param>
/// <param name="Interval">Of the share still on it; null where the curve is 0 or 1, or is followed no more.</param>
public sealed record CurvePoint(int Month, long AtRisk, double StillOn, double Exited, Interval? Interval);

/// <summary>Estimates of one group.</summary>
/// <param name="Label">The group: an arm, a kind of referral, a goal class, a scale or a method.</param>
/// <param name="Arm">Its arm; null where groups are no arms, or the municipality is in none.</param>
public sealed record EvaluationGroup(string Label, StudyArm? Arm, IReadOnlyList<Estimate> Estimates)
{
    /// <summary>The curve, for exits.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];
}

/// <summary>The difference of two groups: the first less the second.</summary>
public sealed record EvaluationComparison(string Label, string Against, IReadOnlyList<Estimate> Estimates);

/// <summary>An evaluation's answer.</summary>
public sealed record EvaluationResult(
    IReadOnlyList<EvaluationGroup> Groups, IReadOnlyList<EvaluationComparison> Comparisons)
{
    /// <summary>The codes of the municipalities that it was asked of, in order.</summary>
    public IReadOnlyList<string> Municipalities { get; init; } = [];

    /// <summary>True from exact sums; false from the tables that everybody may see.</summary>
    public bool IsExact { get; init; }

    /// <summary>Who is not in it, and why; empty where that would tell of few people.</summary>
    public IReadOnlyList<Exclusion> Excluded { get; init; } = [];

    /// <summary>Which groups are not compared, and why.</summary>
    public IReadOnlyList<EvaluationRefusal> Refused { get; init; } = [];

    /// <summary>False where the log went on while it was computed: it may then mix two positions.</summary>
    public bool IsSettled { get; init; } = true;

    /// <summary>True when tables of some municipalities and years hold small cells and are left out.</summary>
    public bool Withheld { get; init; }

    /// <summary>What to know before believing it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The same as a description: subgroups are many, and one of them always differs by chance. Intervals stay, tests
    /// go.
    /// </summary>
    public EvaluationResult WithoutTests() => this with
    {
        Comparisons =
        [
            .. Comparisons.Select(comparison => comparison with
            {
                Estimates =
                [
                    .. comparison.Estimates.Where(it => it.Interval is not null || it.P is null)
                        .Select(it => it with { P = null, AdjustedP = null, SmallestDetectable = null }),
                ],
            }),
        ],
        Notes = [.. Notes, "A subgroup is a description: intervals, and no tests."],
    };
}
