namespace OsstOrleans.Dashboard.Questions;

/// <summary>Estimates of one question, and what is needed to repeat them.</summary>
public sealed record EvaluationAnswer(
    DefinitionAnswer Definition, IReadOnlyList<GroupAnswer> Groups, IReadOnlyList<ComparisonAnswer> Comparisons,
    IReadOnlyList<ExclusionAnswer> Excluded, bool Withheld, IReadOnlyList<string> Notes)
{
    /// <summary>False from released tables: exits by quarter, whole years alone.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>Groups that are not compared, and why.</summary>
    public IReadOnlyList<NotComparedAnswer> Refused { get; init; } = [];

    /// <summary>Of which municipalities it was asked.</summary>
    public IReadOnlyList<string> Municipalities { get; init; } = [];

    public GroupAnswer? Group(string label) => Groups.FirstOrDefault(one => one.Label == label);
}

/// <summary>What was asked: with its position of the log it gives the same digits again.</summary>
public sealed record DefinitionAnswer(
    string Subject, int Version, string From, string To, int GapMonths, SeenAnswer AsOf,
    IReadOnlyList<CoverageAnswer> Coverage);

/// <summary>A municipality of whose registers some months are complete.</summary>
public sealed record CoverageAnswer(string Municipality);

/// <summary>Estimates of an arm, a kind of referral, or a class of goals.</summary>
public sealed record GroupAnswer(
    string Label, string? Arm, IReadOnlyList<EstimateAnswer> Estimates, IReadOnlyList<CurvePointAnswer>? Curve)
{
    public EstimateAnswer? Of(string measure) => Estimates.FirstOrDefault(one => one.Measure == measure);
}

/// <summary>The first group less the second.</summary>
public sealed record ComparisonAnswer(string Label, string Against, IReadOnlyList<EstimateAnswer> Estimates)
{
    public EstimateAnswer? Of(string measure) => Estimates.FirstOrDefault(one => one.Measure == measure);
}

/// <summary>One estimate; null where the data do not give it, and without an interval where there is none to trust.
/// </summary>
public sealed record EstimateAnswer(
    string Measure, double? Estimate, IntervalAnswer? Interval, long N, int Clusters, double? P,
    double? DegreesOfFreedom, double? SmallestDetectable, string? Note)
{
    /// <summary>The p as it counts among the secondary outcomes; null where it is no such.</summary>
    public double? AdjustedP { get; init; }
}

public sealed record IntervalAnswer(double Low, double High, double Level, string Method);

/// <summary>A point of a curve of those who are still on assistance.</summary>
public sealed record CurvePointAnswer(
    int Month, long AtRisk, double StillOn, double Exited, IntervalAnswer? Interval = null);

/// <summary>So many are left out, and why.</summary>
public sealed record ExclusionAnswer(string Reason, string? Arm, long Count);

/// <summary>Two groups are not compared, and why.</summary>
public sealed record NotComparedAnswer(string Label, string Against, string Reason);
