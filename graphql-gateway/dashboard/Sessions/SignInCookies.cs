using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>A sign-in at a provider that is under way.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Secrets">What binds it to this browser.</param>
/// <param name="Back">Where the viewer wanted to go.</param>
public sealed record StartedSignIn(string Provider, SignInSecrets Secrets, string Back);

/// <summary>Sign-ins under way live in the browser, too: any gateway ends what another began.</summary>
public sealed class SignInCookies(IDesk desk, IDataProtectionProvider protection)
{
    private const string Name = "osst-sign-in";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _seal =
        protection.CreateProtector("OsstOrleans.Dashboard", "sign-in").ToTimeLimitedDataProtector();

    public StartedSignIn Begin(HttpContext http, string provider, string back)
    {
        var started = new StartedSignIn(provider, new SignInSecrets(Random(), Random(), Random()), back);
        http.Response.Cookies.Append(Name, _seal.Protect(JsonSerializer.Serialize(started), s_longest), Options(http));
        return started;
    }

    /// <summary>Takes the one that this browser began; null for none, another state or one that is too old.</summary>
    public StartedSignIn? Take(HttpContext http, string provider, string? state)
    {
        var sealedText = http.Request.Cookies[Name];
        http.Response.Cookies.Delete(Name, Options(http));
        try
        {
            return sealedText is not null
                && JsonSerializer.Deserialize<StartedSignIn>(_seal.Unprotect(sealedText)) is { } started
                && started.Provider == provider && started.Secrets.State == state
                    ? started
                    : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lax: the provider sends the browser back from another site.</summary>
    private CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = desk.IsProduction || http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
