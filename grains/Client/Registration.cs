using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Registers a person as a client of a municipality's social work. Exactly one of the two identifiers is given
/// (<em>henkilötunnus</em> or <em>tilapäinen yksilöintitunnus</em>; Sosmeta basic structure of a client).
/// </summary>
/// <param name="Municipality">The municipality's official three-digit code (<em>kuntanumero</em>), e.g. 837.</param>
/// <param name="LastName"><em>Sukunimi</em>.</param>
/// <param name="FirstNames"><em>Etunimet</em>.</param>
/// <param name="BirthYear">Year of birth; kept in the clear for age bands.</param>
/// <param name="PersonalIdentityCode"><em>Henkilötunnus</em>; checked by form and control character.</param>
/// <param name="TemporaryIdentifier"><em>Tilapäinen yksilöintitunnus</em>, where no henkilötunnus is known.</param>
/// <param name="Synthetic">True for a made-up person of a simulation: never mixed with real people unmarked.</param>
public sealed record RegisterClient(
    string Municipality,
    PersonalText LastName,
    PersonalText FirstNames,
    int BirthYear,
    PersonalText? PersonalIdentityCode = null,
    PersonalText? TemporaryIdentifier = null,
    bool Synthetic = false) : IClientCommand;

/// <summary>
/// Moves the client to another municipality; the client and the whole history stay one. The worker of the
/// municipality left behind no longer works with the client, and the consent to answers to measures ends as by its
/// withdrawal, unless both municipalities are of one register.
/// </summary>
/// <param name="Municipality">The new municipality's official three-digit code.</param>
public sealed record MoveToMunicipality(string Municipality) : IClientCommand, IMakesItLast;

/// <summary>A person became a client; the day it occurred is the earliest day of anything that follows.</summary>
/// <param name="Municipality">The municipality's code.</param>
/// <param name="LastName"><em>Sukunimi</em>.</param>
/// <param name="FirstNames"><em>Etunimet</em>.</param>
/// <param name="BirthYear">Year of birth.</param>
/// <param name="PersonalIdentityCode"><em>Henkilötunnus</em>.</param>
/// <param name="TemporaryIdentifier"><em>Tilapäinen yksilöintitunnus</em>.</param>
/// <param name="Synthetic">True for a made-up person.</param>
/// <param name="MattersApart">True where all documents of matters have keys of their own from the first on; null for a
/// client of an earlier version, whose data end together.</param>
[StoredAs("client.registered", TimelineKind.Registration, Words = WordClass.Basic)]
public sealed record ClientRegistered(
    string Municipality,
    PersonalText LastName,
    PersonalText FirstNames,
    int BirthYear,
    PersonalText? PersonalIdentityCode,
    PersonalText? TemporaryIdentifier,
    bool Synthetic,
    bool? MattersApart = null) : IClientEvent;

/// <summary>
/// The client moved. The assigned worker, if any, stayed with <paramref name="PreviousMunicipality"/>, unless the move
/// was within one register.
/// </summary>
[StoredAs("client.moved", TimelineKind.Registration)]
public sealed record ClientMoved(string Municipality, string PreviousMunicipality) : IClientEvent
{
    /// <summary>
    /// Both municipalities' clients were in one register when it was recorded: a county's, or that of the municipality
    /// into which the other one was merged. Who had to do with the client goes on.
    /// </summary>
    public bool WithinRegister { get; init; }

    /// <summary>
    /// The day since which the municipality that was left had been in that register: who was named before it belonged
    /// to another one's staff, and goes along no more. Null where it always had been.
    /// </summary>
    public DateOnly? TiesSince { get; init; }

    /// <summary>True when who was named on a day goes along.</summary>
    internal bool Takes(DateOnly namedOn) => WithinRegister && !(namedOn < TiesSince);
}

/// <summary>A municipality the client has belonged to, from that day on until the next residence.</summary>
public sealed record Residence(string Municipality, DateOnly From);

internal static class Registration
{
    public static Decision Register(ClientState client, RegisterClient command, Moment moment)
    {
        var registered = new ClientRegistered(
            command.Municipality,
            command.LastName,
            command.FirstNames,
            command.BirthYear,
            command.PersonalIdentityCode,
            command.TemporaryIdentifier,
            command.Synthetic,
            MattersApart: true);
        if (client.Registered is { } known)
        {
            return known == registered with { MattersApart = known.MattersApart }
                && client.RegisteredOn == moment.OccurredOn
                && client.Municipality == registered.Municipality
                ? Decision.Nothing
                : Refuse.Step(AlreadyRegistered, "id", "This client has been registered with other content.");
        }
        var refused = MunicipalityCodes.OfClient(command.Municipality, command.Synthetic, moment)
            ?? Details(
                command.LastName, command.FirstNames, command.BirthYear, command.PersonalIdentityCode,
                command.TemporaryIdentifier, moment);
        return refused is null ? Decision.Happened(registered) : refused;
    }

    public static Decision Move(ClientState client, MoveToMunicipality command, Moment moment)
    {
        if (command.Municipality == client.Municipality)
        {
            return Decision.Nothing; // Also in a municipality that has ended: nobody comes into its register.
        }
        if (MunicipalityCodes.OfClient(command.Municipality, client.Registered!.Synthetic, moment) is { } refused)
        {
            return refused;
        }
        var since = client.ResidenceOn ?? client.Residences[^1].From;
        return Require.NotSuperseded(since, moment, MoveTooEarly) is { } superseded ? superseded
            : client.Residences.Count >= Limits.Residences ? Refuse.Limit("municipality", Limits.Residences)
            : Left(client, Moved(client.Municipality, command.Municipality, moment));
    }

    /// <summary>What was agreed with the register that is left does not go along.</summary>
    private static Decision Left(ClientState client, ClientMoved moved) => Decision.Happened(
        [.. moved.Takes(client.MeasureConsentSince ?? DateOnly.MaxValue) ? [] : MeasureAnswers.EndOf(client), moved]);

    private static ClientMoved Moved(string from, string to, Moment moment)
    {
        var (registers, today) = (moment.Registers, moment.Today);
        var isWithin = registers.Of(to, today) == registers.Of(from, today);
        return new ClientMoved(to, from)
        {
            WithinRegister = isWithin,
            TiesSince = isWithin && registers.SinceOf(from, today) is var since && since > DateOnly.MinValue
                ? since
                : null,
        };
    }

    public static ClientState Evolve(ClientState client, ClientRegistered happened, DateOnly on) => client with
    {
        Registered = happened,
        RegisteredOn = on,
        DetailsOn = on,
        ResidenceOn = on,
        Municipality = happened.Municipality,
        Residences = [new Residence(happened.Municipality, on)],
    };

    public static ClientState Evolve(ClientState client, ClientMoved happened, DateOnly on) => client with
    {
        Municipality = happened.Municipality,
        ResidenceOn = on,
        Residences = [.. client.Residences, new Residence(happened.Municipality, on)],
        Worker = client.Worker is { } worker && happened.Takes(worker.Since) ? worker : null,
        RemindersAgreedSince = client.RemindersAgreedSince is { } agreed && happened.Takes(agreed) ? agreed : null,
        Meetings = happened.WithinRegister
            ? [.. client.Meetings.Select(meeting => happened.Takes(meeting.BookedOn)
                ? meeting with { Register = Followed(meeting.Register, happened) }
                : meeting)]
            : client.Meetings,
        Openings = happened.WithinRegister
            ? [.. client.Openings.Select(opening => opening with { Register = Followed(opening.Register, happened) })]
            : client.Openings,
    };

    private static string Followed(string register, ClientMoved moved) =>
        register == moved.PreviousMunicipality ? moved.Municipality : register;

    /// <summary>What the basic data of a client must satisfy, in every command that brings them.</summary>
    public static Rejection? Details(
        PersonalText lastName, PersonalText firstNames, int birthYear, PersonalText? identityCode,
        PersonalText? temporaryIdentifier, Moment moment) =>
        Require.Name(lastName, "lastName")
        ?? Require.Name(firstNames, "firstNames")
        ?? Require.Within(birthYear, PersonalIdentityCode.EarliestBirthYear, moment.Today.Year, "birthYear")
        ?? Identified(identityCode, temporaryIdentifier, birthYear);

    private static Rejection? Identified(PersonalText? identityCode, PersonalText? temporary, int birthYear) =>
        (Given(identityCode), Given(temporary)) switch
        {
            ({ } code, null) => PersonalIdentityCode.Check(code, birthYear, "personalIdentityCode"),
            (null, { } identifier) => Require.OneLine(identifier, "temporaryIdentifier"),
            _ => Refuse.Field(
                ExactlyOneIdentifier,
                "personalIdentityCode",
                "Exactly one of personalIdentityCode and temporaryIdentifier is given."),
        };

    private static string? Given(PersonalText? text) => text is { IsEmpty: false } given ? given.Reveal() : null;
}
