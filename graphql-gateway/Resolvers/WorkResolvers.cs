using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Work beyond the office: totals by method and month, interviews, employment plans and decisions.</summary>
internal sealed class WorkResolvers(Platform platform, CentreResolvers centres)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "workTotals", Totals)
        .Object<WorkTotals>("WorkTotals").Object<WorkTotal>("WorkTotal")
        .Batch<MunicipalityView, IReadOnlyList<Interview>>("Municipality", "interviews", Interviews)
        .Object<Interview>("Interview").Object<InterviewNote>("InterviewNote")
        .Plain<ClientView, IReadOnlyList<EmploymentPlan>>("Client", "employmentPlans", c => c.State.EmploymentPlans)
        .Plain<ClientView, IReadOnlyList<EmploymentDecision>>(
            "Client", "employmentDecisions", c => c.State.EmploymentDecisions)
        .Object<EmploymentPlan>("EmploymentPlan").Object<EmploymentStep>("EmploymentStep")
        .Plain<EmploymentPlan, string>("EmploymentPlan", "planId", p => p.Made.PlanId)
        .Plain<EmploymentPlan, DateOnly?>("EmploymentPlan", "validUntil", p => p.Made.ValidUntil)
        .Plain<EmploymentPlan, Grains.PersonalText?>("EmploymentPlan", "note", p => p.Made.Note)
        .Plain<EmploymentPlan, IReadOnlyList<EmploymentStep>>("EmploymentPlan", "steps", p => p.Made.Steps)
        .Object<EmploymentDecision>("EmploymentDecision")
        .Plain<EmploymentDecision, string>("EmploymentDecision", "decisionId", d => d.Made.DecisionId)
        .Plain<EmploymentDecision, EmploymentKind>("EmploymentDecision", "kind", d => d.Made.Kind)
        .Plain<EmploymentDecision, bool>("EmploymentDecision", "granted", d => d.Made.Granted)
        .Plain<EmploymentDecision, Grains.PersonalText?>("EmploymentDecision", "grounds", d => d.Made.Grounds)
        .Plain<EmploymentDecision, DateOnly?>("EmploymentDecision", "startsOn", d => d.Made.StartsOn)
        .Plain<EmploymentDecision, DateOnly?>("EmploymentDecision", "endsOn", d => d.Made.EndsOn)
        .Plain<EmploymentDecision, string?>("EmploymentDecision", "planId", d => d.Made.PlanId);

    private async ValueTask<WorkTotals> Totals(FieldCall call)
    {
        var (from, to) = (call.Arguments.GetOrDefault<string>("from"), call.Arguments.GetOrDefault<string>("to"));
        var caller = call.Caller();
        var totals = new WorkTotals();
        foreach (var code in (call.MunicipalitiesAsked(platform)
            ?? platform.Caseloads.Codes).Distinct(StringComparer.Ordinal))
        {
            var exact = AccessPolicy.SeesExactFigures(caller, code);
            totals.Add(platform.Caseloads.MunicipalityOf(code)?.Work ?? [], from, to, exact);
            foreach (var centre in await centres.FindAll(call, platform.KnownGrains.CentresIn(code)))
            {
                totals.Add(centre.State.Work, from, to, exact);
            }
        }
        return totals;
    }

    private static ValueTask<IReadOnlyList<IReadOnlyList<Interview>>> Interviews(
        IReadOnlyList<MunicipalityView> municipalities, FieldCall call)
    {
        for (var i = 0; i < municipalities.Count; i++)
        {
            if (!AccessPolicy.MayReadInterviews(call.Caller(), municipalities[i].Code))
            {
                call.Fail(i, CallerOf.Forbidden("reading these interviews"));
            }
        }
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<Interview>>>(
            [.. municipalities.Select(m => m.State.Interviews)]);
    }
}
