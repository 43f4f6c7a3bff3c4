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
    /// <param name="takesPlain">Its header may name it a JWT like any other.</param>
    public static bool IsAccessToken(JsonWebToken token, bool takesPlain) =>
        IsOf(token, "at+jwt") || (takesPlain && (token.Typ is null or "" || IsOf(token, "JWT"))
            && !s_ofOthers.Any(name => token.TryGetPayloadValue<object>(name, out _))
            && (!token.TryGetPayloadValue<object>("typ", out var typ) || typ is "Bearer"));

    /// <summary>A logout token says its kind where its provider follows section 2.4 of Back-Channel Logout.</summary>
    public static bool IsLogoutToken(JsonWebToken token) =>
        token.Typ is null or "" || IsOf(token, "logout+jwt") || IsOf(token, "JWT");

    private static bool IsOf(JsonWebToken token, string type) =>
        type.Equals(token.Typ, StringComparison.OrdinalIgnoreCase)
        || (MediaPrefix + type).Equals(token.Typ, StringComparison.OrdinalIgnoreCase);
}
