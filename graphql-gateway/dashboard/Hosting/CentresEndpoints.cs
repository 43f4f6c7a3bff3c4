using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Centres;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Drop-in centres: the page of all, a page for each, and their files.</summary>
internal sealed class CentresEndpoints(IDesk desk, PageAnswer pages, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/centres", http => pages.ForFigures(http, async (signedIn, words) =>
            PageBody.Of<CentresView>(
                words["centres.title"], ("Answer", await All(signedIn)), ("Today", Today),
                ("Counts", signedIn.Viewer.OwnMunicipality is not null))));
        app.MapGet("/centres/{centre}", (HttpContext http, string centre) => pages.ForFigures(
            http, (signedIn, words) => OneBody(http, signedIn, centre, words)));
        app.MapGet("/centres/files/{key}.{ending}", (HttpContext http, string key, string ending) => pages.File(
            http, async (signedIn, words) =>
            {
                var all = await All(signedIn);
                await Answer(http, CentreCharts.Of(all, Today, words), key, ending, words, "all", all.DropInMetrics);
            }));
        app.MapGet(
            "/centres/{centre}/files/{key}.{ending}",
            (HttpContext http, string centre, string key, string ending) => pages.File(
                http, async (signedIn, words) =>
                {
                    var answer = await One(signedIn, centre);
                    var known = answer.DropInCentre;
                    await Answer(
                        http, known is null ? [] : CentreCharts.Of(known, answer.Programme, Today, words), key, ending,
                        words,
                        known?.DropInCentreId ?? "", known?.Metrics);
                }));
    }

    private Task Answer(
        HttpContext http, IReadOnlyList<Chart> charts, string key, string ending, Language words, string scope,
        DropInAnswer? visits) =>
        Files.Answer(
            http, charts, key, ending, words["centres.source"],
            new FileOrigin(null, time.GetUtcNow(), scope, visits?.Withheld == true, !desk.IsProduction)
            {
                From = visits is { Weeks: [var first, ..] } ? MonthOf(first) : null,
                To = visits is { Weeks: [.., var last] } ? MonthOf(last) : null,
            });

    private DateOnly Today => FinnishClock.DayOf(time.GetUtcNow());

    private static string MonthOf(WeekAnswer week) =>
        week.StartsOn.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<PageBody> OneBody(HttpContext http, SignedIn signedIn, string centre, Language words)
    {
        var answer = await One(signedIn, centre);
        if (answer.DropInCentre is { } known)
        {
            return PageBody.Of<CentreView>(
                known.Name, ("Centre", known), ("Municipalities", answer.Municipalities), ("Today", Today),
                ("Programme", answer.Programme));
        }
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return PageBody.Notice(
            words["centres.unknown"], words["centres.unknownText"], "", "/centres", words["centres.back"]);
    }

    private Task<CentresAnswer> All(SignedIn signedIn) =>
        desk.Ask<CentresAnswer>(signedIn.Viewer, Document.Centres, new { });

    private Task<OneCentreAnswer> One(SignedIn signedIn, string centre) =>
        desk.Ask<OneCentreAnswer>(signedIn.Viewer, Document.Centre, new { centre });
}
