using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Door;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// The door counter: a shell that a browser keeps, and the one place to which it sends what was counted. The shell says
/// nothing about its viewer; what it sends is counted as the viewer whose session the browser has then.
/// </summary>
internal sealed class DoorEndpoints(IDesk desk, PageAnswer pages, SessionCookies sessions, TimeProvider time)
{
    /// <summary>No page of another site can send it without asking first (CORS), and is then refused.</summary>
    private const string Header = "Osst-Door";

    private const string Place = "/door/";

    private static readonly string[] s_shell =
    [
        Place, AssetFiles.Address("door.css"), AssetFiles.Address("door.js"), AssetFiles.Address("icon.svg"),
    ];

    /// <summary>Another shell is another worker, which throws the old shell away.</summary>
    private static readonly string s_worker = AssetFiles.Text("door-worker.js")
        .Replace("VERSION", string.Concat(s_shell.Select(address => address.Split('/')[^2])), StringComparison.Ordinal)
        .Replace("SHELL", JsonSerializer.Serialize(s_shell), StringComparison.Ordinal);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, Shell);
        app.MapGet("/door/worker.js", Worker);
        app.MapPost("/door/counts", Count);
    }

    private Task Shell(HttpContext http) =>
        pages.Bare(http, words => PageBody.Of<DoorView>(words["door.title"]));

    private static Task Worker(HttpContext http)
    {
        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'";
        return http.Response.WriteAsync(s_worker, http.RequestAborted);
    }

    private async Task Count(HttpContext http)
    {
        if (!http.Request.Headers.ContainsKey(Header) || !http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        if (!desk.HasData || await sessions.Of(http) is not { } signedIn)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        if (signedIn.Viewer.OwnMunicipality is not { } municipality)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (await Read(http) is not { } counts)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var (done, refused) = await Send(signedIn.Viewer, counts);
        if (done.Count > 0)
        {
            // The device tries again by itself what is refused; a session must not live by that.
            sessions.GoOn(http, signedIn.Session);
        }
        var centres = await Centres(signedIn.Viewer, municipality);
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new { done, refused, centres }, http.RequestAborted);
    }

    /// <summary>Each record by itself: one that is refused keeps no other back.</summary>
    private async Task<(List<Guid> Done, List<string> Refused)> Send(Viewer viewer, IReadOnlyList<DoorCount> counts)
    {
        List<Guid> done = [];
        List<string> refused = [];
        foreach (var one in counts)
        {
            try
            {
                var answer = await desk.Ask<CountVisitsAnswer>(
                    viewer, Document.CountVisits,
                    new { centre = one.Centre, command = one.CommandId, day = one.Day, visits = one.Count });
                if (answer.CountVisits.Accepted)
                {
                    done.Add(one.CommandId);
                }
                else
                {
                    refused.Add(answer.CountVisits.UserErrors is [{ Code: { } code }, ..] ? code : "REFUSED");
                }
            }
            catch (InquiryRefused fault)
            {
                refused.Add(fault.Code);
            }
        }
        return (done, refused);
    }

    private async Task<IEnumerable<object>> Centres(Viewer viewer, string municipality)
    {
        var answer = await desk.Ask<DoorAnswer>(
            viewer, Document.Door, new { municipality, day = FinnishClock.DayOf(time.GetUtcNow()) });
        return (answer.Municipality?.DropInCentres ?? []).Select(centre => new
        {
            id = centre.DropInCentreId,
            name = centre.Name,
            visits = centre.Days is [{ Visits: { } visits }] ? visits : 0,
        });
    }

    /// <summary>What was sent; null when it is of another form, or too much.</summary>
    private static async Task<IReadOnlyList<DoorCount>?> Read(HttpContext http)
    {
        try
        {
            var sent = await http.Request.ReadFromJsonAsync<DoorCounts>(http.RequestAborted);
            return sent?.Counts is { Count: <= DoorView.MostCounts } counts ? counts : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record DoorCounts(IReadOnlyList<DoorCount>? Counts);

    private sealed record DoorCount(Guid CommandId, string Centre, int Count, DateOnly Day);
}
