namespace OsstOrleans.Grains.Client;

/// <summary>
/// Reviews the current plan (<em>suunnitelman arviointi</em>): exactly one attainment for each of its goals, and the
/// views that 703/2023 42 § wants kept apart.
/// </summary>
/// <param name="PlanId">The plan under review; it must be the current one.</param>
/// <param name="FilledWithClient">True when filled with the client present.</param>
/// <param name="ClientsView">The client's view of how the goals were realised; required.</param>
/// <param name="WorkersAssessment">The worker's own assessment; required.</param>
/// <param name="OthersView">The other participants' views; absent when there were no others.</param>
/// <param name="NextReviewOn">The agreed day of the next review.</param>
public sealed record ReviewPlan(
    string PlanId,
    bool FilledWithClient,
    PersonalText ClientsView,
    PersonalText WorkersAssessment,
    PersonalText? OthersView = null,
    DateOnly? NextReviewOn = null) : IClientCommand
{
    /// <summary>One attainment for each goal of the plan.</summary>
    public IReadOnlyList<GoalAttainment> Attainments { get; init => field = value ?? []; } = [];

    /// <summary>The services used and not used; each at most once.</summary>
    public IReadOnlyList<ServiceReview> Services { get; init => field = value ?? []; } = [];

    /// <summary>The methods used and not used; each at most once.</summary>
    public IReadOnlyList<MethodReview> Methods { get; init => field = value ?? []; } = [];

    /// <summary>Worker ids of those who drew it up; at least one.</summary>
    public IReadOnlyList<string> Authors { get; init => field = value ?? []; } = [];
}

/// <summary>The current plan was reviewed.</summary>
public sealed record PlanReviewed(
    string PlanId,
    bool FilledWithClient,
    PersonalText ClientsView,
    PersonalText WorkersAssessment,
    PersonalText? OthersView,
    DateOnly? NextReviewOn) : IClientEvent
{
    /// <summary>One attainment for each goal of the plan.</summary>
    public IReadOnlyList<GoalAttainment> Attainments { get; init => field = value ?? []; } = [];

    /// <summary>The services used and not used.</summary>
    public IReadOnlyList<ServiceReview> Services { get; init => field = value ?? []; } = [];

    /// <summary>The methods used and not used.</summary>
    public IReadOnlyList<MethodReview> Methods { get; init => field = value ?? []; } = [];

    /// <summary>Worker ids of those who drew it up.</summary>
    public IReadOnlyList<string> Authors { get; init => field = value ?? []; } = [];
}

/// <summary>A review and its day.</summary>
public sealed record Review(PlanReviewed Reviewed, DateOnly ReviewedOn);
