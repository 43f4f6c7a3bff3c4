using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Import;
using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// Files to import: the browser posts a file part by part, and nothing of it stays here. What a part does is asked of
/// the API as the viewer.
/// </summary>
internal sealed class ImportEndpoints(
    IDesk desk, PageAnswer pages, SessionCookies sessions, ImportJobs jobs, TimeProvider time)
{
    private const string Place = "/import";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, Show);
        app.MapPost("/import/look", http => Post(http, Look));
        app.MapPost("/import/begin", http => Post(http, Begin));
        app.MapPost("/import/lines", http => Post(http, Lines));
        app.MapPost("/import/end", End);
        app.MapGet("/import/end", http => pages.Go(http, _ => Place));
    }

    private Task Show(HttpContext http) => pages.ForFigures(
        http,
        (signedIn, words) => Task.FromResult(signedIn.Viewer is { Purpose: null, Purposes.Count: > 0 }
            ? PageBody.Of<PurposeView>(
                words["own.purposeTitle"], ("Purposes", signedIn.Viewer.Purposes), ("Back", Place))
            : PageBody.Of<ImportView>(
                words["import.title"], ("Forms", FormsFor(signedIn.Viewer)), ("Sources", signedIn.Viewer.Sources),
                ("Begun", jobs.Of(http, signedIn.Viewer)))),
        viewer => viewer.Imports);

    /// <summary>Kinds that the page can send; lines about clients are for who speaks for their source.</summary>
    private IReadOnlyList<ImportForm> FormsFor(Viewer viewer) =>
    [
        .. desk.ImportForms.Where(form =>
            Document.Import(form.Name) is not null && (viewer.Sources.Count > 0 || !form.NamesClients)),
    ];

    /// <summary>A post of the page's script; it keeps the session, since an import may take longer than it.</summary>
    private async Task Post(HttpContext http, Func<HttpContext, SignedIn, Language, Task> answer)
    {
        if (!await pages.IsOurs(http))
        {
            return;
        }
        await pages.File(http, async (signedIn, words) =>
        {
            if (!signedIn.Viewer.Imports)
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
            sessions.GoOn(http, signedIn.Session);
            http.Response.Headers.CacheControl = "no-store";
            await answer(http, signedIn, words);
        });
    }

    /// <summary>What a file looks like, from its beginning; it is read and goes nowhere.</summary>
    private async Task Look(HttpContext http, SignedIn signedIn, Language words)
    {
        var form = http.Request.Form;
        if (await BytesOf(form, "part") is not { } start || FormOf(signedIn.Viewer, form["kind"]) is not { } kind)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var (isCsv, isLast) = (form["csv"] == "1", form["last"] == "1");
        var (head, lines) = isCsv ? desk.HeadOf(start, isLast) : (0, 0);
        var read = await desk.Read(new FilePart(kind.Kind, isCsv, start.AsMemory(0, head), start.AsMemory(head), 100)
        {
            Lines = lines,
            IsLast = isLast,
        });
        var look = new FileLook(kind, isCsv, head, start.AsMemory(0, Math.Min(start.Length, 4096)), read);
        await http.Response.WriteAsJsonAsync(
            new
            {
                head,
                lines,
                isUsable = look.IsUsable,
                html = await pages.Live(
                    PageBody.Of<LookView>("", ("Look", look)), words, signedIn.Viewer, Place),
            },
            http.RequestAborted);
    }

    private async Task Begin(HttpContext http, SignedIn signedIn, Language words)
    {
        var (form, viewer) = (http.Request.Form, signedIn.Viewer);
        var source = form["source"].ToString();
        if (FormOf(viewer, form["kind"]) is not { } kind || form["file"] is not [{ Length: > 0 and < 200 } file]
            || (kind.NamesClients && !viewer.Sources.Contains(source)))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var isRehearsal = form["dry"] == "1";
        var day = DateOnly.TryParseExact(
            form["day"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given)
            ? given
            : (DateOnly?)null;
        var (text, goesOn) = jobs.Begin(
            http, viewer,
            new ImportJob(Guid.NewGuid(), kind.Kind, source, day, file, viewer.Subject, time.GetUtcNow()), isRehearsal);
        await http.Response.WriteAsJsonAsync(new { job = text, goesOn }, http.RequestAborted);
    }

    private async Task Lines(HttpContext http, SignedIn signedIn, Language words)
    {
        var form = http.Request.Form;
        if (jobs.Open(signedIn.Viewer, form["job"]) is not { } job
            || await BytesOf(form, "part") is not { } bytes || await BytesOf(form, "head") is not { } head)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var part = await desk.Read(new FilePart(job.Kind, form["csv"] == "1", head, bytes, LinesSend.MostLines)
        {
            Records = Number(form, "records"),
            Lines = Number(form, "lines"),
            IsLast = form["last"] == "1",
            Day = job.Day,
        });
        var ends = await new LinesSend(desk, signedIn.Viewer, job, form["dry"] == "1").Send(part.Records);
        await http.Response.WriteAsJsonAsync(
            new
            {
                bytes = part.Bytes,
                lines = part.Lines,
                records = ends.Count,
                counts = ends.CountBy(end => end.Status).ToDictionary(),
                told = ends.Where(end => end.Code is not null).Select(end => new
                {
                    line = end.Line.Line,
                    record = end.Line.Record,
                    status = words.Of("ended", end.Status),
                    refused = end.Status == LinesSend.Refused,
                    code = end.Code,
                    field = end.Field,
                    reason = ImportWords.Reason(end.Code!, words),
                }),
                fault = part.Fault is { } fault ? ImportWords.Of(fault, words) : null,
            },
            http.RequestAborted);
    }

    /// <summary>All lines were sent, or the import is given up.</summary>
    private async Task End(HttpContext http)
    {
        if (await pages.IsOurs(http))
        {
            jobs.End(http);
            await pages.Go(http, _ => Place);
        }
    }

    private ImportForm? FormOf(Viewer viewer, string? kind) =>
        FormsFor(viewer).FirstOrDefault(form => form.Kind == kind);

    private static async Task<byte[]?> BytesOf(IFormCollection form, string name)
    {
        if (form.Files[name] is not { } file)
        {
            return null;
        }
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static long Number(IFormCollection form, string name) =>
        long.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
