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
/// municipality left behind no longer works with the client.
/// </summary>
/// <param name="Municipality">The new municipality's official three-digit code.</param>
public sealed record MoveToMunicipality(string Municipality) : IClientCommand;

/// <summary>A person became a client; the day it occurred is the earliest day of anything that follows.</summary>
public sealed record ClientRegistered(
    string Municipality,
    PersonalText LastName,
    PersonalText FirstNames,
    int BirthYear,
    PersonalText? PersonalIdentityCode,
    PersonalText? TemporaryIdentifier,
    bool Synthetic) : IClientEvent;

/// <summary>The client moved. The assigned worker, if any, stayed with <paramref name="PreviousMunicipality"/>.</summary>
public sealed record ClientMoved(string Municipality, string PreviousMunicipality) : IClientEvent;

/// <summary>A municipality the client has belonged to, from that day on until the next residence.</summary>
public sealed record Residence(string Municipality, DateOnly From);
