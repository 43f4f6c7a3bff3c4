using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>Language and theme of a browser: cookies that say nothing about the viewer.</summary>
public static class Preferences
{
    private const string LanguageCookie = "osst-language";
    private const string ThemeCookie = "osst-theme";
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(365);

    public static IReadOnlyList<string> Themes { get; } = ["auto", "light", "dark"];

    public static Language LanguageOf(HttpContext http) => Language.Find(http.Request.Cookies[LanguageCookie])
        ?? Language.Preferred(http.Request.Headers.AcceptLanguage);

    public static string ThemeOf(HttpContext http) =>
        http.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : Themes[0];

    public static void Keep(HttpContext http, Language language) => Keep(http, LanguageCookie, language.Code);

    public static void KeepTheme(HttpContext http, string theme)
    {
        if (Themes.Contains(theme))
        {
            Keep(http, ThemeCookie, theme);
        }
    }

    private static void Keep(HttpContext http, string name, string value) =>
        http.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = s_kept,
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            IsEssential = true,
        });
}
