using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Reviews the current plan (<em>suunnitelman arviointi</em>): exactly one attainment for each of its goals, and the
/// views that must be kept apart by 703/2023 42 §.
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
[StoredAs("client.plan-reviewed", TimelineKind.Plan, Correctable = true, Words = WordClass.Matter)]
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

internal static class Reviews
{
    public static Decision Record(ClientState client, ReviewPlan command, Moment moment)
    {
        var refused = Reviewable(client, command.PlanId, moment)
            ?? Require.Each(
                command.Attainments, "attainments", (attainment, at) => Attained(client, attainment, moment, at))
            ?? Require.Distinct(command.Attainments, attainment => attainment.Goal, "attainments")
            ?? Complete(client.CurrentPlan!, command.Attainments)
            ?? Services(command.Services, moment)
            ?? Methods(command.Methods, moment)
            ?? PlanRules.Authors(command.Authors)
            ?? Require.Words(command.ClientsView, "clientsView")
            ?? Require.Words(command.WorkersAssessment, "workersAssessment")
            ?? Require.Text(command.OthersView, "othersView")
            ?? PlanRules.NextReview(command.NextReviewOn, moment);
        return refused is not null ? refused : Decision.Happened(
            new PlanReviewed(
                command.PlanId,
                command.FilledWithClient,
                command.ClientsView,
                command.WorkersAssessment,
                command.OthersView,
                command.NextReviewOn)
            {
                Attainments = command.Attainments,
                Services = command.Services,
                Methods = command.Methods,
                Authors = command.Authors,
            });
    }

    public static ClientState Evolve(ClientState client, PlanReviewed happened, DateOnly on) => client with
    {
        Plans =
        [
            .. client.Plans.Select(plan => plan.Made.PlanId == happened.PlanId
                ? plan with { Reviews = [.. plan.Reviews, new Review(happened, on)] }
                : plan),
        ],
    };

    private static Rejection? Reviewable(ClientState client, string planId, Moment moment) => client.CurrentPlan switch
    {
        null => Refuse.Step(ReviewWithoutPlan, "planId", "There is no plan to review."),
        { } plan when plan.Made.PlanId != planId =>
            Refuse.Step(PlanNotCurrent, "planId", "This is not the client's current plan."),
        { } plan when moment.OccurredOn < plan.MadeOn || moment.OccurredOn < plan.LatestReviewOn =>
            Refuse.Field(ReviewTooEarly, "occurredOn", "The plan or its latest review was made after this day."),
        { Reviews.Count: >= Limits.Reviews } => Refuse.Limit("planId", Limits.Reviews),
        _ => null,
    };

    private static Rejection? Attained(
        ClientState client, GoalAttainment attainment, Moment moment, string field) =>
        (client.CurrentPlan!.Made.Goals.Any(goal => goal.Code == attainment.Goal)
            ? null
            : Refuse.Step(GoalNotInPlan, $"{field}.goal", "The plan has no such goal."))
        ?? Require.Member(attainment.Attainment, $"{field}.attainment")
        ?? Require.Text(attainment.Assessment, $"{field}.assessment")
        ?? PlanRules.Factors(attainment.Factors, moment, $"{field}.factors");

    /// <summary>Every goal gets a judgement, also "not assessed": a goal that was left out would look attained.
    /// </summary>
    private static Rejection? Complete(Plan plan, IReadOnlyList<GoalAttainment> attainments) =>
        plan.Made.Goals.All(goal => attainments.Any(attainment => attainment.Goal == goal.Code))
            ? null
            : Refuse.Field(AttainmentMissing, "attainments", "Each goal of the plan has exactly one attainment.");

    private static Rejection? Services(IReadOnlyList<ServiceReview> services, Moment moment) =>
        Require.Each(
            services,
            "services",
            (service, at) => PlanRules.SocialService(service.Service, service.SocialService, moment, at)
                ?? Require.Member(service.Usage, $"{at}.usage")
                ?? Require.Text(service.Description, $"{at}.description")
                ?? Dose.Declined(
                    service.Declined, service.Usage is Usage.NotUsed, $"{at}.declined",
                    "Only a service that was not used can have been declined."))
        ?? Require.Distinct(services, service => (service.Service, service.SocialService), "services");

    private static Rejection? Methods(IReadOnlyList<MethodReview> methods, Moment moment) =>
        Require.Each(
            methods,
            "methods",
            (method, at) => Require.Code(method.Method, CodedFields.Method, moment, $"{at}.method")
                ?? Require.Member(method.Usage, $"{at}.usage")
                ?? Require.Text(method.Description, $"{at}.description"))
        ?? Require.Distinct(methods, method => method.Method, "methods");
}
