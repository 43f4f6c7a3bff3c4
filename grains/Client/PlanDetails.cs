using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Client;

/// <summary>A negotiation in which the plan was made with the client (<em>tiedot neuvottelusta</em>).</summary>
/// <param name="HeldOn"><em>Päivämäärä</em>; not after the plan.</param>
/// <param name="Place"><em>Paikka</em>.</param>
/// <param name="Participants"><em>Osallistujat</em>.</param>
public sealed record PlanNegotiation(DateOnly HeldOn, PersonalText? Place = null, PersonalText? Participants = null);

/// <summary>
/// The plan's further fields, as the national structure (Sosmeta 1506.15020) has them; each may be left out.
/// </summary>
/// <param name="Situation"><em>Kuvaus asiakkaan tilanteesta</em>: situation, strengths, resources.</param>
/// <param name="CurrentServicesDescription">The services the client has now, in words.</param>
/// <param name="OthersView">The view of those close to the client and of others, apart from the other two.</param>
/// <param name="ProvidersResponsibilities"><em>Palvelunantajat ja heidän vastuunsa</em>.</param>
/// <param name="PrivatePersonsTasks"><em>Yksityishenkilöt ja heidän tehtävänsä</em>.</param>
/// <param name="MeetingsWithOwnWorker"><em>Asiakkaan ja omatyöntekijän tapaamiset</em>: how often.</param>
/// <param name="RightsExplained">True when the client's rights were explained (<em>selvitys oikeuksista</em>).</param>
/// <param name="RightsExplainedHow">How.</param>
/// <param name="AgreedSteps"><em>Sovitut jatkotoimet</em>.</param>
/// <param name="EstimatedDuration"><em>Arvio asiakkuuden kestosta</em>.</param>
/// <param name="ReviewTime">The agreed time of the review's day, <c>HH:mm</c>.</param>
/// <param name="ReviewPeriod">When the review is, where no day is agreed, such as a month (ajankohta).</param>
/// <param name="ReviewPlace">Where the review is.</param>
/// <param name="Distribution"><em>Jakelu</em>.</param>
public sealed record PlanDetails(
    PersonalText? Situation = null,
    PersonalText? CurrentServicesDescription = null,
    PersonalText? OthersView = null,
    PersonalText? ProvidersResponsibilities = null,
    PersonalText? PrivatePersonsTasks = null,
    PersonalText? MeetingsWithOwnWorker = null,
    bool? RightsExplained = null,
    PersonalText? RightsExplainedHow = null,
    PersonalText? AgreedSteps = null,
    PersonalText? EstimatedDuration = null,
    string? ReviewTime = null,
    PersonalText? ReviewPeriod = null,
    PersonalText? ReviewPlace = null,
    PersonalText? Distribution = null)
{
    /// <summary>
    /// <em>Palvelut, joita asiakas tällä hetkellä saa</em>: codes A. The same number means another service in codes B.
    /// </summary>
    public IReadOnlyList<CodedValue> CurrentServices { get; init => field = value ?? []; } = [];

    /// <summary>The negotiations in which the plan was made.</summary>
    public IReadOnlyList<PlanNegotiation> Negotiations { get; init => field = value ?? []; } = [];
}

internal static class PlanDetailsRules
{
    public static Rejection? Check(PlanDetails? details, Moment moment, string field) => details is null ? null
        : Require.Each(
                details.CurrentServices,
                $"{field}.currentServices",
                (service, at) => Require.Code(service, CodedFields.CurrentService, moment, at))
            ?? Require.Distinct(details.CurrentServices, service => service, $"{field}.currentServices")
            ?? Require.Each(details.Negotiations, $"{field}.negotiations", (held, at) => Negotiation(held, moment, at))
            ?? Require.TimeOfDay(details.ReviewTime, $"{field}.reviewTime")
            ?? Texts(details).Select(text => Require.Text(text.Words, $"{field}.{text.Name}"))
                .FirstOrDefault(refused => refused is not null);

    private static Rejection? Negotiation(PlanNegotiation held, Moment moment, string field) =>
        Require.Past(held.HeldOn, moment, $"{field}.heldOn")
        ?? (held.HeldOn > moment.OccurredOn
            ? Refuse.Field(RejectionCodes.NegotiationAfterPlan, $"{field}.heldOn", "The plan was made before this day.")
            : null)
        ?? Require.OneLine(held.Place, $"{field}.place")
        ?? Require.Text(held.Participants, $"{field}.participants");

    private static IEnumerable<(PersonalText? Words, string Name)> Texts(PlanDetails details) =>
    [
        (details.Situation, "situation"),
        (details.CurrentServicesDescription, "currentServicesDescription"),
        (details.OthersView, "othersView"),
        (details.ProvidersResponsibilities, "providersResponsibilities"),
        (details.PrivatePersonsTasks, "privatePersonsTasks"),
        (details.MeetingsWithOwnWorker, "meetingsWithOwnWorker"),
        (details.RightsExplainedHow, "rightsExplainedHow"),
        (details.AgreedSteps, "agreedSteps"),
        (details.EstimatedDuration, "estimatedDuration"),
        (details.ReviewPeriod, "reviewPeriod"),
        (details.ReviewPlace, "reviewPlace"),
        (details.Distribution, "distribution"),
    ];
}
