using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Takes a client's basic data as another system has them now. An unknown client is registered; a known one gets the
/// new data and municipality. It is one command, so a line that is refused has changed nothing.
/// </summary>
/// <param name="Person">The basic data.</param>
/// <param name="Registers">Whether an unknown client is registered; otherwise the command is refused.</param>
public sealed record ImportClient(RegisterClient Person, bool Registers) : IClientCommand, ICarriedOut;

/// <summary>
/// Takes a referral as another system sends it. An unknown client is registered in the same command: both happen, or
/// neither.
/// </summary>
/// <param name="Referral">The referral.</param>
/// <param name="Municipality">
/// Whose register the sender takes the client for; one of another register is refused. Null when the sender does not
/// say.
/// </param>
/// <param name="Person">The basic data to register an unknown client with; null to register none.</param>
public sealed record ImportReferral(ReceiveReferral Referral, string? Municipality, RegisterClient? Person)
    : IClientCommand, ICarriedOut;

/// <summary>Takes a month on social assistance for a client of the register that the sender names.</summary>
/// <param name="Month">The month.</param>
/// <param name="Municipality">Whose register the sender takes the client for; one of another register is refused.
/// </param>
public sealed record ImportBenefitMonth(RecordBenefitMonth Month, string Municipality) : IClientCommand, ICarriedOut;

/// <summary>
/// Takes a period from the register of the employment services for a client of the register that the sender names.
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="Municipality">Whose register the sender takes the client for; one of another register is refused.
/// </param>
public sealed record ImportServicePeriod(RecordEmploymentServicePeriod Period, string Municipality)
    : IClientCommand, ICarriedOut;

internal static class ImportedLines
{
    public static Decision Take(ClientState client, ImportClient line, Moment moment)
    {
        if (client.RegisteredOn is null && !line.Registers)
        {
            return Refuse.NotRegistered("client");
        }
        var registered = ClientDecider.Decide(client, line.Person, moment);
        if (registered.Rejection?.Code != AlreadyRegistered)
        {
            return registered;
        }
        var person = line.Person;
        return Together(
            client, moment,
            new ChangeClientDetails(
                person.LastName, person.FirstNames, person.BirthYear, person.PersonalIdentityCode,
                person.TemporaryIdentifier),
            new MoveToMunicipality(person.Municipality));
    }

    public static Decision Take(ClientState client, ImportReferral line, Moment moment) =>
        client.RegisteredOn is null
            ? line.Person is { } person ? Together(client, moment, person, line.Referral)
                : Refuse.NotRegistered("client")
        : Elsewhere(client, line.Municipality) is { } elsewhere ? elsewhere
        : ClientDecider.Decide(client, line.Referral, moment);

    public static Decision Take(ClientState client, ImportBenefitMonth line, Moment moment) =>
        Elsewhere(client, line.Municipality) is { } elsewhere ? elsewhere : Benefits.Record(client, line.Month, moment);

    public static Decision Take(ClientState client, ImportServicePeriod line, Moment moment) =>
        Elsewhere(client, line.Municipality) is { } elsewhere ? elsewhere
        : ServicePeriods.Record(client, line.Period, moment);

    private static Rejection? Elsewhere(ClientState client, string? municipality) =>
        municipality is null || municipality == client.Municipality
            ? null
            : Refuse.Step(OtherMunicipality, "municipality", "This client is in another municipality's register.");

    /// <summary>What all the commands lead to, one after the other; the first refusal refuses them all.</summary>
    private static Decision Together(ClientState client, Moment moment, params ReadOnlySpan<IClientCommand> commands)
    {
        var events = new List<IEvent>();
        foreach (var command in commands)
        {
            var decision = ClientDecider.Decide(client, command, moment);
            if (decision.Rejection is { } refused)
            {
                return refused;
            }
            foreach (var happened in decision.Events)
            {
                events.Add(happened);
                client = ClientDecider.Evolve(client, happened, moment.OccurredOn);
            }
        }
        return Decision.Happened([.. events]);
    }
}
