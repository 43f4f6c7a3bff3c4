using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Logs;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// Restrictions that clients asked for, and matters whose time of keeping has ended. Clients are named in sealed form;
/// what is decided is a command of the API.
/// </summary>
internal sealed class ProtectionEndpoints(IDesk desk, PageAnswer pages, LogEndpoints logs, ClientAddress addresses)
{
    private const string Restrictions = "/logs/restrictions";
    private const string Retention = "/logs/retention";

    private static readonly IReadOnlyList<FormCommand> s_decisions =
    [
        new("grant", Document.GrantRestriction, "restriction.wasGranted", [], [])
        {
            Renamed = [("grounds", "words")],
        },
        new("refuse", Document.RefuseRestriction, "restriction.wasRefused", ["reason", "grounds"], []),
        new("end", Document.EndRestriction, "restriction.wasEnded", ["grounds"], ["noticeOn"]),
    ];

    /// <summary>One matter, or the whole client: two actions, so that a form never means the other one.</summary>
    internal static IReadOnlyList<FormCommand> Confirmations { get; } =
    [
        new("confirm-matter", Document.ConfirmRetention, "retention.wasConfirmed", [], [])
        {
            Numbers = ["matter"],
            Sure = "sure",
        },
        new("confirm-whole", Document.ConfirmRetention, "retention.wasConfirmed", [], [])
        {
            Sure = "sure",
        },
    ];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Restrictions, ShowRestrictions);
        app.MapPost(Restrictions, DecideRestriction);
        app.MapGet(Retention, ShowRetention);
        app.MapPost(Retention, ConfirmRetention);
    }

    private Task ShowRestrictions(HttpContext http) => logs.Show(
        http, (viewer, words) => RestrictionsOf(viewer, words, FormOutcome.None), Restrictions);

    private Task DecideRestriction(HttpContext http) => Posted(http, Restrictions, s_decisions, RestrictionsOf);

    private Task ShowRetention(HttpContext http) => logs.Show(
        http, (viewer, words) => RetentionOf(http, viewer, words, FormOutcome.None), Retention);

    private Task ConfirmRetention(HttpContext http) => Posted(
        http, Retention, Confirmations, (viewer, words, outcome) => RetentionOf(http, viewer, words, outcome));

    private async Task Posted(
        HttpContext http, string place, IReadOnlyList<FormCommand> commands,
        Func<Viewer, Language, FormOutcome, Task<PageBody>> page)
    {
        if (await pages.IsOurs(http))
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            await logs.Show(
                http,
                async (viewer, words) => await page(viewer, words, await FormPost.Send(
                    desk, viewer, http, commands, ("register", viewer.LogRegister),
                    ("clientId", addresses.Open(viewer, form["client"].ToString())))),
                place);
        }
    }

    private async Task<PageBody> RestrictionsOf(Viewer viewer, Language words, FormOutcome outcome)
    {
        var answer = await desk.Ask<RestrictionsAnswer>(
            viewer, Document.Restrictions, new { register = viewer.LogRegister, minPosition = outcome.Position });
        return PageBody.Of<RestrictionsView>(
            words["restriction.title"], ("Restrictions", answer.Restrictions), ("SealOf", SealFor(viewer)),
            ("IsCoordinator", viewer.Coordinates), ("Said", outcome.Done), ("Tried", outcome.Tried));
    }

    private async Task<PageBody> RetentionOf(HttpContext http, Viewer viewer, Language words, FormOutcome outcome)
    {
        var isHeld = http.Request.Query["held"] == "1";
        var answer = await desk.Ask<RetentionDueAnswer>(viewer, Document.RetentionDue, new
        {
            register = viewer.LogRegister,
            held = isHeld,
            after = http.Request.Query["after"] is [{ Length: > 0 } after] ? after : null,
            minPosition = outcome.Position,
        });
        return PageBody.Of<RetentionView>(
            words["retention.title"], ("Due", answer.RetentionDue), ("IsHeld", isHeld),
            ("AddressOf", (Func<string, string>)(client => addresses.Of(viewer, client))), ("SealOf", SealFor(viewer)),
            ("Said", outcome.Done), ("Tried", outcome.Tried));
    }

    private Func<string, string> SealFor(Viewer viewer) => client => addresses.Seal(viewer, client);
}
