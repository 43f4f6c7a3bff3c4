using OsstOrleans.Dashboard.Hosting;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Gateway;

/// <summary>
/// Lets through nothing but health until the process can answer: a silo that joins, or a log that is long, must not
/// make the process seem dead.
/// </summary>
internal sealed class StartingDoor
{
    private volatile bool _isOpen;

    public void Open() => _isOpen = true;

    public async Task Pass(HttpContext http, RequestDelegate next)
    {
        if (_isOpen || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        http.Response.Headers.RetryAfter = Refusal.SoonAgain;
        if (StartingPage.IsFor(http))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await StartingPage.Write(http);
            return;
        }
        await Refusal.Write(
            http, StatusCodes.Status503ServiceUnavailable, Negotiation.Json,
            (ErrorCodes.StoreUnavailable, "The process is starting; ask again."));
    }
}
