using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>Answers requests for pages: who asks, in which language, under which policy.</summary>
internal sealed class PageAnswer(
    IDesk desk, SessionCookies sessions, PageRenderer renderer, IAntiforgery antiforgery)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'self'; form-action 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'";

    /// <summary>A page for signed-in viewers; others go to the sign-in and come back.</summary>
    public async Task For(
        HttpContext http, Func<SignedIn, Language, Task<PageBody>> page, Func<Viewer, bool>? mayLook = null)
    {
        if (await sessions.Of(http) is not { } signedIn)
        {
            var expired = sessions.IsBrought(http) ? "&expired=1" : "";
            var back = Uri.EscapeDataString($"{http.Request.Path}{http.Request.QueryString}");
            http.Response.Redirect($"/sign-in?back={back}{expired}");
            return;
        }
        sessions.GoOn(http, signedIn.Session);
        var words = Preferences.LanguageOf(http);
        if (mayLook?.Invoke(signedIn.Viewer) == false)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await Show(http, words, signedIn.Viewer, PageBody.Notice(
                words["forbidden.title"], words["forbidden.text"], "", "/", words["overview.menu"]));
            return;
        }
        await Show(http, words, signedIn.Viewer, await Body(http, words, () => page(signedIn, words)));
    }

    /// <summary>A page of figures; a process that only hosts grains has none, and shows what it has.</summary>
    public Task ForFigures(
        HttpContext http, Func<SignedIn, Language, Task<PageBody>> page, Func<Viewer, bool>? mayLook = null)
    {
        if (desk.HasData)
        {
            return For(http, page, mayLook);
        }
        http.Response.Redirect("/ops");
        return Task.CompletedTask;
    }

    /// <summary>A page that a form of a period leads to: what is wrong with the period stands at its fields.</summary>
    public Task ForPeriod(
        HttpContext http, PeriodPage page, Func<SignedIn, Language, Task<PageBody>> body) => ForFigures(
        http, async (signedIn, words) =>
        {
            var scope = page.ScopeOf(http.Request.Query, signedIn.Viewer);
            if (!scope.IsReversed)
            {
                return await body(signedIn, words);
            }
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            var known = await desk.Ask<AccountAnswer>(signedIn.Viewer, Document.Account, new { });
            return PageBody.Of<PeriodView>(
                words[page.Title], ("Title", words[page.Title]), ("Action", page.Path), ("Scope", scope),
                ("Places", page.PlacesOf(scope, signedIn.Viewer, known.Municipalities, words)),
                ("IsByMonth", page.IsByMonth || scope.IsNarrowFor(signedIn.Viewer)));
        },
        page.MayLook);

    /// <summary>Leads a signed-in viewer on; others to the sign-in.</summary>
    public async Task Go(HttpContext http, Func<Viewer, string> to) => http.Response.Redirect(
        await sessions.Of(http) is { } signedIn ? to(signedIn.Viewer) : "/sign-in?expired=1");

    /// <summary>A page that needs no session.</summary>
    public async Task ForAll(HttpContext http, Func<Language, Task<PageBody>> page)
    {
        var words = Preferences.LanguageOf(http);
        await Show(http, words, (await sessions.Of(http))?.Viewer, await page(words));
    }

    /// <summary>A page that has no frame, and is the same for all viewers.</summary>
    public async Task Bare(HttpContext http, Func<Language, PageBody> page)
    {
        var words = Preferences.LanguageOf(http);
        var visit = new Visit(http.Request.Path, "", "", "", null, desk.HasData);
        await Write(http, await renderer.Body(page(words), words, visit));
    }

    /// <summary>A file for signed-in viewers; it has no words for others.</summary>
    public async Task File(HttpContext http, Func<SignedIn, Language, Task> file)
    {
        if (!desk.HasData || await sessions.Of(http) is not { } signedIn)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        try
        {
            await file(signedIn, Preferences.LanguageOf(http));
        }
        catch (InquiryRefused refused)
        {
            http.Response.StatusCode = StatusOf(refused);
        }
    }

    /// <summary>True when a post is of one of our own pages; else it is answered.</summary>
    public async Task<bool> IsOurs(HttpContext http)
    {
        if (await antiforgery.IsRequestValidAsync(http))
        {
            return true;
        }
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await ForAll(http, words => Task.FromResult(PageBody.Notice(
            words["stale.title"], words["stale.text"], "", "/", words["overview.menu"])));
        return false;
    }

    /// <summary>A page's body for its live stream, without a form of its own.</summary>
    public Task<string> Live(PageBody body, Language words, Viewer viewer, string path) =>
        renderer.Body(body, words, new Visit(path, "", "", "", viewer, desk.HasData));

    private static async Task<PageBody> Body(HttpContext http, Language words, Func<Task<PageBody>> page)
    {
        try
        {
            return await page();
        }
        catch (InquiryRefused refused)
        {
            http.Response.StatusCode = StatusOf(refused);
            return PageBody.Notice(
                words["failed.title"],
                words.Say(refused.IsOfInput ? "failed.input" : "failed.text", ("code", refused.Code)), "bad",
                http.Request.Path, words["failed.again"]);
        }
    }

    private static int StatusOf(InquiryRefused refused) => refused.IsOfRights ? StatusCodes.Status403Forbidden
        : refused.IsOfInput ? StatusCodes.Status400BadRequest
        : StatusCodes.Status503ServiceUnavailable;

    private async Task Show(HttpContext http, Language words, Viewer? viewer, PageBody body)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var html = await renderer.Page(body, words, new Visit(
            http.Request.Path, Preferences.ThemeOf(http), tokens.FormFieldName, tokens.RequestToken!, viewer,
            desk.HasData)
        {
            Query = HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString.ToString() : "",
        });
        http.Response.Headers["blazor-enhanced-nav"] = "allow"; // The script exchanges the page.
        await Write(http, html);
    }

    private static Task Write(HttpContext http, string html)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(html, http.RequestAborted);
    }
}

/// <summary>A page of a period, of the own municipality or of all.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Title">The key of its title.</param>
internal sealed record PeriodPage(string Path, string Title)
{
    /// <summary>What a viewer asks for by an address.</summary>
    public Func<IQueryCollection, Viewer, PeriodScope> ScopeOf { get; init; } = PeriodScope.WithoutArms;

    /// <summary>The places that can be chosen.</summary>
    public Func<PeriodScope, Viewer, IReadOnlyList<NameAnswer>, Language, IReadOnlyList<(string Code, string Name)>>
        PlacesOf
    { get; init; } = (_, viewer, names, words) => PlaceWords.WithoutArms(viewer, names, words);

    /// <summary>True where all who see the page may ask for single months.</summary>
    public bool IsByMonth { get; init; }

    /// <summary>Who sees the page; all where null.</summary>
    public Func<Viewer, bool>? MayLook { get; init; }
}
