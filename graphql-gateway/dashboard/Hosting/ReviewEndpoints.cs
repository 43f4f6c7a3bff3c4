using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Openings without a relationship that wait for a review, for coordinators of the register.</summary>
internal sealed class ReviewEndpoints(IDesk desk, PageAnswer pages, ClientAddress addresses, TimeProvider time)
{
    private const string Place = "/own/reviews";
    private const string Known = "refusal.";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, Openings);
        app.MapPost(Place, Review);
    }

    private Task Openings(HttpContext http) => Show(http, (viewer, words) => Body(viewer, words, null, null));

    private Task Show(HttpContext http, Func<Viewer, Language, Task<PageBody>> page) => pages.ForFigures(
        http,
        async (signedIn, words) => signedIn.Viewer.Purpose is null
            ? PageBody.Of<PurposeView>(
                words["own.purposeTitle"], ("Purposes", signedIn.Viewer.Purposes), ("Back", Place))
            : await page(signedIn.Viewer, words),
        viewer => viewer is { Coordinates: true, OwnRegister: not null });

    private async Task<PageBody> Body(Viewer viewer, Language words, string? said, string? refused)
    {
        var answer = await desk.Ask<OwnReviewsAnswer>(
            viewer, Document.OwnReviews, new { municipality = viewer.OwnRegister });
        return PageBody.Of<ReviewsView>(
            words["own.openings"], ("Openings", answer.OpeningsToReview), ("Viewer", viewer),
            ("Now", time.GetUtcNow()), ("AddressOf", (Func<string, string>)(client => addresses.Of(viewer, client))),
            ("Said", said), ("Refused", refused));
    }

    private async Task Review(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await Show(http, async (viewer, words) =>
        {
            var client = addresses.Open(viewer, form["client"].ToString().Split('/')[^1]);
            if (client is null || form["justified"].ToString() is not (("yes" or "no") and var judged))
            {
                http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return await Body(viewer, words, null, words["review.incomplete"]);
            }
            var answer = await desk.Ask<ReviewOpeningAnswer>(viewer, Document.ReviewOpening, new
            {
                client,
                command = form["command"].ToString(),
                openedBy = form["openedBy"].ToString(),
                justified = judged == "yes",
                words = form["words"].ToString().Trim() is { Length: > 0 } text ? text : null,
            });
            if (answer.ReviewOpening.Accepted)
            {
                return await Body(viewer, words, words["review.recorded"], null);
            }
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await Body(viewer, words, null, WhyNot(answer.ReviewOpening, words));
        });
    }

    private static string WhyNot(OpenedAnswer answer, Language words)
    {
        var code = answer.UserErrors is [{ Code: { } first }, ..] ? first : "";
        return words.Texts.GetValueOrDefault(Known + code) ?? words.Say("glass.refused", ("code", code));
    }
}
