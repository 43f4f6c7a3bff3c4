namespace OsstOrleans.Simulation;

/// <summary>Staff, drop-in centres and groups. All assumptions, except where marked.</summary>
public sealed record CentreAssumptions
{
    /// <summary>Workers of a municipality; the largest have the most.</summary>
    public (int Least, int Most) Workers { get; init; } = (3, 12);

    /// <summary>THL's training days. Published: five (board decision 187 §). Assumption: the dates.</summary>
    public IReadOnlyList<DateOnly> TrainingDays { get; init; } =
    [
        new(2018, 2, 14), new(2018, 4, 11), new(2018, 6, 6), new(2018, 9, 19), new(2018, 11, 14),
    ];

    /// <summary>Probability that a worker of the OSST arm attends one of them.</summary>
    public double AttendsTraining { get; init; } = 0.85;

    /// <summary>
    /// Visits on one opening day. Four days at the most are 116, so that the published peak of 117 visits in a week
    /// (Kemijärvi, stm.fi 10.12.2018) stays the peak.
    /// </summary>
    public (int Least, int Most) DailyVisits { get; init; } = (8, 29);

    /// <summary>The same in a side village; its real visits are not known.</summary>
    public (int Least, int Most) DailyVisitsInVillage { get; init; } = (3, 12);

    /// <summary>Participants of a group's weekly session.</summary>
    public (int Least, int Most) Participants { get; init; } = (3, 11);

    /// <summary>Probability that a group meets in a week.</summary>
    public double SessionHeld { get; init; } = 0.8;

    /// <summary>Peer experts and volunteers who help on a day, at most.</summary>
    public int MostHelpers { get; init; } = 2;

    /// <summary>Probability that a client who was met consents to have visits kept, where there is a centre.</summary>
    public double Consents { get; init; } = 0.2;

    /// <summary>Visits kept of such a client, at most.</summary>
    public int MostVisitsKept { get; init; } = 6;

    /// <summary>Probability that the consent is withdrawn later.</summary>
    public double WithdrawsConsent { get; init; } = 0.04;
}
