using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>In, out, and what a browser keeps. Every post has the token of one of our own pages.</summary>
internal sealed class SignInEndpoints(
    IDesk desk, SessionCookies sessions, SignInCookies started, PageAnswer pages)
{
    private const string AnyoneInDevelopment = "researcher";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", Ask);
        app.MapPost("/sign-in", Enter);
        app.MapGet("/sign-in/{provider}", (HttpContext http, string provider) => GoTo(http, provider));
        app.MapGet("/signed-in/{provider}", (HttpContext http, string provider) => ComeFrom(http, provider));
        app.MapPost("/sign-out", Leave);
        app.MapPost("/account/purpose", Purpose);
        app.MapPost("/account/look", Look);
        app.MapGet("/language/{code}", (HttpContext http, string code) => Speak(http, code));
    }

    /// <summary>An address of these pages, else the first page: no link leads away through the sign-in.</summary>
    public static string Local(string? back) =>
        back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\')
        && !back.Any(char.IsControl)
            ? back
            : "/";

    private Task Ask(HttpContext http) => pages.ForAll(http, words => Form(http, words));

    private async Task<PageBody> Form(HttpContext http, Language words) => PageBody.Of<SignInView>(
        words["signIn.title"], ("Providers", desk.Providers), ("Roles", desk.DevelopmentRoles),
        ("Municipalities", await Municipalities()), ("Back", Local(http.Request.Query["back"])),
        ("IsExpired", http.Request.Query.ContainsKey("expired")));

    /// <summary>What a developer can choose from, asked as one who sees no client.</summary>
    private async Task<IReadOnlyList<(string Code, string Name)>> Municipalities() =>
        desk.HasData && desk.DevelopmentToken(AnyoneInDevelopment, null) is { } token
        && await desk.ViewerOf(token, null) is { } viewer
            ? [.. (await desk.Ask<AccountAnswer>(viewer, Document.Account, new { })).Municipalities
                .OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Code, one.Name)), .. desk.Counties]
            : [];

    private async Task Enter(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var role = desk.DevelopmentRoles.FirstOrDefault(one => one.Name == form["role"]);
        var municipality = form["municipality"] is [{ Length: > 0 } code] ? code : null;
        if (role is null || desk.DevelopmentToken(role.Name, municipality) is not { } token)
        {
            http.Response.Redirect("/sign-in");
            return;
        }
        // With one purpose there is nothing to choose; with several the viewer chooses in the account.
        sessions.Begin(http, token, role.Purposes is [var only] ? only : null);
        http.Response.Redirect(Local(form["back"]));
    }

    private async Task GoTo(HttpContext http, string provider)
    {
        var query = http.Request.Query;
        var begun = started.Begin(http, provider, Local(query["back"]));
        if (await desk.BeginSignIn(provider, begun.Secrets, query["hint"]) is { } place)
        {
            http.Response.Redirect(place.ToString());
            return;
        }
        await Fail(http);
    }

    private async Task ComeFrom(HttpContext http, string provider)
    {
        var query = http.Request.Query;
        if (started.Take(http, provider, query["state"]) is { } begun && query["code"] is [{ Length: > 0 } code]
            && await desk.EndSignIn(provider, code, begun.Secrets) is { } token
            && await desk.ViewerOf(token, null) is { } viewer)
        {
            sessions.Begin(http, token, viewer.Purposes is [var only] ? only : null);
            http.Response.Redirect(begun.Back);
            return;
        }
        await Fail(http);
    }

    /// <summary>One answer for every reason: which one it is, is the provider's and the operator's to know.</summary>
    private Task Fail(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return pages.ForAll(http, words => Task.FromResult(PageBody.Notice(
            words["signIn.failed"], words["signIn.failedText"], "bad", "/sign-in", words["failed.again"])));
    }

    private async Task Leave(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        if (await sessions.Of(http) is { } signedIn)
        {
            await desk.Revoke(signedIn.Viewer, everywhere: http.Request.Form["where"] == "everywhere");
        }
        sessions.End(http);
        http.Response.Redirect("/sign-in");
    }

    private async Task Purpose(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        if (await sessions.Of(http) is { } signedIn && http.Request.Form["purpose"] is [{ } purpose]
            && await desk.ViewerOf(signedIn.Session.Token, purpose) is not null)
        {
            sessions.GoOn(http, signedIn.Session, purpose);
        }
        http.Response.Redirect(http.Request.Form["back"] is [{ Length: > 0 } back] ? Local(back) : "/account");
    }

    private async Task Look(HttpContext http)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        if (Language.Find(http.Request.Form["language"]) is { } language)
        {
            Preferences.Keep(http, language);
        }
        Preferences.KeepTheme(http, http.Request.Form["theme"].ToString());
        http.Response.Redirect("/account");
    }

    private static Task Speak(HttpContext http, string code)
    {
        if (Language.Find(code) is { } language)
        {
            Preferences.Keep(http, language);
        }
        http.Response.Redirect(Local(http.Request.Query["back"]));
        return Task.CompletedTask;
    }
}
