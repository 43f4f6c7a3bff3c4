using Microsoft.IdentityModel.JsonWebTokens;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// What a token is for. A provider signs tokens of several kinds by the same keys, and only one kind is for asking
/// (RFC 8725, section 3.11).
/// </summary>
internal static class TokenKinds
{
    private const string MediaPrefix = "application/";

    /// <summary>Claims that an ID token or a logout token has and an access token has not.</summary>
    private static readonly string[] s_ofOthers = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

    /// <param name="token">The token.</param>
    /// <param name="plainMarks">By which of these claims one is known whose header names it a JWT like any other.
    /// </param>
    public static bool IsAccessToken(JsonWebToken token, IReadOnlyList<string> plainMarks) =>
        IsOf(token, "at+jwt") || ((token.Typ is null or "" || IsOf(token, "JWT"))
            && !s_ofOthers.Any(name => token.TryGetPayloadValue<object>(name, out _))
            && plainMarks.Any(mark => Has(token, mark)));

    /// <summary>A mark is a claim, or a claim and its value: <c>scp</c>, <c>typ=Bearer</c>.</summary>
    private static bool Has(JsonWebToken token, string mark) => mark.Split('=', 2) switch
    {
        [var name, var value] => token.TryGetPayloadValue<object>(name, out var said) && said is string text
            && text == value,
        _ => token.TryGetPayloadValue<object>(mark, out _),
    };

    /// <summary>A logout token says its kind where its provider follows section 2.4 of Back-Channel Logout.</summary>
    public static bool IsLogoutToken(JsonWebToken token) =>
        token.Typ is null or "" || IsOf(token, "logout+jwt") || IsOf(token, "JWT");

    private static bool IsOf(JsonWebToken token, string type) =>
        type.Equals(token.Typ, StringComparison.OrdinalIgnoreCase)
        || (MediaPrefix + type).Equals(token.Typ, StringComparison.OrdinalIgnoreCase);
}
