using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>The rules that plans and reviews share: goals, factors, services and methods of AVAIN.</summary>
internal static class PlanRules
{
    /// <summary>Code B 1 <em>Sosiaalipalvelut</em>, which a <em>sosiaalipalvelu</em> specifies.</summary>
    private static readonly CodedValue AnySocialService = new(CodeSystems.PlannedServices, "1");

    /// <summary>45 <em>Sosiaaliohjaus</em> and 46 <em>Sosiaalityö</em>: the services that have methods.</summary>
    private static readonly CodedValue[] ServicesWithMethods =
        [new(CodeSystems.SocialServices, "45"), new(CodeSystems.SocialServices, "46")];

    public static Rejection? Goals(IReadOnlyList<Goal> goals) =>
        Require.Some(goals, "goals")
        ?? Require.Each(goals, "goals", Goal)
        ?? Require.Distinct(goals, goal => goal.Code, "goals");

    public static Rejection? Services(IReadOnlyList<PlannedService> services) =>
        Require.Each(services, "services", Service)
        ?? Require.Distinct(services, service => (service.Service, service.SocialService), "services");

    public static Rejection? Authors(IReadOnlyList<string> authors) =>
        Require.Some(authors, "authors")
        ?? Require.Each(authors, "authors", Require.Id)
        ?? Require.Distinct(authors, author => author, "authors");

    public static Rejection? Factors(IReadOnlyList<GoalFactor> factors, string field) =>
        Require.Each(
            factors,
            field,
            (factor, at) => Require.Code(factor.Factor, CodedFields.Factor, $"{at}.factor")
                ?? Require.Member(factor.Effect, $"{at}.effect"))
        ?? Require.Distinct(factors, factor => factor.Factor, field);

    public static Rejection? SocialService(CodedValue service, CodedValue? socialService, string field) =>
        Require.Code(service, CodedFields.PlannedService, $"{field}.service")
        ?? Require.OptionalCode(socialService, CodedFields.SocialService, $"{field}.socialService")
        ?? (socialService is not null && service != AnySocialService
            ? Refuse.Field(
                SocialServiceNotAllowed, $"{field}.socialService", "Only service 1 (Sosiaalipalvelut) is specified so.")
            : null);

    public static Rejection? NextReview(DateOnly? nextReviewOn, Moment moment) =>
        nextReviewOn < moment.OccurredOn
            ? Refuse.Field(NextReviewTooEarly, "nextReviewOn", "The next review lies before the day that agrees on it.")
            : Require.Planned(nextReviewOn, moment, "nextReviewOn");

    private static Rejection? Goal(Goal goal, string field) =>
        Require.Code(goal.Code, CodedFields.Goal, $"{field}.code")
        ?? (CodeSystems.IsMainClass(goal.Code)
            ? Refuse.Field(GoalNotLeaf, $"{field}.code", "A main class is not a goal: choose one of its subclasses.")
            : null)
        ?? Require.OptionalMember(goal.Scale, $"{field}.scale")
        ?? Require.Text(goal.Description, $"{field}.description")
        ?? Factors(goal.Factors, $"{field}.factors");

    private static Rejection? Service(PlannedService planned, string field) =>
        SocialService(planned.Service, planned.SocialService, field)
        ?? Require.Text(planned.Description, $"{field}.description")
        ?? (planned.Methods.Count > 0 && !HasMethods(planned.SocialService)
            ? Refuse.Field(
                MethodNotAllowed, $"{field}.methods", "Only Sosiaalityö (46) and Sosiaaliohjaus (45) have methods.")
            : null)
        ?? Require.Each(
            planned.Methods, $"{field}.methods", (method, at) => Require.Code(method, CodedFields.Method, at))
        ?? Require.Distinct(planned.Methods, method => method, $"{field}.methods");

    private static bool HasMethods(CodedValue? socialService) =>
        socialService is { } given && ServicesWithMethods.Contains(given);
}
