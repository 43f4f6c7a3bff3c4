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
        new(RevocationKeys.OfToken(id), DateTimeOffset.MaxValue, now + TokenTimes.Longest);

    /// <summary>All tokens of a person that were made so far.</summary>
    public static Revocation OfSubject(string subject, DateTimeOffset until) =>
        new(RevocationKeys.OfSubject(subject), until, until + TokenTimes.Longest);

    /// <summary>All tokens of a session at its provider.</summary>
    public static Revocation OfSession(string issuer, string session, DateTimeOffset now) =>
        new(RevocationKeys.OfSession(issuer, session), DateTimeOffset.MaxValue, now + TokenTimes.Longest);

    /// <summary>A person's tokens that do not say of which session they are.</summary>
    public static Revocation OfNoSession(string subject, DateTimeOffset until) =>
        new(RevocationKeys.OfNoSession(subject), until, until + TokenTimes.Longest);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="JsonException">The bytes are none.</exception>
    public static Revocation Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<Revocation>(json)
        ?? throw new JsonException("A revocation is missing.");
}

/// <summary>By what a token can be revoked.</summary>
internal static class RevocationKeys
{
    public static string OfToken(string id) => $"token {id}";

    public static string OfSubject(string subject) => $"subject {subject}";

    public static string OfSession(string issuer, string session) => $"session {issuer} {session}";

    public static string OfNoSession(string subject) => $"no-session {subject}";

    /// <summary>All keys of a token, made once when it is checked.</summary>
    public static string[] Of(string issuer, string subject, string? tokenId, string? session) =>
    [
        OfSubject(subject),
        session is null ? OfNoSession(subject) : OfSession(issuer, session),
        .. tokenId is null ? [] : (string[])[OfToken(tokenId)],
    ];
}
