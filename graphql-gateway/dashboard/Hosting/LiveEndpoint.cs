using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Live;
using OsstOrleans.Dashboard.Sessions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// The one stream of a page: server-sent events with the parts that have changed. It ends with the viewer's token, or
/// when a register has changed the viewer's rights, and then says so.
/// </summary>
internal sealed class LiveEndpoint(
    IDesk desk, SessionCookies sessions, LiveShows shows, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan s_signOfLife = TimeSpan.FromSeconds(15);

    /// <summary>Timers have an end of their own; a stream that old may well open anew.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Angle brackets stay as they are: what reads it is no HTML parser.</summary>
    private static readonly JsonSerializerOptions s_json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task Answer(HttpContext http, Func<HttpContext, Viewer, LiveSource?> sourceOf)
    {
        if (await sessions.Of(http) is not { } signedIn)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        if (sourceOf(http, signedIn.Viewer) is not { } source)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        using var over = new CancellationTokenSource(Left(signedIn), time);
        using var revoked = desk.WhenRevoked(signedIn.Viewer, over.Cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping, http.RequestAborted);
        Begin(http.Response);
        try
        {
            await Stream(http, source, over, ended.Token);
        }
        catch (OperationCanceledException) when (
            over.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            await Write(http, "event: over\ndata:\n\n", http.RequestAborted);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            http.Abort(); // The viewer went away, or this process stops: the page comes back to the next one.
        }
    }

    private async Task Stream(
        HttpContext http, LiveSource source, CancellationTokenSource over, CancellationToken ended)
    {
        using var seat = shows.Join(source);
        var next = seat.Next(ended);
        await Write(http, ":\n\n", ended);
        while (true)
        {
            try
            {
                if (await next.WaitAsync(s_signOfLife, time, ended) is not { } parts)
                {
                    await over.CancelAsync();
                    ended.ThrowIfCancellationRequested();
                    return;
                }
                await Write(http, $"event: parts\ndata: {JsonSerializer.Serialize(parts, s_json)}\n\n", ended);
                next = seat.Next(ended);
            }
            catch (TimeoutException)
            {
                if (!seat.MayLook)
                {
                    await over.CancelAsync();
                    ended.ThrowIfCancellationRequested();
                }
                await Write(http, ":\n\n", ended);
            }
        }
    }

    private TimeSpan Left(SignedIn signedIn)
    {
        var ends = signedIn.Session.Begun + SessionCookies.Longest;
        var left = (ends < signedIn.Viewer.Expires ? ends : signedIn.Viewer.Expires) - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > s_longest ? s_longest : left;
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task Write(HttpContext http, string text, CancellationToken ended)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ended);
        await http.Response.Body.FlushAsync(ended);
    }
}
