using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Municipality;

/// <summary>A municipality as folded from its events.</summary>
public sealed record MunicipalityState
{
    /// <summary>Review interval until the municipality sets its own, in calendar days.</summary>
    public const int DefaultReviewIntervalDays = 90;

    /// <summary>Target for the first contact until the municipality sets its own, in calendar days.</summary>
    public const int DefaultFirstContactTargetDays = 7;

    /// <summary>No register shows others a smaller group; what it chooses is a multiple of it.</summary>
    public const int LeastGroup = 5;

    /// <summary>The most that a register may choose for it.</summary>
    public const int LargestGroup = 100;

    /// <summary>The registration; null until there is one.</summary>
    public MunicipalityRegistered? Registered { get; init; }

    /// <summary>The day of registration.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>
    /// Periods in the study's arms, by rising first day, never overlapping. They follow from <see cref="Exposures"/>
    /// where there are any.
    /// </summary>
    public IReadOnlyList<ArmPeriod> Arms { get; init; } = [];

    /// <summary>Which experiments ran when, by rising first day.</summary>
    public IReadOnlyList<Exposure> Exposures { get; init; } = [];

    /// <summary>Months of registers that are here completely, by source and month; no two of a source touch.</summary>
    public IReadOnlyList<CoveredMonths> Coverage { get; init; } = [];

    /// <summary>What published statistics say, by measure and month; at most one number for each.</summary>
    public IReadOnlyList<PanelValue> Panel { get; init; } = [];

    /// <summary>Where data of the register's clients come from, in the order it was said.</summary>
    public IReadOnlyList<DataSource> DataSources { get; init => field = value ?? []; } = [];

    /// <summary>The responsible worker's identifier (<em>vastuutyöntekijä</em>).</summary>
    public string? ResponsibleWorkerId { get; init; }

    /// <summary>The social workers now in the experiment.</summary>
    public IReadOnlyList<SocialWorker> SocialWorkers { get; init; } = [];

    /// <summary>The register's staff: who signs in as which worker, and in which teams.</summary>
    public IReadOnlyList<StaffMember> Staff { get; init; } = [];

    /// <summary>
    /// The register has said who its staff is: from then on none is a worker by the name of a sign-in alone, also when
    /// the last one is removed.
    /// </summary>
    public bool KeepsStaff { get; init; }

    /// <summary>Who stands in for whom; those that are over may be left out.</summary>
    public IReadOnlyList<Substitution> Substitutions { get; init; } = [];

    /// <summary>Who has which role for the register's data, and who would when it is confirmed.</summary>
    public IReadOnlyList<Right> Rights { get; init; } = [];

    /// <summary>Integrations that hold for all registers, and for this one no more.</summary>
    public IReadOnlyList<KeptOut> KeptOut { get; init => field = value ?? []; } = [];

    /// <summary>The register grants rights itself: tokens are cut to them.</summary>
    public bool KeepsRights { get; init; }

    /// <summary>Work beyond the office, by month and method.</summary>
    public IReadOnlyList<WorkDone> Work { get; init; } = [];

    /// <summary>What was decided on methods, by rising first day.</summary>
    public IReadOnlyList<MethodDecision> MethodDecisions { get; init => field = value ?? []; } = [];

    /// <summary>Interviews of professionals, in the order they were recorded.</summary>
    public IReadOnlyList<Interview> Interviews { get; init; } = [];

    /// <summary>Money by purpose.</summary>
    public IReadOnlyList<FundingBalance> Funding { get; init; } = [];

    /// <summary>How many hand-overs and merges were decided: each has the number of its decision.</summary>
    public long Decisions { get; init; }

    /// <summary>Calendar days after which a plan's review is due.</summary>
    public int ReviewIntervalDays { get; init; } = DefaultReviewIntervalDays;

    /// <summary>Calendar days within which a referred client should be contacted.</summary>
    public int FirstContactTargetDays { get; init; } = DefaultFirstContactTargetDays;

    /// <summary>The smallest group of people that others than the own staff may see in figures (k).</summary>
    public int SmallestGroup { get; init; } = LeastGroup;

    /// <summary>Which days count in time limits in working days.</summary>
    public WorkingDays WorkingDays { get; init; }

    /// <summary>The most clients with an open matter that one worker may have; null for no limit.</summary>
    public int? CaseloadLimit { get; init; }

    /// <summary>When clients who agree are reminded of meetings; null where they are not.</summary>
    public MeetingReminders? MeetingReminders { get; init; }

    /// <summary>Hand-overs, the newest last.</summary>
    public IReadOnlyList<CaseloadHandOver> HandOvers { get; init; } = [];

    /// <summary>Merges of duplicates, the newest last.</summary>
    public IReadOnlyList<DuplicateMerge> Merges { get; init; } = [];

    /// <summary>Hand-overs and merges that were decided and are not carried out yet: the one list of them.</summary>
    public (IReadOnlyList<CaseloadHandOver> HandOvers, IReadOnlyList<DuplicateMerge> Merges) OpenWork() =>
    (
        [.. HandOvers.Where(handOver => handOver.EndedOn is null)],
        [.. Merges.Where(merge => merge.Outcome is MergeOutcome.UnderWay)]
    );

    /// <summary>True while something that was decided is not carried out.</summary>
    public bool HasOpenWork() => OpenWork() is not ([], []);

    /// <summary>The arm on a day; null when the municipality was in none.</summary>
    public StudyArm? ArmOn(DateOnly day)
    {
        foreach (var period in Arms)
        {
            if (period.StartsOn <= day && (period.EndsOn is null || day <= period.EndsOn))
            {
                return period.Arm;
            }
        }
        return null;
    }
}
