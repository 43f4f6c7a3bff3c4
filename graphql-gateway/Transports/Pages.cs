namespace OsstOrleans.Gateway.Transports;

/// <summary>The pages that are part of the program. They load nothing from elsewhere, and may not.</summary>
internal static class Pages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    private static readonly (string Path, string File, string Type)[] All =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/dashboard/page.css", "page.css", "text/css; charset=utf-8"),
        ("/dashboard/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    public static void MapPages(this WebApplication app)
    {
        foreach (var (path, file, type) in All)
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
