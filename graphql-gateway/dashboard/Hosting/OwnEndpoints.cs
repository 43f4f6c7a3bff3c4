using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Live;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// The own municipality: lists, and clients to read. Counts are live; what is about a person is asked for one viewer,
/// kept nowhere, and never part of a stream.
/// </summary>
internal sealed class OwnEndpoints(
    IDesk desk, PageAnswer pages, LiveEndpoint live, ClientAddress addresses, TimeProvider time)
{
    private const string Place = "/own";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, http => Show(http, Body));
        app.MapGet("/live/own", http => live.Answer(http, Source));
        app.MapGet("/own/lists/{kind}", (HttpContext http, string kind) => Show(
            http, (viewer, words) => List(http, viewer, kind, words)));
        app.MapGet("/own/workers/{worker}", (HttpContext http, string worker) => Show(
            http, (viewer, words) => Worker(viewer, worker, words)));
        app.MapPost("/own/find", Find);
        app.MapGet("/own/find", http => pages.Go(http, _ => Place));
        app.MapGet("/own/client/{client}", (HttpContext http, string client) => Show(
            http, (viewer, words) => Client(http, viewer, client, words)));
        app.MapPost("/own/client/{client}/open", Open);
        app.MapGet("/own/client/{client}/open", (HttpContext http, string client) => pages.Go(
            http, viewer => addresses.Open(viewer, client) is { } id ? addresses.Of(viewer, id) : Place));
    }

    /// <summary>A page for who works with the clients of one municipality and has said why.</summary>
    private Task Show(HttpContext http, Func<Viewer, Language, Task<PageBody>> page) => pages.ForFigures(
        http,
        async (signedIn, words) =>
        {
            var viewer = signedIn.Viewer;
            if (viewer.Purpose is null)
            {
                return PageBody.Of<PurposeView>(
                    words["own.purposeTitle"], ("Purposes", viewer.Purposes),
                    ("Back", HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.ToString() : Place));
            }
            try
            {
                return await page(viewer, words);
            }
            catch (InquiryRefused refused) when (refused.Code == InquiryRefused.NotInStaff)
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return PageBody.Notice(
                    words["own.notInStaff"], words["own.notInStaffText"], "", "/account", words["account.title"]);
            }
        },
        viewer => viewer.OwnRegister is not null);

    private Task<PageBody> Body(Viewer viewer, Language words) => Body(viewer, words, isLive: false);

    /// <param name="viewer">Who looks.</param>
    /// <param name="words">The language.</param>
    /// <param name="isLive">
    /// What is rendered anew for all who have the same rights: it asks nothing that leaves lines about clients.
    /// </param>
    private async Task<PageBody> Body(Viewer viewer, Language words, bool isLive)
    {
        var municipality = viewer.OwnRegister!;
        var answer = await desk.Ask<OwnAnswer>(viewer, Document.Own, new { municipality });
        var reviews = viewer.Coordinates && !isLive
            ? await desk.Ask<OwnReviewsAnswer>(viewer, Document.OwnReviews, new { municipality })
            : null;
        return PageBody.Of<OwnView>(
            words["own.menu"], ("Answer", answer), ("Viewer", viewer), ("Today", Today), ("Reviews", reviews),
            ("AddressOf", AddressesFor(viewer)));
    }

    private async Task<PageBody> List(HttpContext http, Viewer viewer, string kind, Language words)
    {
        if (!words.Texts.TryGetValue($"list.{kind}", out var name))
        {
            return Unknown(words);
        }
        var answer = await desk.Ask<OwnListAnswer>(
            viewer, Document.OwnList, new { municipality = viewer.OwnRegister, kind, after = AfterOf(http) });
        return PageBody.Of<OwnListView>(
            name, ("List", answer.Worklists.Lists[0]), ("Today", Today), ("AddressOf", AddressesFor(viewer)),
            ("IsLater", AfterOf(http) is not null));
    }

    private async Task<PageBody> Worker(Viewer viewer, string worker, Language words)
    {
        var answer = await desk.Ask<OwnWorkerAnswer>(
            viewer, Document.OwnWorker, new { municipality = viewer.OwnRegister, worker });
        return PageBody.Of<OwnWorkerView>(
            words["own.worker"], ("Worker", worker), ("Clients", answer.Caseload.Nodes),
            ("All", answer.Caseload.TotalCount), ("AddressOf", AddressesFor(viewer)));
    }

    private DateOnly Today => FinnishClock.DayOf(time.GetUtcNow());

    private async Task<PageBody> Client(HttpContext http, Viewer viewer, string text, Language words)
    {
        if (addresses.Open(viewer, text) is not { } client)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Unknown(words);
        }
        try
        {
            var answer = await desk.Ask<OwnClientAnswer>(
                viewer, Document.OwnClient, new { client, language = words.Code, after = AfterOf(http) });
            if (answer.Client is not { } read)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Unknown(words);
            }
            var uses = viewer.Coordinates
                ? await desk.Ask<WhoLookedAnswer>(viewer, Document.WhoLooked, new { client })
                : null;
            return PageBody.Of<ClientView>(
                words["own.client"], ("Client", read), ("Viewer", viewer), ("Today", Today),
                ("Place", addresses.Of(viewer, client)), ("IsLater", AfterOf(http) is not null),
                ("Uses", uses?.Client?.AccessLog.Nodes));
        }
        catch (InquiryRefused refused) when (refused.Code == InquiryRefused.Forbidden)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return PageBody.Of<GlassView>(words["glass.title"], ("Address", addresses.Of(viewer, client)));
        }
    }

    /// <summary>What was typed is posted: it comes into no address.</summary>
    private async Task Find(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        var client = http.Request.Form["client"].ToString().Trim();
        if (http.Request.Form["by"].ToString() is var way and (OwnWords.Name or OwnWords.IdentityCode)
            && client.Length > 0)
        {
            await Show(http, (viewer, words) => Found(viewer, way, client, words));
            return;
        }
        await pages.Go(http, viewer => client.Length == 0 ? Place : addresses.Of(viewer, client));
    }

    private async Task<PageBody> Found(Viewer viewer, string way, string text, Language words)
    {
        object by = way == OwnWords.Name ? new { name = text } : new { identityCode = text };
        var answer = await desk.Ask<FindClientsAnswer>(
            viewer, Document.FindClients, new { municipality = viewer.OwnRegister, by });
        return PageBody.Of<FoundView>(
            words["found.title"], ("Found", answer.FindClients), ("AddressOf", AddressesFor(viewer)));
    }

    private async Task Open(HttpContext http, string client)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (reason, said, command) = (
            form["reason"].ToString(), form["words"].ToString().Trim(), form["command"].ToString());
        await Show(http, async (viewer, words) =>
        {
            if (addresses.Open(viewer, client) is not { } id)
            {
                return Unknown(words);
            }
            var answer = GlassView.Reasons.Contains(reason) && said.Length > 0
                ? await desk.Ask<OpenAccessAnswer>(
                    viewer, Document.OpenAccess, new { client = id, command, reason, words = said })
                : null;
            if (answer is { OpenAccess.Accepted: true })
            {
                http.Response.StatusCode = StatusCodes.Status200OK;
                return await Client(http, viewer, client, words);
            }
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            var why = answer is { OpenAccess.UserErrors: [{ Code: { } code }, ..] } ? code : words["glass.incomplete"];
            return PageBody.Of<GlassView>(
                words["glass.title"], ("Address", addresses.Of(viewer, id)), ("Refused", why));
        });
    }

    private LiveSource? Source(HttpContext http, Viewer viewer)
    {
        if (!desk.HasData || viewer is not { OwnRegister: { } own, Purpose: not null })
        {
            return null;
        }
        var words = Preferences.LanguageOf(http);
        return new LiveSource(
            $"own|{words.Code}", viewer,
            async () => await pages.Live(await Body(viewer, words, isLive: true), words, viewer, Place),
            ended => Changes.Of(
                desk, viewer, [Document.CaseloadChanged.With(new { scope = (string[])[own] })], time, ended),
            () => desk.Ask<OwnAnswer>(viewer, Document.Own, new { municipality = own }));
    }

    /// <summary>A place in a list: numbers of the list's own order, which say nothing of whom it lists.</summary>
    private static string? AfterOf(HttpContext http) =>
        http.Request.Query["after"] is [{ Length: > 0 } after] ? after : null;

    private Func<string, string> AddressesFor(Viewer viewer) => client => addresses.Of(viewer, client);

    private static PageBody Unknown(Language words) => PageBody.Notice(
        words["own.unknown"], words["own.unknownText"], "", Place, words["own.back"]);
}
