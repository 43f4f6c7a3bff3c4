using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>
/// From the assessment to the closing. All assumptions, the same in every arm except the methods and the place of
/// meeting: attainment, usage, work and closing must not look like an effect of the experiment. Codes are those of
/// <c>grains/Codes</c>, most of them placeholders of lists that are not known.
/// </summary>
public sealed record PlanningAssumptions
{
    /// <summary>Calendar days from the first meeting to the finished assessment.</summary>
    public (int Least, int Most) DaysToAssessment { get; init; } = (0, 28);

    /// <summary>Needs found in an assessment, at most.</summary>
    public int MostNeeds { get; init; } = 3;

    /// <summary>How long a need lasts.</summary>
    public IReadOnlyList<Share<SupportDuration>> Durations { get; init; } =
        [new(SupportDuration.Temporary, 35), new(SupportDuration.Repeated, 30), new(SupportDuration.LongTerm, 35)];

    /// <summary>Probability that the assessment leads to a client relationship (<em>asiakkuus</em>).</summary>
    public double Clientship { get; init; } = 0.75;

    /// <summary>Share of assessments without a client relationship in which the client declined help.</summary>
    public double DeclinesHelp { get; init; } = 0.3;

    /// <summary>Share of services not used that the client declined.</summary>
    public double DeclinesService { get; init; } = 0.4;

    /// <summary>Probability that a client relationship leads to a plan.</summary>
    public double Plan { get; init; } = 0.85;

    /// <summary>Calendar days from the assessment to the plan.</summary>
    public (int Least, int Most) DaysToPlan { get; init; } = (3, 35);

    /// <summary>
    /// Probability that a plan or review is filled with the client. Published is only that some were not (Kivipelto
    /// and Blomgren, Seinäjoki).
    /// </summary>
    public double FilledWithClient { get; init; } = 0.85;

    /// <summary>Goals of a plan, at most.</summary>
    public int MostGoals { get; init; } = 3;

    /// <summary>Goals, codes of <c>local:avain-goals</c>.</summary>
    public IReadOnlyList<Share<string>> Goals { get; init; } =
    [
        new("FINANCES_SUBSISTENCE", 18), new("WORKING_LIFE_PATH", 18), new("LIFE_MANAGEMENT_EVERYDAY", 14),
        new("HEALTH_CARE", 9), new("RELATIONS_PARTICIPATION", 9), new("FINANCES_DEBTS", 7), new("HOUSING_SECURE", 7),
        new("EDUCATION_STUDIES", 5), new("HEALTH_WELLBEING", 5), new("SUBSTANCES_REDUCE", 4),
        new("REHABILITATION_TAKE_PART", 4),
    ];

    /// <summary>Share of goals that aim at a change for the better; the others prevent worsening.</summary>
    public double ChangeForBetter { get; init; } = 0.75;

    /// <summary>Situational factors of a goal, at most.</summary>
    public int MostFactors { get; init; } = 2;

    /// <summary>Situational factors, codes of <c>local:situational-factors</c>.</summary>
    public IReadOnlyList<Share<string>> Factors { get; init; } =
    [
        new("FINANCES", 20), new("HEALTH", 20), new("RELATIONS", 15), new("LIFE_MANAGEMENT", 15),
        new("WORKING_LIFE", 10), new("HOUSING", 8), new("SUBSTANCES", 7), new("EDUCATION", 5),
    ];

    /// <summary>Share of factors that hamper; the others support.</summary>
    public double Hampers { get; init; } = 0.6;

    /// <summary>Methods, codes of <c>local:osst-methods</c>. The arms differ in how the work is done.</summary>
    public ByArm<string> Methods { get; init; } = new(
        [new("INTENSIVE_INDIVIDUAL_WORK", 40), new("GROUP_ACTIVITY", 20), new("NETWORK_WORK", 15),
            new("COMMUNITY_WORK", 12), new("PEER_EXPERT_ACTIVITY", 9), new("STRUCTURAL_SOCIAL_WORK", 4)],
        [new("INTENSIVE_INDIVIDUAL_WORK", 45), new("NETWORK_WORK", 45), new("GROUP_ACTIVITY", 10)]);

    /// <summary>Methods of a plan at most: in the OSST arm, and in the controls.</summary>
    public (int Osst, int Control) MostMethods { get; init; } = (3, 1);

    /// <summary>Services beside social work, codes B of planned services.</summary>
    public IReadOnlyList<Share<string>> Services { get; init; } =
    [
        new("20", 30), new("3", 20), new("8", 12), new("22", 10),
        new("19", 8), new("5", 8), new("2", 7), new("15", 5),
    ];

    /// <summary>Calendar days from a plan to its review, and between reviews; the agreed day lies at 90.</summary>
    public (int Least, int Most) DaysToReview { get; init; } = (75, 125);

    /// <summary>Probability that a review is held; the others stay overdue.</summary>
    public double ReviewHeld { get; init; } = 0.80;

    /// <summary>Reviews of a client at most.</summary>
    public int MostReviews { get; init; } = 4;

    /// <summary>Attainment of a goal at a review.</summary>
    public IReadOnlyList<Share<Attainment>> Attainments { get; init; } =
        [new(Attainment.Attained, 28), new(Attainment.Partly, 40), new(Attainment.NotAttained, 24),
            new(Attainment.NotAssessed, 8)];

    /// <summary>Whether a planned service or method was used.</summary>
    public IReadOnlyList<Share<Usage>> Usages { get; init; } =
        [new(Usage.Used, 68), new(Usage.NotUsed, 22), new(Usage.NotKnown, 10)];

    /// <summary>Probability of a new plan after a review.</summary>
    public double NewPlan { get; init; } = 0.15;

    /// <summary>Probability of a further meeting between plan and review, and of one more after each; attendance as for
    /// the first.</summary>
    public double FurtherMeeting { get; init; } = 0.7;

    /// <summary>Probability of moving to another municipality between two reviews.</summary>
    public double Moves { get; init; } = 0.02;

    /// <summary>Probability that the matter is closed after a review.</summary>
    public double Closed { get; init; } = 0.22;

    /// <summary>Why a matter with a plan is closed.</summary>
    public IReadOnlyList<Share<ClosingReason>> ClosingReasons { get; init; } =
        [new(ClosingReason.GoalsReached, 40), new(ClosingReason.OtherService, 25), new(ClosingReason.ClientsWish, 25),
            new(ClosingReason.Other, 10)];

    /// <summary>Probability that a client with a plan begins work or study.</summary>
    public double Employment { get; init; } = 0.2;

    /// <summary>The same of one without a plan, counted from the referral.</summary>
    public double EmploymentWithoutPlan { get; init; } = 0.1;

    /// <summary>What begins.</summary>
    public IReadOnlyList<Share<EmploymentKind>> EmploymentKinds { get; init; } =
        [new(EmploymentKind.RehabilitativeWork, 40), new(EmploymentKind.WorkTrial, 18),
            new(EmploymentKind.SubsidisedWork, 15), new(EmploymentKind.OpenLabourMarket, 14),
            new(EmploymentKind.Study, 12), new(EmploymentKind.Entrepreneurship, 1)];

    /// <summary>Calendar days from the plan to that beginning, and from it to its end.</summary>
    public (int Least, int Most) EmploymentDays { get; init; } = (30, 240);
}
