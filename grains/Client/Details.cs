using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Brings the client's basic data up to date: a new name, an identity code in the place of a temporary identifier. The
/// command holds all of the data, as a register sends them. Data of an earlier day than the present ones are refused.
/// The municipality changes by <c>moveToMunicipality</c>.
/// </summary>
/// <param name="LastName"><em>Sukunimi</em>.</param>
/// <param name="FirstNames"><em>Etunimet</em>.</param>
/// <param name="BirthYear">Year of birth; kept in the clear for age bands.</param>
/// <param name="PersonalIdentityCode"><em>Henkilötunnus</em>; checked by form and control character.</param>
/// <param name="TemporaryIdentifier">
/// <em>Tilapäinen yksilöintitunnus</em>, where no <em>henkilötunnus</em> is known.
/// </param>
public sealed record ChangeClientDetails(
    PersonalText LastName,
    PersonalText FirstNames,
    int BirthYear,
    PersonalText? PersonalIdentityCode = null,
    PersonalText? TemporaryIdentifier = null) : IClientCommand;

/// <summary>The client's basic data changed.</summary>
[StoredAs("client.details-changed", TimelineKind.Registration, Words = WordClass.Basic)]
public sealed record ClientDetailsChanged(
    PersonalText LastName,
    PersonalText FirstNames,
    int BirthYear,
    PersonalText? PersonalIdentityCode,
    PersonalText? TemporaryIdentifier) : IClientEvent;

internal static class Details
{
    public static Decision Change(ClientState client, ChangeClientDetails command, Moment moment)
    {
        var refused = Registration.Details(
            command.LastName, command.FirstNames, command.BirthYear, command.PersonalIdentityCode,
            command.TemporaryIdentifier, moment);
        if (refused is not null)
        {
            return refused;
        }
        var changed = new ClientDetailsChanged(
            command.LastName, command.FirstNames, command.BirthYear, command.PersonalIdentityCode,
            command.TemporaryIdentifier);
        return After(client.Registered!, changed) == client.Registered ? Decision.Nothing
            : Require.NotSuperseded(client.DetailsOn, moment, DetailsTooEarly) is { } superseded ? superseded
            : Decision.Happened(changed);
    }

    public static ClientState Evolve(ClientState client, ClientDetailsChanged happened, DateOnly on) => client with
    {
        Registered = client.Registered is { } known ? After(known, happened) : null,
        DetailsOn = on,
    };

    private static ClientRegistered After(ClientRegistered known, ClientDetailsChanged changed) => known with
    {
        LastName = changed.LastName,
        FirstNames = changed.FirstNames,
        BirthYear = changed.BirthYear,
        PersonalIdentityCode = changed.PersonalIdentityCode,
        TemporaryIdentifier = changed.TemporaryIdentifier,
    };
}
