using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>Who sends a request over HTTP.</summary>
internal static class HttpIdentity
{
    /// <summary>Says that a token is needed, or that the one that came is none (RFC 6750, section 3).</summary>
    public static void AskForToken(this HttpContext http) => http.Response.Headers.WWWAuthenticate =
        http.Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";

    /// <summary>The caller by the request's token, for the purpose that its header says; null for an unknown one.
    /// </summary>
    public static async ValueTask<Verified?> Identify(this HttpContext http, Tokens tokens)
    {
        var headers = http.Request.Headers;
        var caller = await tokens.Identify(headers.Authorization, http.Connection.ClientCertificate);
        return caller is not null && RequestPurpose.In(headers) is { } purpose
            ? caller with { Purpose = purpose }
            : caller;
    }
}
