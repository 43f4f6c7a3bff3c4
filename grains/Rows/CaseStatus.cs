namespace OsstOrleans.Grains.Rows;

/// <summary>Where a client stands, derived from the row; the furthest step reached wins.</summary>
public enum CaseStatus
{
    /// <summary>Known to the municipality, no referral yet.</summary>
    Registered = 0,

    /// <summary>A referral was received, and no attempt to reach the client was recorded.</summary>
    Referred = 1,

    /// <summary>The municipality decided not to investigate the referral.</summary>
    NotInvestigated = 2,

    /// <summary>At least one contact attempt.</summary>
    Contacted = 3,

    /// <summary>A meeting is booked.</summary>
    MeetingBooked = 4,

    /// <summary>The client was met.</summary>
    Met = 5,

    /// <summary>The need for service was assessed and led to clientship (asiakkuus).</summary>
    Assessed = 6,

    /// <summary>The need for service was assessed and led to no clientship.</summary>
    NoClientship = 7,

    /// <summary>A client plan with AVAIN goals is in force.</summary>
    InPlan = 8,

    /// <summary>The matter is closed (asian sulkeminen).</summary>
    Closed = 9,
}

/// <summary>What is late.</summary>
public enum OverdueKind
{
    /// <summary>No contact attempt within the municipality's own target after the referral.</summary>
    Contact = 0,

    /// <summary>The plan's review is due.</summary>
    Review = 1,

    /// <summary>A booked meeting's day has passed without a recorded outcome.</summary>
    MeetingOutcome = 2,
}
