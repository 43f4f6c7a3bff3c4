using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace OsstOrleans.Dashboard.Components;

/// <summary>
/// Style, scripts and icon are part of the program: they have their bytes from whatever folder it is started. Their
/// addresses change with their content, so browsers keep them for good.
/// </summary>
public static class AssetFiles
{
    private const string Folder = "assets/";

    private static readonly Dictionary<string, string> s_types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, Asset> s_assets = typeof(AssetFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..], name => new Asset(Read(name)));

    /// <summary>Every asset's name.</summary>
    public static IReadOnlyCollection<string> Names => s_assets.Keys;

    /// <summary>Where a page finds it.</summary>
    public static string Address(string name) => $"/assets/{s_assets[name].Hash}/{name}";

    /// <summary>What is in it.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(s_assets[name].Bytes);

    /// <summary>Answers a request for an asset; 404 for anything else.</summary>
    public static async Task Answer(HttpContext http, string hash, string name)
    {
        if (!s_assets.TryGetValue(name, out var asset) || asset.Hash != hash)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var compressed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        var bytes = compressed ? asset.Compressed.Value : asset.Bytes;
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (compressed)
        {
            headers.ContentEncoding = "gzip";
        }
        http.Response.ContentType = s_types[Path.GetExtension(name)];
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private sealed class Asset(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));

        /// <summary>Made when a browser first asks.</summary>
        public Lazy<byte[]> Compressed { get; } = new(() =>
        {
            using var content = new MemoryStream();
            using (var gzip = new GZipStream(content, CompressionLevel.SmallestSize))
            {
                gzip.Write(bytes);
            }
            return content.ToArray();
        });
    }
}
