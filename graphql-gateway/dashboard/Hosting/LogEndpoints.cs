using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Logs;
using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// Clients who ask who used their data, and the answer to print (703/2023 11 §). Asked for one viewer, and kept
/// nowhere.
/// </summary>
internal sealed class LogEndpoints(IDesk desk, PageAnswer pages, ClientAddress addresses, TimeProvider time)
{
    public const string Place = "/logs";

    /// <summary>Pages of 200 lines of each log on one print; a longer report says that it is cut.</summary>
    private const int MostPages = 25;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, Requests);
        app.MapGet("/logs/{client}/{from}/{to}", (HttpContext http, string client, string from, string to) => Show(
            http, (viewer, words) => Report(http, viewer, (client, from, to), words)));
        new LogActions(desk, pages, this, addresses).Map(app);
        new ProtectionEndpoints(desk, pages, this, addresses).Map(app);
    }

    /// <summary>The day in Finland.</summary>
    public DateOnly Today => FinnishClock.DayOf(time.GetUtcNow());

    /// <summary>A page for who answers the clients of one register and has said why.</summary>
    /// <param name="http">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="back">Where the purpose, once chosen, leads.</param>
    public Task Show(
        HttpContext http, Func<Viewer, Language, Task<PageBody>> page, string back = Place) => pages.ForFigures(
        http,
        async (signedIn, words) => signedIn.Viewer.Purpose is null
            ? PageBody.Of<PurposeView>(
                words["own.purposeTitle"], ("Purposes", signedIn.Viewer.Purposes), ("Back", back))
            : await page(signedIn.Viewer, words),
        viewer => viewer.LogRegister is not null);

    private Task Requests(HttpContext http) =>
        Show(http, (viewer, words) => Requests(http, viewer, words, null, null));

    /// <summary>The requests that wait, with what was done or refused just now.</summary>
    public async Task<PageBody> Requests(
        HttpContext http, Viewer viewer, Language words, string? said, string? refused, long? minPosition = null)
    {
        if (refused is not null)
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        var answer = await desk.Ask<LogRequestsAnswer>(
            viewer, Document.LogRequests, new { register = viewer.LogRegister, minPosition });
        return PageBody.Of<LogRequestsView>(
            words["logs.title"], ("Requests", answer.LogRequests),
            ("AddressOf", (Func<LogRequestAnswer, string>)(request => addresses.OfReport(
                viewer, request.ClientId, request.From, request.To))),
            ("SealOf", (Func<string, string>)(client => addresses.Seal(viewer, client))), ("Today", Today),
            ("IsOfficer", viewer.SeesToDataProtection), ("Said", said), ("Refused", refused));
    }

    private async Task<PageBody> Report(
        HttpContext http, Viewer viewer, (string Client, string From, string To) asked, Language words)
    {
        if (addresses.Open(viewer, asked.Client) is not { } client
            || DayOf(asked.From) is not { } from || DayOf(asked.To) is not { } to)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return PageBody.Notice(words["failed.title"], words["logs.unknown"], "", Place, words["logs.menu"]);
        }
        var (uses, disclosures) = (new List<UseAnswer>(), new List<DisclosureAnswer>());
        IReadOnlyList<RecordedAnswer> recorded = [];
        var (name, afterUse, afterDisclosure, hasMore) = ("", (string?)null, (string?)null, true);
        for (var page = 0; page < MostPages && hasMore; page++)
        {
            var answer = await desk.Ask<LogReportAnswer>(viewer, Document.LogReport, new
            {
                register = viewer.LogRegister,
                client,
                from,
                to,
                afterUse,
                afterDisclosure,
            });
            recorded = answer.LogReport.Recorded;
            uses.AddRange(answer.LogReport.Uses.Nodes);
            disclosures.AddRange(answer.LogReport.Disclosures.Nodes);
            name = words.Code == "sv" ? answer.Municipality.SwedishName ?? answer.Municipality.Name
                : answer.Municipality.Name;
            afterUse = answer.LogReport.Uses.PageInfo.EndCursor ?? afterUse;
            afterDisclosure = answer.LogReport.Disclosures.PageInfo.EndCursor ?? afterDisclosure;
            hasMore = answer.LogReport.Uses.PageInfo.HasNextPage || answer.LogReport.Disclosures.PageInfo.HasNextPage;
        }
        return PageBody.Of<LogReportView>(
            words["report.title"], ("Register", name), ("ClientId", client), ("Today", Today),
            ("From", from), ("To", to),
            ("Uses", uses), ("Recorded", recorded), ("Disclosures", disclosures), ("IsCut", hasMore));
    }

    /// <summary>A day as addresses and forms have it; null for none.</summary>
    public static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
