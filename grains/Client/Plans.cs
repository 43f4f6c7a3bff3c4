using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Makes a client plan with AVAIN (<em>työikäisten palvelujen asiakassuunnitelma</em>, Sosmeta 1506.15020). It becomes
/// the current plan; the one before stays in the history.
/// </summary>
/// <param name="PlanId">The caller's identifier, unique within the client.</param>
/// <param name="FilledWithClient">True when filled with the client present: AVAIN's reliability depends on it.</param>
/// <param name="ClientsView">The client's own view of the need for services.</param>
/// <param name="ProfessionalsView">The professional's view, kept apart from the client's.</param>
/// <param name="DissentingViews"><em>Eriävät näkemykset</em>.</param>
/// <param name="NextReviewOn">
/// The agreed day of review; without it the municipality's interval says when it is due.
/// </param>
/// <param name="Details">The further fields of the national structure.</param>
public sealed record MakePlan(
    string PlanId,
    bool FilledWithClient,
    PersonalText? ClientsView = null,
    PersonalText? ProfessionalsView = null,
    PersonalText? DissentingViews = null,
    DateOnly? NextReviewOn = null,
    PlanDetails? Details = null) : IClientCommand
{
    /// <summary>Goals of the current plan that go on in this one, by their codes, with scale and factors.</summary>
    public IReadOnlyList<CodedValue> CarriedForward { get; init => field = value ?? []; } = [];

    /// <summary>The goals set; at least one, or one carried forward.</summary>
    public IReadOnlyList<Goal> Goals { get; init => field = value ?? []; } = [];

    /// <summary>The services by which the goals are to be reached.</summary>
    public IReadOnlyList<PlannedService> Services { get; init => field = value ?? []; } = [];

    /// <summary>Worker ids of those who drew it up (<em>laatijat</em>); at least one.</summary>
    public IReadOnlyList<string> Authors { get; init => field = value ?? []; } = [];
}

/// <summary>A plan was made.</summary>
[StoredAs("client.plan-made", TimelineKind.Plan, Correctable = true, Words = WordClass.Matter)]
public sealed record PlanMade(
    string PlanId,
    bool FilledWithClient,
    PersonalText? ClientsView,
    PersonalText? ProfessionalsView,
    PersonalText? DissentingViews,
    DateOnly? NextReviewOn,
    PlanDetails? Details = null) : IClientEvent
{
    /// <summary>Those of the goals that came from the plan before, by their codes.</summary>
    public IReadOnlyList<CodedValue> CarriedForward { get; init => field = value ?? []; } = [];

    /// <summary>The goals set, those carried forward among them.</summary>
    public IReadOnlyList<Goal> Goals { get; init => field = value ?? []; } = [];

    /// <summary>The services by which the goals are to be reached.</summary>
    public IReadOnlyList<PlannedService> Services { get; init => field = value ?? []; } = [];

    /// <summary>Worker ids of those who drew it up.</summary>
    public IReadOnlyList<string> Authors { get; init => field = value ?? []; } = [];
}

/// <summary>A plan, the day it was made and its reviews, oldest first.</summary>
public sealed record Plan(PlanMade Made, DateOnly MadeOn)
{
    /// <summary>The reviews of this plan, oldest first; what was once assessed is never changed.</summary>
    public IReadOnlyList<Review> Reviews { get; init => field = value ?? []; } = [];

    /// <summary>The day of the latest review; null when there was none.</summary>
    internal DateOnly? LatestReviewOn => Reviews.Count == 0 ? null : Reviews[^1].ReviewedOn;
}

internal static class Plans
{
    public static Decision Make(ClientState client, MakePlan command, Moment moment)
    {
        var refused = Require.Id(command.PlanId, "planId")
            ?? (command.CarriedForward.Count == 0 ? Require.Some(command.Goals, "goals") : null)
            ?? PlanRules.Goals(command.Goals, moment)
            ?? PlanRules.Services(command.Services, moment)
            ?? PlanDetailsRules.Check(command.Details, moment, "details")
            ?? PlanRules.Authors(command.Authors)
            ?? Require.Text(command.ClientsView, "clientsView")
            ?? Require.Text(command.ProfessionalsView, "professionalsView")
            ?? Require.Text(command.DissentingViews, "dissentingViews")
            ?? PlanRules.NextReview(command.NextReviewOn, moment)
            ?? Makeable(client, command.PlanId, moment)
            ?? CarriedForward.Check(client, command, moment);
        return refused is not null ? refused : Decision.Happened(
            new PlanMade(
                command.PlanId,
                command.FilledWithClient,
                command.ClientsView,
                command.ProfessionalsView,
                command.DissentingViews,
                command.NextReviewOn,
                command.Details)
            {
                CarriedForward = command.CarriedForward,
                Goals = Client.CarriedForward.Together(client, command),
                Services = command.Services,
                Authors = command.Authors,
            });
    }

    public static ClientState Evolve(ClientState client, PlanMade happened, DateOnly on) => client with
    {
        Plans = [.. client.Plans, new Plan(happened, on)],
    };

    private static Rejection? Makeable(ClientState client, string planId, Moment moment) =>
        client.Plans.Any(plan => plan.Made.PlanId == planId)
            ? Refuse.Step(PlanIdTaken, "planId", "Another plan of this client has this identifier.")
        : client.Assessment is not { Assessed.Clientship: true }
            ? Refuse.Step(PlanWithoutClientship, "planId", "No assessment has found a client relationship.")
        : moment.OccurredOn < client.CurrentPlan?.MadeOn
            ? Refuse.Field(PlanBeforePreviousPlan, "occurredOn", "The current plan was made after this day.")
        : client.Plans.Count >= Limits.Plans ? Refuse.Limit("planId", Limits.Plans)
        : null;
}
