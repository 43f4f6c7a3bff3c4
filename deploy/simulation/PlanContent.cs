using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>What stands in a simulated plan with AVAIN, and in its review.</summary>
internal static class PlanContent
{
    private static readonly CodedValue AnySocialService = new(CodeSystems.PlannedServices, "1");

    /// <summary>46 <em>Sosiaalityö</em>, one of the two services that have methods.</summary>
    private static readonly CodedValue SocialWork = new(CodeSystems.SocialServices, "46");

    /// <summary>Share of plans and reviews with something that most do not have: a dissenting view, a changed factor.
    /// </summary>
    private const double Seldom = 0.08;

    public static MakePlan PlanFor(Life life, DateOnly nextReviewOn)
    {
        var assumed = life.Assumed.Planning;
        return new MakePlan(
            life.NextPlanId(),
            life.Draw.Chance(assumed.FilledWithClient),
            Phrases.ClientsNeed,
            Phrases.ProfessionalsNeed,
            life.Draw.Chance(Seldom) ? Phrases.Dissent : null,
            nextReviewOn)
        {
            Goals = Goals(life, assumed),
            Services = Services(life, assumed),
            Authors = [life.Worker!.WorkerId],
        };
    }

    public static ReviewPlan ReviewOf(MakePlan plan, Life life, DateOnly nextReviewOn)
    {
        var assumed = life.Assumed.Planning;
        return new ReviewPlan(
            plan.PlanId,
            life.Draw.Chance(assumed.FilledWithClient),
            life.Draw.Of(Phrases.ClientsView),
            life.Draw.Of(Phrases.WorkersAssessment),
            NextReviewOn: nextReviewOn)
        {
            Attainments = [.. plan.Goals.Select(goal => Attained(goal, life, assumed))],
            Services = [.. plan.Services.Select(service => Reviewed(service, life, assumed))],
            Methods = [.. plan.Services.SelectMany(service => service.Methods).Select(method =>
                new MethodReview(method, life.Draw.Of(assumed.Usages)))],
            Authors = [life.Worker!.WorkerId],
        };
    }

    private static ServiceReview Reviewed(PlannedService service, Life life, PlanningAssumptions assumed)
    {
        var usage = life.Draw.Of(assumed.Usages);
        var declines = usage is Usage.NotUsed && life.Draw.Chance(assumed.DeclinesService);
        return new ServiceReview(
            service.Service, usage, service.SocialService,
            Declined: declines ? life.Assumed.Dose.ReasonOf(life) : null);
    }

    private static Goal[] Goals(Life life, PlanningAssumptions assumed) =>
    [
        .. life.Draw.Some(assumed.Goals, life.Draw.Between(1, assumed.MostGoals)).Select(code => new Goal(
            new CodedValue(CodeSystems.LocalGoals, code),
            life.Draw.Chance(assumed.ChangeForBetter) ? GoalScale.ChangeForBetter : GoalScale.PreventWorsening)
        {
            Factors = Factors(life, assumed),
        }),
    ];

    private static GoalFactor[] Factors(Life life, PlanningAssumptions assumed) =>
    [
        .. life.Draw.Some(assumed.Factors, life.Draw.Between(0, assumed.MostFactors)).Select(code => new GoalFactor(
            new CodedValue(CodeSystems.LocalFactors, code),
            life.Draw.Chance(assumed.Hampers) ? FactorEffect.Hampers : FactorEffect.Supports)),
    ];

    private static PlannedService[] Services(Life life, PlanningAssumptions assumed)
    {
        var most = life.Arm is StudyArm.OsstAndEmployment ? assumed.MostMethods.Osst : assumed.MostMethods.Control;
        var methods = life.Draw.Some(assumed.Methods.In(life.Arm), life.Draw.Between(1, most));
        var work = new PlannedService(AnySocialService, SocialWork)
        {
            Methods = [.. methods.Select(code => new CodedValue(CodeSystems.LocalMethods, code))],
        };
        var others = life.Draw.Some(assumed.Services, life.Draw.Between(0, 2));
        return
        [
            work,
            .. others.Select(code => new PlannedService(new CodedValue(CodeSystems.PlannedServices, code))),
        ];
    }

    private static GoalAttainment Attained(Goal goal, Life life, PlanningAssumptions assumed) =>
        new(goal.Code, life.Draw.Of(assumed.Attainments))
        {
            Factors = [.. goal.Factors.Select(factor => life.Draw.Chance(Seldom) ? Turned(factor) : factor)],
        };

    private static GoalFactor Turned(GoalFactor factor) => factor with
    {
        Effect = factor.Effect is FactorEffect.Supports ? FactorEffect.Hampers : FactorEffect.Supports,
    };
}
