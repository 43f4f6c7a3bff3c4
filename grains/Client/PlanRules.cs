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

    public static Rejection? Goals(IReadOnlyList<Goal> goals, Moment moment) =>
        Require.Each(goals, "goals", (goal, at) => Goal(goal, moment, at))
        ?? Require.Distinct(goals, goal => goal.Code, "goals");

    public static Rejection? Services(IReadOnlyList<PlannedService> services, Moment moment) =>
        Require.Each(services, "services", (service, at) => Service(service, moment, at))
        ?? Require.Distinct(services, service => (service.Service, service.SocialService), "services");

    public static Rejection? Authors(IReadOnlyList<string> authors) =>
        Require.Some(authors, "authors")
        ?? Require.Each(authors, "authors", Require.Id)
        ?? Require.Distinct(authors, author => author, "authors");

    public static Rejection? Factors(IReadOnlyList<GoalFactor> factors, Moment moment, string field) =>
        Require.Each(
            factors,
            field,
            (factor, at) => Require.Code(factor.Factor, CodedFields.Factor, moment, $"{at}.factor")
                ?? Require.Member(factor.Effect, $"{at}.effect"))
        ?? Require.Distinct(factors, factor => factor.Factor, field);

    public static Rejection? SocialService(
        CodedValue service, CodedValue? socialService, Moment moment, string field) =>
        Require.Code(service, CodedFields.PlannedService, moment, $"{field}.service")
        ?? Require.OptionalCode(socialService, CodedFields.SocialService, moment, $"{field}.socialService")
        ?? (socialService is not null && service != AnySocialService
            ? Refuse.Field(
                SocialServiceNotAllowed, $"{field}.socialService", "Only service 1 (Sosiaalipalvelut) is specified so.")
            : null);

    public static Rejection? NextReview(DateOnly? nextReviewOn, Moment moment) =>
        nextReviewOn < moment.OccurredOn
            ? Refuse.Field(NextReviewTooEarly, "nextReviewOn", "The next review lies before the day that agrees on it.")
            : Require.Planned(nextReviewOn, moment, "nextReviewOn");

    private static Rejection? Goal(Goal goal, Moment moment, string field) =>
        Require.Code(goal.Code, CodedFields.Goal, moment, $"{field}.code")
        ?? (moment.Codes.IsMainClass(goal.Code)
            ? Refuse.Field(GoalNotLeaf, $"{field}.code", "A main class is not a goal: choose one of its subclasses.")
            : null)
        ?? Require.OptionalMember(goal.Scale, $"{field}.scale")
        ?? Require.Text(goal.Description, $"{field}.description")
        ?? Factors(goal.Factors, moment, $"{field}.factors");

    private static Rejection? Service(PlannedService planned, Moment moment, string field) =>
        SocialService(planned.Service, planned.SocialService, moment, field)
        ?? Require.OptionalCode(planned.ServiceTask, CodedFields.ServiceTask, moment, $"{field}.serviceTask")
        ?? Require.Text(planned.Description, $"{field}.description")
        ?? Require.Text(planned.FurtherInformation, $"{field}.furtherInformation")
        ?? Require.Text(planned.ClientsSuggestion, $"{field}.clientsSuggestion")
        ?? Require.Text(planned.EstimatedPeriod, $"{field}.estimatedPeriod")
        ?? (planned.Methods.Count > 0 && !HasMethods(planned.SocialService)
            ? Refuse.Field(
                MethodNotAllowed, $"{field}.methods", "Only Sosiaalityö (46) and Sosiaaliohjaus (45) have methods.")
            : null)
        ?? Require.Each(
            planned.Methods, $"{field}.methods", (method, at) => Require.Code(method, CodedFields.Method, moment, at))
        ?? Require.Distinct(planned.Methods, method => method, $"{field}.methods");

    private static bool HasMethods(CodedValue? socialService) =>
        socialService is { } given && ServicesWithMethods.Contains(given);
}
