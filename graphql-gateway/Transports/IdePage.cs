using System.Text.RegularExpressions;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// GraphiQL at <c>/graphql/ide</c>, for development: the files that <c>ide/bundle</c> made. Where they are not there
/// yet, a plain page says in one sentence what is missing. The page may reach this server and nothing else.
/// </summary>
internal sealed partial class IdePage(string? folder)
{
    public const string Path = "/graphql/ide";

    /// <summary>The editor writes its own styles into the page and has its fonts in its style sheet.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".ttf"] = "font/ttf",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
    };

    /// <summary>Whether the page is there, or will be in a moment.</summary>
    public bool IsComing => IsThere || IsUnderWay;

    private bool IsThere => folder is not null && File.Exists(System.IO.Path.Combine(folder, "index.html"));

    /// <summary>The bundler leaves a mark beside the folder for as long as it takes.</summary>
    private bool IsUnderWay => folder is not null && File.Exists(System.IO.Path.Combine(folder, "..", ".bundling"));

    public void Map(WebApplication app)
    {
        app.MapGet(Path, Page);
        app.MapGet(Path + "/{file}", (string file, HttpContext http) => Part(file, http));
    }

    private IResult Page(HttpContext http)
    {
        Protect(http);
        if (IsThere)
        {
            http.Response.Headers.CacheControl = "no-cache";
            return Results.File(System.IO.Path.Combine(folder!, "index.html"), "text/html; charset=utf-8");
        }
        var (refresh, words) = IsUnderWay
            ? ("<meta http-equiv=\"refresh\" content=\"2\">",
                "The editor is being made ready for the first time; this page looks again by itself.")
            : ("",
                "The editor is not there: install Node.js 20 or newer with npm, then run ./osst ide and load this "
                + "page again.");
        return Results.Text($"""
            <!doctype html><html lang="en">
            <head><meta charset="utf-8">{refresh}<title>OsstOrleans GraphQL</title></head>
            <body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 20vh auto; padding: 0 1rem">
            <p>{words}</p><p><a href="/graphql/schema.graphql">The contract</a> can be read without it.</p>
            </body></html>
            """, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private IResult Part(string file, HttpContext http)
    {
        Protect(http);
        var path = folder is null ? "" : System.IO.Path.Combine(folder, file);
        if (!Name().IsMatch(file) || !Types.TryGetValue(System.IO.Path.GetExtension(file), out var type)
            || !File.Exists(path))
        {
            return Results.NotFound();
        }
        http.Response.Headers.CacheControl =
            Hashed().IsMatch(file) ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.File(path, type);
    }

    private static void Protect(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>A plain file name: the folder has no folders.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]*$")]
    private static partial Regex Name();

    /// <summary>The bundler put a hash of the content into the name.</summary>
    [GeneratedRegex(@"-[A-Z0-9]{8}\.\w+$")]
    private static partial Regex Hashed();
}
