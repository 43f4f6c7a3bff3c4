namespace OsstOrleans.Grains.Caseload;

/// <summary>By what a table of caseloads counts: the municipality, or a live metric.</summary>
public enum CaseloadDimension
{
    /// <summary>The register.</summary>
    Municipality = 1,

    /// <summary>Where the client stands.</summary>
    Status = 2,

    /// <summary>The age band of the day's calendar year.</summary>
    AgeBand = 3,

    /// <summary>The reason of the current referral.</summary>
    Reason = 4,

    /// <summary>The assigned worker.</summary>
    Worker = 5,

    /// <summary>A method in the current plan.</summary>
    Method = 6,

    /// <summary>What is late.</summary>
    Overdue = 7,
}
