using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Takes a client's basic data as another system has them now. An unknown client is registered; a known one gets the
/// new data and municipality; one whose matter is closed stays in the register that closed it. It is one command, so a
/// line that is refused has changed nothing.
/// </summary>
/// <param name="Person">The basic data.</param>
/// <param name="Registers">Whether an unknown client is registered; otherwise the command is refused.</param>
public sealed record ImportClient(RegisterClient Person, bool Registers) : IClientCommand, IImportedLine;

/// <summary>
/// Takes a referral as another system sends it. An unknown client is registered, and where the
/// matter is closed a new one begins, in the same command: both happen, or neither.
/// </summary>
/// <param name="Referral">The referral.</param>
/// <param name="Municipality">
/// Whose register the sender takes the client for; one of another register is refused. Null when the sender does not
/// say.
/// </param>
/// <param name="Person">The basic data to register an unknown client with; null to register none.</param>
public sealed record ImportReferral(ReceiveReferral Referral, string? Municipality, RegisterClient? Person)
    : IClientCommand, IImportedLine;

/// <summary>Takes a month on social assistance for a client of the register that the sender names.</summary>
/// <param name="Month">The month.</param>
/// <param name="Municipality">Whose register the sender takes the client for; one of another register is refused.
/// </param>
public sealed record ImportBenefitMonth(RecordBenefitMonth Month, string Municipality) : IClientCommand, IImportedLine;

/// <summary>
/// Takes a period from the register of the employment services for a client of the register that the sender names.
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="Municipality">Whose register the sender takes the client for; one of another register is refused.
/// </param>
public sealed record ImportServicePeriod(RecordEmploymentServicePeriod Period, string Municipality)
    : IClientCommand, IImportedLine;

internal static class ImportedLines
{
    public static Decision Take(ClientState client, ImportClient line, Moment moment) =>
        client.RegisteredOn is null
            ? line.Registers ? ClientDecider.Decide(client, line.Person, moment) : Refuse.NotRegistered("client")
        : (Merging.NotMerged(client, line) ?? AnotherPerson(client, line.Person)
            ?? Wrong(Data(client, line.Person), moment) ?? Earlier(client, moment)) is { } refused ? refused
        : ConfirmedFacts.OfClient(
            client, Newer(client, moment, Move(client, line.Person), Data(client, line.Person)), moment);

    public static Decision Take(ClientState client, ImportReferral line, Moment moment) =>
        client.RegisteredOn is null
            ? line.Person is { } person ? Together(client, moment, person, line.Referral)
                : Refuse.NotRegistered("client")
        : (Merging.NotMerged(client, line) ?? Elsewhere(client, line.Municipality)
            ?? (line.Person is { } known ? AnotherPerson(client, known) : null)) is { } refused ? refused
        : client.Closed is not null && Referrals.Find(client, line.Referral.ReferralId) is null
            ? Together(client, moment, new ReopenMatter(NewMatter: true), line.Referral)
        // One that arrived before another that registered the client is as true as that one.
        : Referrals.Receive(client, line.Referral, moment);

    public static Decision Take(ClientState client, ImportBenefitMonth line, Moment moment) =>
        Elsewhere(client, line.Municipality) is { } elsewhere ? elsewhere : Benefits.Record(client, line.Month, moment);

    public static Decision Take(ClientState client, ImportServicePeriod line, Moment moment) =>
        Elsewhere(client, line.Municipality) is { } elsewhere ? elsewhere
        : ServicePeriods.Record(client, line.Period, moment);

    /// <summary>
    /// An identifier that means two people, or a line about the wrong one, must not turn a client into another person.
    /// Who was known by a temporary identifier or an artificial code may get a code; another change is a worker's.
    /// </summary>
    private static Rejection? AnotherPerson(ClientState client, RegisterClient person) =>
        Code(client.Registered?.PersonalIdentityCode) is { } known
        && Code(person.PersonalIdentityCode) is { } code
        && code != known && !PersonalIdentityCode.IsArtificial(known)
            ? Refuse.Field(
                IdentityCodeDiffers, "personalIdentityCode",
                "This client is known with another identity code; a worker changes it.")
            : null;

    /// <summary>Data of a day before the registration are older than those of the registration.</summary>
    private static Rejection? Earlier(ClientState client, Moment moment) =>
        Require.NotSuperseded(client.RegisteredOn, moment, DetailsTooEarly);

    /// <summary>A sender that knows a temporary identifier alone does not take the identity code away.</summary>
    private static ChangeClientDetails Data(ClientState client, RegisterClient person)
    {
        var keepsCode = Code(person.PersonalIdentityCode) is null
            && Code(client.Registered?.PersonalIdentityCode) is not null;
        return new ChangeClientDetails(
            person.LastName, person.FirstNames, person.BirthYear,
            keepsCode ? client.Registered!.PersonalIdentityCode : person.PersonalIdentityCode,
            keepsCode ? null : person.TemporaryIdentifier);
    }

    /// <summary>The records of a closed matter stay in the register that closed it.</summary>
    private static MoveToMunicipality Move(ClientState client, RegisterClient person) =>
        new(client.Closed is null ? person.Municipality : client.Municipality);

    private static string? Code(PersonalText? text) => text is { IsEmpty: false } given ? given.Reveal() : null;

    private static Rejection? Elsewhere(ClientState client, string? municipality) =>
        municipality is null || municipality == client.Municipality
            ? null
            : Refuse.OtherRegister with { Field = "municipality" };

    private static Rejection? Wrong(ChangeClientDetails data, Moment moment) => Registration.Details(
        data.LastName, data.FirstNames, data.BirthYear, data.PersonalIdentityCode, data.TemporaryIdentifier, moment);

    /// <summary>What all the commands lead to, one after the other; the first refusal refuses them all.</summary>
    private static Decision Together(
        ClientState client, Moment moment, params ReadOnlySpan<IClientCommand> commands) =>
        InTurn(client, moment, static _ => false, commands);

    /// <summary>
    /// What those of the commands lead to that say something newer than what is known. Name and municipality have days
    /// of their own: a line that comes late for one of them may still bring the other. Any other refusal refuses all.
    /// </summary>
    private static Decision Newer(ClientState client, Moment moment, params ReadOnlySpan<IClientCommand> commands) =>
        InTurn(client, moment, static refused => refused.Code is MoveTooEarly or DetailsTooEarly, commands);

    private static Decision InTurn(
        ClientState client, Moment moment, Func<Rejection, bool> leavesOut, ReadOnlySpan<IClientCommand> commands)
    {
        var (events, leftOut) = (new List<IEvent>(), new List<Rejection>());
        foreach (var command in commands)
        {
            var decision = ClientDecider.Decide(client, command, moment);
            if (decision.Rejection is { } refused)
            {
                if (!leavesOut(refused))
                {
                    return refused;
                }
                leftOut.Add(refused);
            }
            foreach (var happened in decision.Events)
            {
                events.Add(happened);
                client = ClientDecider.Evolve(client, happened, moment.OccurredOn);
            }
        }
        return events.Count == 0 && leftOut is [var first, ..] ? first : Decision.Happened([.. events]);
    }
}
