using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>POST /logout/NAME</c>: where the provider of that name says that somebody logged out (OpenID Connect Back-Channel
/// Logout 1.0, sections 2.5 and 2.8).
/// </summary>
internal static class LogoutEndpoint
{
    private const string Path = "/logout/{name}";
    private const string Field = "logout_token";

    /// <summary>A form of one token and nothing else.</summary>
    private const int MostBytes = 32 * 1024;

    public static void MapLogout(this WebApplication app, LogoutTokens logouts) => app.MapPost(
        Path, async (HttpContext http, string name) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.StatusCode = await StatusOf(http.Request, name, logouts);
        });

    private static async Task<int> StatusOf(HttpRequest request, string name, LogoutTokens logouts)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes)
        {
            return StatusCodes.Status400BadRequest;
        }
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form[Field] is [{ } token] && await logouts.Take(name, token)
                ? StatusCodes.Status200OK
                : StatusCodes.Status400BadRequest;
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (Exception fault) when (fault is StoreFault or LimitReached)
        {
            return StatusCodes.Status503ServiceUnavailable;
        }
    }
}
