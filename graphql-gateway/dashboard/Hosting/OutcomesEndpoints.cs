using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Outcomes;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Outcomes: their page and its files.</summary>
internal sealed class OutcomesEndpoints(IDesk desk, PageAnswer pages)
{
    private static readonly PeriodPage s_page = new(EvaluationPage.Outcomes, "outcomes.title");

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/outcomes", http => pages.ForPeriod(http, s_page, async (signedIn, words) =>
            PageBody.Of<OutcomesView>(
                words["outcomes.title"], ("Model", await Model(http, signedIn, words)),
                ("LinkedAt", PeriodScope.SeenAt(http.Request.Query)))));
        app.MapGet("/outcomes/{key}.{ending}", (HttpContext http, string key, string ending) => pages.File(
            http, async (signedIn, words) =>
            {
                var model = await Model(http, signedIn, words);
                var (asked, seen) = (model.Exit.Definition, model.Exit.Definition.AsOf);
                await Files.Answer(
                    http, OutcomeCharts.All(model, words), key, ending, Files.Source(seen, words),
                    new FileOrigin(
                        seen.Position, seen.RecordedAt, model.Scope.NameFor(signedIn.Viewer), model.IsWithheld,
                        !desk.IsProduction)
                    {
                        From = asked.From,
                        To = asked.To,
                    });
            }));
    }

    private Task<OutcomesModel> Model(HttpContext http, SignedIn signedIn, Language words) => OutcomesLoad.Load(
        desk, signedIn.Viewer, PeriodScope.WithoutArms(http.Request.Query, signedIn.Viewer), words);
}
