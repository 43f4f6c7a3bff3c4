namespace OsstOrleans.Grains.Client;

/// <summary>What another register said that was known already. The project's own list.</summary>
public enum ConfirmedFact
{
    /// <summary>The basic data.</summary>
    BasicData = 1,

    /// <summary>The municipality.</summary>
    Municipality = 2,

    /// <summary>How the client is reached.</summary>
    ContactDetails = 3,

    /// <summary>The figures of a month on social assistance.</summary>
    BenefitMonth = 4,

    /// <summary>A period in the register of the employment services.</summary>
    EmploymentServicePeriod = 5,

    /// <summary>A time of work or study.</summary>
    Employment = 6,
}

/// <summary>
/// What was known was said again of a later day. Nothing changed but that day: what comes late, of a day between, does
/// not replace it. It leaves the platform no more than what it confirms may.
/// </summary>
/// <param name="Fact">What was confirmed.</param>
/// <param name="Month">The month, of a month's figures.</param>
/// <param name="Standing">How the client stands with the employment services, of a period there.</param>
/// <param name="Kind">The kind of work or study, of a time of it.</param>
/// <param name="StartsOn">The first day of a period.</param>
[StoredAs("client.fact-confirmed", TimelineKind.Registration, StaysInside = true)]
public sealed record FactConfirmed(
    ConfirmedFact Fact, string? Month = null, EmploymentServiceStanding? Standing = null, EmploymentKind? Kind = null,
    DateOnly? StartsOn = null) : IClientEvent;

internal static class ConfirmedFacts
{
    /// <summary>
    /// Only a sender who gives the day is taken at it: a daily file without days would leave an event of each client a
    /// day.
    /// </summary>
    public static Decision Again(FactConfirmed fact, DateOnly? knownOn, Moment moment) =>
        !moment.DayIsAssumed && moment.OccurredOn > knownOn ? Decision.Happened(fact) : Decision.Nothing;

    /// <summary>What a line of basic data leads to, with the confirmation of what it left as it was.</summary>
    public static Decision OfClient(ClientState client, Decision changes, Moment moment)
    {
        if (changes.Rejection is not null)
        {
            return changes;
        }
        var data = changes.Events.Any(happened => happened is ClientDetailsChanged) ? Decision.Nothing
            : Again(new FactConfirmed(ConfirmedFact.BasicData), client.DetailsOn, moment);
        var municipality = client.Closed is not null || changes.Events.Any(happened => happened is ClientMoved)
            ? Decision.Nothing
            : Again(new FactConfirmed(ConfirmedFact.Municipality), client.ResidenceOn, moment);
        return Decision.Happened([.. changes.Events, .. data.Events, .. municipality.Events]);
    }

    public static ClientState Evolve(ClientState client, FactConfirmed happened, DateOnly on) => happened.Fact switch
    {
        ConfirmedFact.BasicData => client with { DetailsOn = on },
        ConfirmedFact.Municipality => client with { ResidenceOn = on },
        ConfirmedFact.ContactDetails => client with
        {
            ContactDetails = client.ContactDetails is { } known ? known with { KnownOn = on } : null,
        },
        ConfirmedFact.BenefitMonth => client with
        {
            BenefitMonths = Known(
                client.BenefitMonths, month => month.Month == happened.Month, month => month with { KnownOn = on }),
        },
        ConfirmedFact.EmploymentServicePeriod => client with
        {
            EmploymentServicePeriods = Known(
                client.EmploymentServicePeriods,
                period => (period.Standing, period.StartsOn) == (happened.Standing, happened.StartsOn),
                period => period with { KnownOn = on }),
        },
        ConfirmedFact.Employment => client with
        {
            EmploymentOutcomes = Known(
                client.EmploymentOutcomes,
                outcome => (outcome.Kind, outcome.StartsOn) == (happened.Kind, happened.StartsOn),
                outcome => outcome with { KnownOn = on }),
        },
        _ => client, // A later version's.
    };

    private static IReadOnlyList<T> Known<T>(IReadOnlyList<T> all, Func<T, bool> isIt, Func<T, T> confirmed) =>
        [.. all.Select(one => isIt(one) ? confirmed(one) : one)];
}
