namespace OsstOrleans.Grains.Client;

/// <summary>
/// How the client stands with the employment services (<em>TE-palvelut</em>). Their own code list is not known here:
/// these are the matters that the assessment of working-age people names (Sosmeta 1506.1012, <em>työelämä</em>).
/// </summary>
public enum EmploymentServiceStanding
{
    /// <summary>Registered as a jobseeker (<em>työnhakijana TE-toimistossa</em>).</summary>
    Jobseeker = 1,

    /// <summary>Unemployed (<em>työttömyys</em>).</summary>
    Unemployed = 2,

    /// <summary>Without unemployment benefit for a fixed time (<em>karenssi</em>).</summary>
    WaitingPeriod = 3,

    /// <summary>Must work or study before benefit is paid again (<em>työssäolovelvoite</em>).</summary>
    WorkObligation = 4,
}

/// <summary>
/// Records a period from the register of the employment services. Periods from before the client's registration are
/// welcome: the experiment is for people who have been unemployed for long. The same standing and first day again
/// replaces the last day, unless that is known of a later day.
/// </summary>
/// <param name="Standing">How the client stands with the employment services.</param>
/// <param name="StartsOn">The period's first day; not in the future.</param>
/// <param name="EndsOn">Its last day, where known; may lie ahead.</param>
public sealed record RecordEmploymentServicePeriod(
    EmploymentServiceStanding Standing, DateOnly StartsOn, DateOnly? EndsOn = null) : IClientCommand;

/// <summary>A period became known, or its last day did.</summary>
[StoredAs("client.employment-service-period-recorded", TimelineKind.Employment, Correctable = true)]
public sealed record EmploymentServicePeriodRecorded(
    EmploymentServiceStanding Standing, DateOnly StartsOn, DateOnly? EndsOn, DateOnly? KnownOn = null) : IClientEvent;

/// <summary>A period in the register of the employment services; its last day belongs to it.</summary>
/// <param name="KnownOn">The day of which it is known.</param>
public sealed record EmploymentServicePeriod(
    EmploymentServiceStanding Standing, DateOnly StartsOn, DateOnly? EndsOn, DateOnly KnownOn);

internal static class ServicePeriods
{
    public static Decision Record(ClientState client, RecordEmploymentServicePeriod command, Moment moment)
    {
        var refused = Require.Member(command.Standing, "standing")
            ?? Require.Past(command.StartsOn, moment, "startsOn")
            ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn");
        if (refused is not null)
        {
            return refused;
        }
        var period = new EmploymentServicePeriodRecorded(command.Standing, command.StartsOn, command.EndsOn);
        return Find(client, period) switch
        {
            { } known when known.EndsOn == command.EndsOn => ConfirmedFacts.Again(
                new FactConfirmed(
                    ConfirmedFact.EmploymentServicePeriod, Standing: command.Standing, StartsOn: command.StartsOn),
                known.KnownOn, moment),
            { } known when Require.NotSuperseded(known.KnownOn, moment) is { } superseded => superseded,
            null when client.EmploymentServicePeriods.Count >= Limits.EmploymentServicePeriods =>
                Refuse.Limit("standing", Limits.EmploymentServicePeriods),
            _ => Decision.Happened(period),
        };
    }

    public static ClientState Evolve(ClientState client, EmploymentServicePeriodRecorded happened, DateOnly on)
    {
        var known = Find(client, happened);
        return client with
        {
            EmploymentServicePeriods =
            [
                .. client.EmploymentServicePeriods.Where(other => other != known),
                new EmploymentServicePeriod(
                    happened.Standing, happened.StartsOn, happened.EndsOn, happened.KnownOn ?? on),
            ],
        };
    }

    private static EmploymentServicePeriod? Find(ClientState client, EmploymentServicePeriodRecorded period) =>
        client.EmploymentServicePeriods.FirstOrDefault(
            known => known.Standing == period.Standing && known.StartsOn == period.StartsOn);
}
