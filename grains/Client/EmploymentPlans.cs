using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>A step that an employment plan agrees on.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="StartsOn">When it is to begin, where agreed; may lie ahead.</param>
/// <param name="Description">In words.</param>
public sealed record EmploymentStep(EmploymentKind Kind, DateOnly? StartsOn = null, PersonalText? Description = null);

/// <summary>
/// Makes an employment plan (<em>työllistymissuunnitelma</em>). The OSST models aimed to let the social worker make
/// plans and decisions that belong to the employment services. For social workers and coordinators.
/// </summary>
/// <param name="PlanId">The caller's identifier, unique among the client's employment plans.</param>
/// <param name="ValidUntil">The last day it holds, where agreed.</param>
/// <param name="Note">The worker's words.</param>
public sealed record MakeEmploymentPlan(string PlanId, DateOnly? ValidUntil = null, PersonalText? Note = null)
    : IClientCommand
{
    /// <summary>The steps agreed on, in order; at least one.</summary>
    public IReadOnlyList<EmploymentStep> Steps { get; init => field = value ?? []; } = [];
}

/// <summary>
/// Records the social worker's decision on a service of employment (työllistymistä edistävää palvelua koskeva päätös).
/// For social workers and coordinators.
/// </summary>
/// <param name="DecisionId">The caller's identifier, unique among the client's employment decisions.</param>
/// <param name="Kind">On what.</param>
/// <param name="Granted">Granted, or refused.</param>
/// <param name="StartsOn">From when it holds; may lie ahead.</param>
/// <param name="EndsOn">Until when.</param>
/// <param name="PlanId">The employment plan that it follows, when it follows one.</param>
/// <param name="Grounds">The grounds, in the worker's words; required (hallintolaki 45 §).</param>
public sealed record RecordEmploymentDecision(
    string DecisionId,
    EmploymentKind Kind,
    bool Granted,
    PersonalText Grounds,
    DateOnly? StartsOn = null,
    DateOnly? EndsOn = null,
    string? PlanId = null) : IClientCommand;

/// <summary>An employment plan was made.</summary>
[StoredAs("client.employment-plan-made", TimelineKind.Employment, Correctable = true, Words = WordClass.Matter)]
public sealed record EmploymentPlanMade(string PlanId, DateOnly? ValidUntil, PersonalText? Note) : IClientEvent
{
    /// <summary>The steps agreed on.</summary>
    public IReadOnlyList<EmploymentStep> Steps { get; init => field = value ?? []; } = [];
}

/// <summary>A decision on a service of employment was made.</summary>
[StoredAs("client.employment-decision-made", TimelineKind.Employment, Correctable = true, Words = WordClass.Matter)]
public sealed record EmploymentDecisionMade(
    string DecisionId, EmploymentKind Kind, bool Granted, PersonalText Grounds, DateOnly? StartsOn, DateOnly? EndsOn,
    string? PlanId) : IClientEvent;

/// <summary>An employment plan and its day.</summary>
public sealed record EmploymentPlan(EmploymentPlanMade Made, DateOnly MadeOn);

/// <summary>A decision and its day.</summary>
public sealed record EmploymentDecision(EmploymentDecisionMade Made, DateOnly MadeOn);

internal static class EmploymentPlans
{
    public static Decision Make(ClientState client, MakeEmploymentPlan command, Moment moment)
    {
        var refused = Require.Id(command.PlanId, "planId")
            ?? Require.Some(command.Steps, "steps")
            ?? Require.Each(
                command.Steps,
                "steps",
                (step, at) => Require.Member(step.Kind, $"{at}.kind")
                    ?? Require.Planned(step.StartsOn, moment, $"{at}.startsOn")
                    ?? Require.Text(step.Description, $"{at}.description"))
            ?? Require.Period(moment.OccurredOn, command.ValidUntil, "validUntil")
            ?? Require.Planned(command.ValidUntil, moment, "validUntil")
            ?? Require.Text(command.Note, "note");
        return refused is not null ? refused
            : client.EmploymentPlans.Any(known => known.Made.PlanId == command.PlanId)
                ? Refuse.Step(PlanIdTaken, "planId", "Another employment plan of this client has this identifier.")
            : client.EmploymentPlans.Count >= Limits.Plans ? Refuse.Limit("planId", Limits.Plans)
            : Decision.Happened(
                new EmploymentPlanMade(command.PlanId, command.ValidUntil, command.Note) { Steps = command.Steps });
    }

    public static Decision Decide(ClientState client, RecordEmploymentDecision command, Moment moment)
    {
        var refused = Require.Id(command.DecisionId, "decisionId")
            ?? Require.Member(command.Kind, "kind")
            ?? Require.Words(command.Grounds, "grounds")
            ?? Require.Planned(command.StartsOn, moment, "startsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn")
            ?? Require.Period(command.StartsOn ?? moment.OccurredOn, command.EndsOn, "endsOn")
            ?? Require.OptionalId(command.PlanId, "planId")
            ?? (command.PlanId is null || client.EmploymentPlans.Any(known => known.Made.PlanId == command.PlanId)
                ? null
                : Refuse.Step(EmploymentPlanUnknown, "planId", "This client has no such employment plan."));
        return refused is not null ? refused
            : client.EmploymentDecisions.Any(known => known.Made.DecisionId == command.DecisionId)
                ? Refuse.Step(DecisionIdTaken, "decisionId", "Another decision of this client has this identifier.")
            : client.EmploymentDecisions.Count >= Limits.EmploymentOutcomes
                ? Refuse.Limit("decisionId", Limits.EmploymentOutcomes)
            : Decision.Happened(new EmploymentDecisionMade(
                command.DecisionId, command.Kind, command.Granted, command.Grounds, command.StartsOn, command.EndsOn,
                command.PlanId));
    }

    public static ClientState Evolve(ClientState client, EmploymentPlanMade happened, DateOnly on) => client with
    {
        EmploymentPlans = [.. client.EmploymentPlans, new EmploymentPlan(happened, on)],
    };

    public static ClientState Evolve(ClientState client, EmploymentDecisionMade happened, DateOnly on) => client with
    {
        EmploymentDecisions = [.. client.EmploymentDecisions, new EmploymentDecision(happened, on)],
    };
}
