using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>An import of one file.</summary>
/// <param name="Import">Distinguishes it from every other: with it the platform knows each line by its place.</param>
/// <param name="Kind">What the lines are.</param>
/// <param name="Source">The system whose identifiers they use.</param>
/// <param name="Day">The day of the lines that give none; null for today.</param>
/// <param name="File">The fingerprint of the file's content.</param>
/// <param name="Subject">Who imports.</param>
/// <param name="Begun">Since when.</param>
public sealed record ImportJob(
    Guid Import, string Kind, string Source, DateOnly? Day, string File, string Subject, DateTimeOffset Begun);

/// <summary>
/// Imports under way live in the browser alone, as a sealed cookie that no script reads: any gateway goes on with what
/// another began, and the same file chosen again is the same import. A browser keeps the last one.
/// </summary>
public sealed class ImportJobs(IDesk desk, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Name = "osst-import";
    private const string Place = "/import";
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    private readonly IDataProtector _seal = protection.CreateProtector("OsstOrleans.Dashboard", "import");

    /// <summary>The import of this browser and viewer that has not ended; null for none.</summary>
    public ImportJob? Of(HttpContext http, Viewer viewer) => Open(viewer, http.Request.Cookies[Name]);

    /// <summary>Goes on with the browser's import of the same file, or begins one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="viewer">Who imports.</param>
    /// <param name="asked">Kind, source, day and file.</param>
    /// <param name="isRehearsal">Nothing will be stored, so that there is nothing to go on with.</param>
    /// <returns>The import, sealed for the posts of its lines, and whether it goes on.</returns>
    public (string Sealed, bool GoesOn) Begin(HttpContext http, Viewer viewer, ImportJob asked, bool isRehearsal)
    {
        var begun = isRehearsal ? null : Of(http, viewer);
        var goesOn = begun is not null && IsOfSame(begun, asked);
        var text = _seal.Protect(JsonSerializer.Serialize(goesOn ? begun : asked));
        if (!isRehearsal)
        {
            http.Response.Cookies.Append(Name, text, Options());
        }
        return (text, goesOn);
    }

    /// <summary>An import that was begun by this viewer; null for any other text.</summary>
    public ImportJob? Open(Viewer viewer, string? text)
    {
        try
        {
            return text is { Length: > 0 } && JsonSerializer.Deserialize<ImportJob>(_seal.Unprotect(text)) is { } job
                && job.Subject == viewer.Subject && job.Begun + s_longest > time.GetUtcNow()
                    ? job
                    : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The import has ended, or is given up.</summary>
    public void End(HttpContext http) => http.Response.Cookies.Delete(Name, Options());

    private static bool IsOfSame(ImportJob one, ImportJob other) =>
        (one.Kind, one.Source, one.Day, one.File) == (other.Kind, other.Source, other.Day, other.File);

    private CookieOptions Options() => new()
    {
        HttpOnly = true,
        Secure = desk.IsProduction,
        SameSite = SameSiteMode.Strict,
        Path = Place,
        MaxAge = s_longest,
        IsEssential = true,
    };
}
