using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>How the client wants to be reached. No official list is known; these are the project's own.</summary>
public enum ContactPreference
{
    /// <summary><em>Puhelu</em>.</summary>
    Call = 1,

    /// <summary><em>Tekstiviesti</em>.</summary>
    TextMessage = 2,

    /// <summary><em>Sähköposti</em>.</summary>
    Email = 3,

    /// <summary><em>Kirje</em>.</summary>
    Letter = 4,
}

/// <summary>
/// Records how the client is reached. The command holds all of it, as it is known now: what is absent is known no more.
/// Of an earlier day than the present ones it is refused. No receiver gets any of it but the number, in a reminder of
/// a meeting (<see cref="AgreeToReminders"/>).
/// </summary>
/// <param name="Phone">A number in any writing; one without a country is Finland's.</param>
/// <param name="OtherPhone">Another number.</param>
/// <param name="Email">An address of electronic mail.</param>
/// <param name="StreetAddress"><em>Katuosoite</em>, or where the client stays.</param>
/// <param name="PostalCode"><em>Postinumero</em>.</param>
/// <param name="City"><em>Postitoimipaikka</em>.</param>
/// <param name="Language">The language to speak and write in, ISO 639: <c>fi</c>, <c>sv</c>, <c>se</c>, <c>ar</c>.
/// </param>
/// <param name="NeedsInterpreter">Whether an interpreter is needed.</param>
/// <param name="Prefers">How the client wants to be reached.</param>
public sealed record RecordContactDetails(
    PersonalText? Phone = null,
    PersonalText? OtherPhone = null,
    PersonalText? Email = null,
    PersonalText? StreetAddress = null,
    PersonalText? PostalCode = null,
    PersonalText? City = null,
    PersonalText? Language = null,
    bool NeedsInterpreter = false,
    ContactPreference? Prefers = null) : IClientCommand;

/// <summary>It became known how the client is reached. It is the register's own matter: no receiver gets it.</summary>
[StoredAs("client.contact-details-recorded", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record ContactDetailsRecorded(
    PersonalText? Phone,
    PersonalText? OtherPhone,
    PersonalText? Email,
    PersonalText? StreetAddress,
    PersonalText? PostalCode,
    PersonalText? City,
    PersonalText? Language,
    bool NeedsInterpreter,
    ContactPreference? Prefers) : IClientEvent;

/// <summary>How the client is reached, and since which day that is known.</summary>
public sealed record ContactDetails(ContactDetailsRecorded Recorded, DateOnly KnownOn);

internal static class ContactDetailRules
{
    private static readonly ContactDetailsRecorded s_none = new(null, null, null, null, null, null, null, false, null);

    public static Decision Record(ClientState client, RecordContactDetails command, Moment moment)
    {
        var refused = Phone(command.Phone, "phone") ?? Phone(command.OtherPhone, "otherPhone")
            ?? Email(command.Email, "email") ?? Require.OneLine(command.StreetAddress, "streetAddress")
            ?? Require.OneLine(command.PostalCode, "postalCode") ?? Require.OneLine(command.City, "city")
            ?? Language(command.Language, "language") ?? Require.OptionalMember(command.Prefers, "prefers");
        if (refused is not null)
        {
            return refused;
        }
        var recorded = new ContactDetailsRecorded(
            Normal(command.Phone), Normal(command.OtherPhone), Some(command.Email), Some(command.StreetAddress),
            Some(command.PostalCode), Some(command.City), Some(command.Language), command.NeedsInterpreter,
            command.Prefers);
        return (client.ContactDetails?.Recorded ?? s_none) == recorded
            ? ConfirmedFacts.Again(
                new FactConfirmed(ConfirmedFact.ContactDetails), client.ContactDetails?.KnownOn, moment)
            : Require.NotSuperseded(client.ContactDetails?.KnownOn, moment, DetailsTooEarly) is { } late ? late
            : Decision.Happened(recorded);
    }

    public static ClientState Evolve(ClientState client, ContactDetailsRecorded happened, DateOnly on) =>
        client with { ContactDetails = new ContactDetails(happened, on) };

    private static Rejection? Phone(PersonalText? phone, string field) =>
        phone is { IsEmpty: false } given && PhoneNumbers.Normal(given.Reveal()) is null
            ? Refuse.Field(
                PhoneInvalid, field, "A number has 7 to 15 digits with its country's, and a plus or a zero first.")
            : null;

    private static Rejection? Email(PersonalText? email, string field) => Require.OneLine(email, field)
        ?? (email is { IsEmpty: false } given && !IsEmail(given.Reveal()!)
            ? Refuse.Field(EmailInvalid, field, "An address has one @ with something on both sides, and no blank.")
            : null);

    private static Rejection? Language(PersonalText? language, string field) =>
        language is { IsEmpty: false } given
            && !(given.Reveal() is { Length: 2 or 3 } code && code.All(char.IsAsciiLetterLower))
                ? Refuse.Field(LanguageInvalid, field, "A language is two or three small letters of ISO 639.")
                : null;

    private static bool IsEmail(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);

    private static PersonalText? Normal(PersonalText? phone) =>
        PhoneNumbers.Normal(phone?.Reveal()) is { } number ? new PersonalText(number) : null;

    private static PersonalText? Some(PersonalText? text) => text is { IsEmpty: false } ? text : null;
}
