using Microsoft.Net.Http.Headers;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Lets pages of the allowed origins ask from a browser, which asks here first whether it may (CORS). It says nothing
/// of who may read what: each request still needs its token, and cookies play no part.
/// </summary>
internal static class CrossOrigin
{
    /// <summary>How long a browser need not ask again.</summary>
    private static readonly TimeSpan s_known = TimeSpan.FromMinutes(10);

    public static void Use(WebApplication app, HttpLimits limits)
    {
        if (limits.AllowedOrigins is { Count: > 0 } origins)
        {
            app.UseCors(policy => policy.WithOrigins([.. origins])
                .WithMethods(HttpMethods.Get, HttpMethods.Post).AllowAnyHeader()
                .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate).SetPreflightMaxAge(s_known));
        }
    }
}
