using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>
/// From the referral to the first meeting. All assumptions; published is only that letters and phone calls often fail
/// and that need-based referrals attend more often than reduction-based ones (stm.fi, 10.12.2018; no percentages).
/// </summary>
public sealed record ReachingAssumptions
{
    /// <summary>Calendar days from the referral to the first attempt, and between attempts.</summary>
    public (int Least, int Most) DaysToAttempt { get; init; } = (1, 14);

    /// <summary>Attempts before the worker gives up.</summary>
    public int MostAttempts { get; init; } = 4;

    /// <summary>Channels of contact; OSST models reached out more (published as a means, not as a share).</summary>
    public ByArm<ContactChannel> Channels { get; init; } = new(
        [new(ContactChannel.Letter, 40), new(ContactChannel.Phone, 38), new(ContactChannel.Visit, 9),
            new(ContactChannel.Outreach, 3), new(ContactChannel.PeerExpert, 4), new(ContactChannel.YouthWork, 2),
            new(ContactChannel.DropInCentre, 4)],
        [new(ContactChannel.Letter, 50), new(ContactChannel.Phone, 43), new(ContactChannel.Visit, 4),
            new(ContactChannel.Outreach, 2), new(ContactChannel.YouthWork, 1)]);

    /// <summary>Probability that one attempt reaches the client, whatever the channel and the arm.</summary>
    public double Reached { get; init; } = 0.45;

    /// <summary>Calendar days from the contact to the agreed meeting.</summary>
    public (int Least, int Most) DaysToMeeting { get; init; } = (3, 21);

    /// <summary>Places of meetings; OSST models preferred to meet outside the office (Kuopio, 29.5.2019).</summary>
    public ByArm<MeetingSetting> Settings { get; init; } = new(
        [new(MeetingSetting.Office, 45), new(MeetingSetting.ClientsHome, 20), new(MeetingSetting.DropInCentre, 15),
            new(MeetingSetting.Remote, 8), new(MeetingSetting.Elsewhere, 12)],
        [new(MeetingSetting.Office, 80), new(MeetingSetting.ClientsHome, 8), new(MeetingSetting.Remote, 10),
            new(MeetingSetting.Elsewhere, 2)]);

    /// <summary>Probability that a booked meeting is attended, after a need-based referral.</summary>
    public double NeedBasedAttendance { get; init; } = 0.75;

    /// <summary>The same after a reduction-based referral; lower, as published, by an assumed amount.</summary>
    public double ReductionBasedAttendance { get; init; } = 0.50;

    /// <summary>The same after any other referral.</summary>
    public double OtherAttendance { get; init; } = 0.62;

    /// <summary>Share of meetings not attended that the client cancels (Y30).</summary>
    public double CancelledByClient { get; init; } = 0.30;

    /// <summary>Share of meetings not attended that the organisation cancels (Y32); the others are no-shows.</summary>
    public double CancelledByOrganisation { get; init; } = 0.08;

    /// <summary>Probability that a new time is booked after a meeting that was not attended.</summary>
    public double BookedAgain { get; init; } = 0.70;

    /// <summary>First meetings booked at most.</summary>
    public int MostBookings { get; init; } = 3;

    /// <summary>Probability that the matter of a client who was not met is closed.</summary>
    public double ClosedWhenNotMet { get; init; } = 0.70;

    /// <summary>Calendar days from the last attempt to that closing.</summary>
    public (int Least, int Most) DaysToClosing { get; init; } = (14, 60);

    /// <summary>Probability that a closed matter is opened again by a new referral, once at most.</summary>
    public double Reopened { get; init; } = 0.10;

    /// <summary>Calendar days from the closing to the reopening.</summary>
    public (int Least, int Most) DaysToReopening { get; init; } = (30, 180);

    /// <summary>Who sends the second referral.</summary>
    public IReadOnlyList<Share<ReferralSource>> LaterSources { get; init; } =
        [new(ReferralSource.ClientOwnContact, 36), new(ReferralSource.EmploymentServices, 32),
            new(ReferralSource.OtherAuthority, 22), new(ReferralSource.DropInCentre, 10)];

    internal double AttendanceAfter(ReferralReason reason) => reason switch
    {
        ReferralReason.Need => NeedBasedAttendance,
        ReferralReason.Reduction20 or ReferralReason.Reduction40 => ReductionBasedAttendance,
        _ => OtherAttendance,
    };
}
