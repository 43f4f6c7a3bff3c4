using System.Globalization;
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
/// What is done about the logs: a request recorded or answered, lines searched for, a day looked at. What names a
/// client is posted, or sealed: it comes into no address.
/// </summary>
internal sealed class LogActions(IDesk desk, PageAnswer pages, LogEndpoints logs, ClientAddress addresses)
{
    /// <summary>The fields of a search, which its next page asks for again.</summary>
    private static readonly string[] s_asked = ["client", "user", "from", "to", "kind"];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/logs/request", http => Posted(http, Request));
        app.MapPost("/logs/answer", http => Posted(http, Answer));
        app.MapPost("/logs/search", http => Posted(http, Search));
        app.MapGet("/logs/unusual", Unusual);
        foreach (var posted in (string[])["request", "answer", "search"])
        {
            app.MapGet($"/logs/{posted}", http => pages.Go(http, _ => LogEndpoints.Place));
        }
    }

    private async Task Posted(
        HttpContext http, Func<HttpContext, IFormCollection, Viewer, Language, Task<PageBody>> page)
    {
        if (await pages.IsOurs(http))
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            await logs.Show(http, (viewer, words) => page(http, form, viewer, words));
        }
    }

    private Task<PageBody> Request(HttpContext http, IFormCollection form, Viewer viewer, Language words) => Command(
        http, viewer, words, Document.RequestLogReport, "logs.recorded",
        new
        {
            client = Text(form, "client") ?? "",
            register = viewer.LogRegister,
            command = Text(form, "command"),
            request = Guid.NewGuid().ToString("N"),
            from = Text(form, "from"),
            to = Text(form, "to"),
            note = Text(form, "note"),
        });

    private async Task<PageBody> Answer(HttpContext http, IFormCollection form, Viewer viewer, Language words)
    {
        if (addresses.Open(viewer, Text(form, "client") ?? "") is not { } client)
        {
            return await logs.Requests(http, viewer, words, null, words["logs.unknown"]);
        }
        var (register, command, request, said) = (
            viewer.LogRegister, Text(form, "command"), Text(form, "request"), Text(form, "words"));
        return Text(form, "answer") == "give"
            ? await Command(
                http, viewer, words, Document.GiveLogReport, "logs.given",
                new { client, register, command, request, note = said })
            : said is null ? await logs.Requests(http, viewer, words, null, words["logs.groundsMissing"])
            : await Command(
                http, viewer, words, Document.RefuseLogReport, "logs.wasRefused",
                new { client, register, command, request, grounds = said });
    }

    /// <summary>Carries a command out, and shows the requests that wait with what became of it.</summary>
    private async Task<PageBody> Command(
        HttpContext http, Viewer viewer, Language words, Document document, string done, object variables)
    {
        try
        {
            var answer = (await desk.Ask<LogCommandAnswer>(viewer, document, variables)).Answer;
            return answer is { Accepted: true }
                ? await logs.Requests(http, viewer, words, done, null, answer.Position)
                : await logs.Requests(http, viewer, words, null, answer?.UserErrors is [{ Code: { } code }, ..]
                    ? code : words["logs.unknown"]);
        }
        catch (InquiryRefused refused) when (refused.IsOfRights || refused.IsOfInput)
        {
            return await logs.Requests(http, viewer, words, null, refused.Code);
        }
    }

    private async Task<PageBody> Search(HttpContext http, IFormCollection form, Viewer viewer, Language words)
    {
        var (from, to) = (LogEndpoints.DayOf(Text(form, "from") ?? ""), LogEndpoints.DayOf(Text(form, "to") ?? ""));
        if (from is not { } first || to < first)
        {
            return await logs.Requests(http, viewer, words, null, words["scope.reversed"]);
        }
        try
        {
            var answer = await desk.Ask<AccessAuditAnswer>(viewer, Document.AccessAudit, new
            {
                register = viewer.LogRegister,
                from,
                to,
                client = Text(form, "client"),
                user = Text(form, "user"),
                kind = LogForms.Kinds.FirstOrDefault(kind => kind == Text(form, "kind")),
                after = Text(form, "after"),
            });
            var page = answer.AccessAudit!;
            return PageBody.Of<AuditView>(
                words["audit.title"], ("Lines", page.Nodes), ("From", first), ("To", to ?? logs.Today),
                ("Asked", Asked(form)), ("Next", page.PageInfo.HasNextPage ? page.PageInfo.EndCursor : null));
        }
        catch (InquiryRefused refused) when (refused.IsOfInput)
        {
            return await logs.Requests(http, viewer, words, null, words["audit.notKnown"]);
        }
    }

    private Task Unusual(HttpContext http) => logs.Show(http, (viewer, words) => Unusual(http, viewer, words));

    private async Task<PageBody> Unusual(HttpContext http, Viewer viewer, Language words)
    {
        var on = LogEndpoints.DayOf(http.Request.Query["on"].ToString());
        var answer = await desk.Ask<UnusualUseAnswer>(
            viewer, Document.UnusualUse, new { register = viewer.LogRegister, on });
        return PageBody.Of<UnusualView>(words["unusual.title"], ("Day", answer.UnusualUse!));
    }

    private static (string Name, string Value)[] Asked(IFormCollection form) =>
    [
        .. s_asked.Select(name => (name, Text(form, name)))
            .Where(one => one.Item2 is not null).Select(one => (one.name, one.Item2!)),
    ];

    private static string? Text(IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
