using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>Which clients of a caseload are meant; every part that is set must hold.</summary>
public sealed record CaseloadFilter
{
    /// <summary>All clients.</summary>
    public static CaseloadFilter All { get; } = new();

    public CaseStatus? Status { get; init; }

    /// <summary>The reason of the current referral.</summary>
    public ReferralReason? Reason { get; init; }

    public AgeBand? AgeBand { get; init; }

    public string? WorkerId { get; init; }

    /// <summary>A method in the current plan.</summary>
    public CodedValue? Method { get; init; }

    public OverdueKind? Overdue { get; init; }

    /// <summary>The current referral was received on or after this day.</summary>
    public DateOnly? ReceivedFrom { get; init; }

    /// <summary>The current referral was received on or before this day.</summary>
    public DateOnly? ReceivedTo { get; init; }

    /// <summary>The study arm of the client's municipality today.</summary>
    public StudyArm? Arm { get; init; }

    /// <summary>Only clients who are this caller's matter; all of the register when null.</summary>
    public Standing? SeenBy { get; init; }

    /// <summary>Only clients whose words are kept: no work is done with one who was erased.</summary>
    public bool IsKept { get; init; }

    /// <summary>True when no client is left out, so standing counters answer.</summary>
    public bool TakesAll => this with { Arm = null } == All;
}

/// <summary>Age bands by calendar year: a person's age is the year's number minus the birth year.</summary>
public static class AgeBands
{
    public static AgeBand Of(int birthYear, int year) => (year - birthYear) switch
    {
        < 18 => AgeBand.Under18,
        < 25 => AgeBand.From18To24,
        < 40 => AgeBand.From25To39,
        < 65 => AgeBand.From40To64,
        _ => AgeBand.Over64,
    };
}
