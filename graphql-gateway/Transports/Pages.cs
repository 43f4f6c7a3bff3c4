namespace OsstOrleans.Gateway.Transports;

/// <summary>The pages that are part of the program. They load nothing from elsewhere, and may not.</summary>
internal static class Pages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    private const string Html = "text/html; charset=utf-8";
    private const string Css = "text/css; charset=utf-8";
    private const string Script = "text/javascript; charset=utf-8";

    /// <summary>The first page: where to begin.</summary>
    public static IReadOnlyList<Page> First { get; } =
    [
        new("/", "index.html", Html), new("/dashboard/page.css", "page.css", Css),
        new("/dashboard/page.js", "page.js", Script),
    ];

    /// <summary>The page of operators.</summary>
    public static IReadOnlyList<Page> Ops { get; } =
        [new("/ops", "ops.html", Html), new("/ops/page.css", "ops.css", Css), new("/ops/page.js", "ops.js", Script)];

    public static void MapPages(this WebApplication app, IEnumerable<Page> pages)
    {
        foreach (var (path, file, type) in pages)
        {
            var content = Read(file);
            app.MapGet(path, (HttpContext http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return Results.Bytes(content, type);
            });
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream($"dashboard/{file}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>A part of a page: where it is asked for, its file and its media type.</summary>
internal sealed record Page(string Path, string File, string Type);
