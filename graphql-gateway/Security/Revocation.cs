using System.Text.Json;

namespace OsstOrleans.Gateway.Security;

/// <summary>What ends tokens before their time: those of one key that were made until an instant.</summary>
/// <param name="Key">One of <see cref="RevocationKeys"/>.</param>
/// <param name="Until">Tokens made later are not meant.</param>
/// <param name="Ends">From then on no such token is valid any more, and this can be forgotten.</param>
internal sealed record Revocation(string Key, DateTimeOffset Until, DateTimeOffset Ends)
{
    /// <summary>One token, by its <c>jti</c>.</summary>
    public static Revocation OfToken(string id, DateTimeOffset now) =>
        new(RevocationKeys.OfToken(id), DateTimeOffset.MaxValue, now + TokenTimes.Remembered);

    /// <summary>All tokens of a person that were made so far, by the clock of any issuer.</summary>
    public static Revocation OfSubject(string subject, DateTimeOffset now) =>
        new(RevocationKeys.OfSubject(subject), now + TokenTimes.Leeway, now + TokenTimes.Remembered);

    /// <summary>All tokens of an issuer's person that the issuer has made so far.</summary>
    public static Revocation OfPerson(string issuer, string subject, DateTimeOffset until) =>
        new(RevocationKeys.OfPerson(issuer, subject), until, until + TokenTimes.Remembered);

    /// <summary>All tokens of a session at its provider.</summary>
    public static Revocation OfSession(string issuer, string session, DateTimeOffset now) =>
        new(RevocationKeys.OfSession(issuer, session), DateTimeOffset.MaxValue, now + TokenTimes.Remembered);

    /// <summary>A person's tokens that do not say of which session they are.</summary>
    public static Revocation OfNoSession(string issuer, string subject, DateTimeOffset until) =>
        new(RevocationKeys.OfNoSession(issuer, subject), until, until + TokenTimes.Remembered);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Null for bytes that are none.</summary>
    public static Revocation? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Revocation>(json) is { Key.Length: > 0 } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>By what a token can be revoked.</summary>
internal static class RevocationKeys
{
    public static string OfToken(string id) => $"token {id}";

    public static string OfSubject(string subject) => $"subject {subject}";

    public static string OfSession(string issuer, string session) => $"session {issuer} {session}";

    public static string OfPerson(string issuer, string subject) => $"person {issuer} {subject}";

    public static string OfNoSession(string issuer, string subject) => $"no-session {issuer} {subject}";

    /// <summary>All keys of a token, made once when it is checked.</summary>
    /// <param name="issuer">Whose tokens they are.</param>
    /// <param name="person">The person as the issuer has it, <c>sub</c>.</param>
    /// <param name="subject">The person as it is known here.</param>
    /// <param name="tokenId">The token's own id.</param>
    /// <param name="session">The session at the issuer.</param>
    public static string[] Of(string issuer, string? person, string subject, string? tokenId, string? session) =>
    [
        OfSubject(subject),
        .. person is null ? [] : (string[])[OfPerson(issuer, person)],
        .. session is not null ? [OfSession(issuer, session)]
            : person is null ? [] : (string[])[OfNoSession(issuer, person)],
        .. tokenId is null ? [] : (string[])[OfToken(tokenId)],
    ];
}
