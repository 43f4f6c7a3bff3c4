using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Chain;
using OsstOrleans.Dashboard.Sessions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>The referral chain: its page and its files.</summary>
internal sealed class ChainEndpoints(IDesk desk, PageAnswer pages)
{
    private static readonly PeriodPage s_page = new("/chain", "chain.title")
    {
        ScopeOf = PeriodScope.Of,
        PlacesOf = (_, viewer, names, words) => PlaceWords.All(viewer, names, words),
    };

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/chain", http => pages.ForPeriod(http, s_page, async (signedIn, words) =>
            PageBody.Of<ChainView>(
                words["chain.title"], ("Model", await Model(http, signedIn)),
                ("LinkedAt", PeriodScope.SeenAt(http.Request.Query)))));
        app.MapGet("/chain/{key}.{ending}", (HttpContext http, string key, string ending) => pages.File(
            http, async (signedIn, words) =>
            {
                var model = await Model(http, signedIn);
                var seen = model.Funnel.AsOf;
                await Files.Answer(
                    http, ChainCharts.All(model, words), key, ending, Files.Source(seen, words),
                    new FileOrigin(
                        seen.Position, seen.RecordedAt, model.Scope.NameFor(signedIn.Viewer), model.Funnel.Withheld,
                        !desk.IsProduction)
                    {
                        From = model.Scope.From,
                        To = model.Scope.To,
                    });
            }));
    }

    private Task<ChainModel> Model(HttpContext http, SignedIn signedIn) =>
        ChainLoad.Load(desk, signedIn.Viewer, PeriodScope.Of(http.Request.Query, signedIn.Viewer));
}
