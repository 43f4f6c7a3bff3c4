using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Outcomes;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Pages of single evaluations, and their files: those that are declared.</summary>
internal sealed class EvaluationEndpoints(IDesk desk, PageAnswer pages)
{
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var page in EvaluationPage.All)
        {
            Map(app, page);
        }
    }

    private void Map(IEndpointRouteBuilder app, EvaluationPage page)
    {
        var asked = new PeriodPage(page.Address, page.Title)
        {
            ScopeOf = (query, viewer) => PeriodScope.ByMonth(query, page.PlaceFor(viewer)),
            PlacesOf = (scope, viewer, names, words) => PlaceWords.Only(scope, viewer, names, words),
            IsByMonth = true,
            MayLook = page.MayLook,
        };
        app.MapGet(page.Address, http => pages.ForPeriod(http, asked, async (signedIn, words) =>
            PageBody.Of<EvaluationView>(
                words[page.Title], ("Model", await Model(http, page, signedIn)),
                ("LinkedAt", PeriodScope.SeenAt(http.Request.Query)))));
        app.MapGet($"{page.Address}/{{key}}.{{ending}}", (HttpContext http, string key, string ending) => pages.File(
            http, async (signedIn, words) =>
            {
                var model = await Model(http, page, signedIn);
                var (definition, seen) = (model.Asked.Definition, model.Asked.Definition.AsOf);
                await Files.Answer(
                    http, page.Charts(model, words), key, ending, Files.Source(seen, words),
                    new FileOrigin(
                        seen.Position, seen.RecordedAt, model.Scope.NameFor(signedIn.Viewer), model.Asked.Withheld,
                        !desk.IsProduction)
                    {
                        From = definition.From,
                        To = definition.To,
                    });
            }));
    }

    /// <exception cref="InquiryRefused">The viewer may not ask it, or it cannot be answered.</exception>
    private Task<EvaluationModel> Model(HttpContext http, EvaluationPage page, SignedIn signedIn) =>
        page.MayLook(signedIn.Viewer)
            ? EvaluationModel.Load(
                desk, page, signedIn.Viewer,
                PeriodScope.ByMonth(http.Request.Query, page.PlaceFor(signedIn.Viewer)))
            : throw new InquiryRefused(page.Document.Name, InquiryRefused.Forbidden);
}
