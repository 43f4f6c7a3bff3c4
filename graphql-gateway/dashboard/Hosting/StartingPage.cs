using System.Net;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Sessions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// What a browser sees while the process starts, in its language; it looks again by itself. Nothing of the dashboard
/// stands yet, so the page needs nothing but itself.
/// </summary>
public static class StartingPage
{
    /// <summary>True for a browser that wants a page; programs get the answer of the API.</summary>
    public static bool IsFor(HttpContext http) => HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>Writes the page; the caller has set the status.</summary>
    public static Task Write(HttpContext http)
    {
        var words = Preferences.LanguageOf(http);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{words.Code}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="2">
            <title>{WebUtility.HtmlEncode(words["starting.title"])}</title>
            </head>
            <body><main><h1>{WebUtility.HtmlEncode(words["starting.title"])}</h1>
            <p>{WebUtility.HtmlEncode(words["starting.text"])}</p></main></body>
            </html>
            """,
            http.RequestAborted);
    }
}
