using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>
/// Sessions live in the browser's cookie alone, sealed by keys that all processes share: any gateway answers any
/// request. No endpoint of the API reads it.
/// </summary>
public sealed class SessionCookies(IDesk desk, IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "osst-session";

    /// <summary>A browser that asked for nothing for so long is signed out.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A working day; then the viewer signs in anew, whatever the token says.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    /// <summary>So often a cookie is written anew: one for each request would be waste.</summary>
    private static readonly TimeSpan s_written = TimeSpan.FromMinutes(1);

    private readonly IDataProtector _seal = protection.CreateProtector("OsstOrleans.Dashboard", "session");
    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>The session of a request; null without one, or when it is over.</summary>
    public async ValueTask<SignedIn?> Of(HttpContext http)
    {
        var now = time.GetUtcNow();
        return Read(http) is { } session && session.Seen + Idle > now && session.Begun + Longest > now
            && await desk.ViewerOf(session.Token, session.Purpose) is { } viewer
            ? new SignedIn(session, viewer)
            : null;
    }

    /// <summary>True when the browser brings a session, valid or not.</summary>
    public bool IsBrought(HttpContext http) => _cookies.GetRequestCookie(http, Name) is not null;

    /// <summary>Signs in by this token.</summary>
    public void Begin(HttpContext http, string token, string? purpose)
    {
        var now = time.GetUtcNow();
        Write(http, new Session(token, purpose, now, now));
    }

    /// <summary>The session goes on; the same one, for another purpose where one is given.</summary>
    public void GoOn(HttpContext http, Session session, string? purpose = null)
    {
        var now = time.GetUtcNow();
        if (purpose is not null || session.Seen + s_written <= now)
        {
            Write(http, session with { Seen = now, Purpose = purpose ?? session.Purpose });
        }
    }

    public void End(HttpContext http) => _cookies.DeleteCookie(http, Name, Options(http));

    private Session? Read(HttpContext http)
    {
        try
        {
            return _cookies.GetRequestCookie(http, Name) is { } sealedText
                ? JsonSerializer.Deserialize<Session>(_seal.Unprotect(sealedText))
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException)
        {
            return null; // Of another installation, or meddled with.
        }
    }

    private void Write(HttpContext http, Session session) => _cookies.AppendResponseCookie(
        http, Name, _seal.Protect(JsonSerializer.Serialize(session)), Options(http));

    /// <summary>
    /// Lax, so that a link from elsewhere opens the page of a signed-in viewer; every post has its token. In production
    /// a proxy ends TLS, so the request's own scheme does not say whether the cookie needs it.
    /// </summary>
    private CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = desk.IsProduction || http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
