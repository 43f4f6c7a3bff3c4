using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>
/// A reverse proxy as operators set one up: the platform under a path, bodies of a size, and pages of its own for all
/// else.
/// </summary>
internal sealed class PathProxy : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _app;
    private readonly Uri _server;
    private readonly string _prefix;
    private readonly int _mostBytes;
    private int _requests;

    private PathProxy(Uri server, string prefix, int mostBytes)
    {
        (_server, _prefix, _mostBytes) = (server, prefix, mostBytes);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Forward);
    }

    public string Address => _app.Urls.First();

    public int Requests => Volatile.Read(ref _requests);

    public static async Task<PathProxy> Start(Uri server, string prefix, int mostBytes)
    {
        var proxy = new PathProxy(server, prefix, mostBytes);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Forward(HttpContext http)
    {
        Interlocked.Increment(ref _requests);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (!http.Request.Path.StartsWithSegments(_prefix, out var rest) || body.Length > _mostBytes)
        {
            http.Response.StatusCode = body.Length > _mostBytes
                ? StatusCodes.Status413PayloadTooLarge
                : StatusCodes.Status404NotFound;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<html><title>nginx</title></html>");
            return;
        }
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_server, rest.Value))
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!);
        request.Headers.TryAddWithoutValidation("Authorization", http.Request.Headers.Authorization.ToString());
        using var answer = await _http.SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body);
    }
}
