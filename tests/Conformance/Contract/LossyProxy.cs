using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>A network that carries every request to the server and loses the first answer to a command.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly string _target;
    private int _lost;

    private LossyProxy(WebApplication app, string target) => (_app, _target) = (app, target);

    public string Address => $"{_app.Urls.First()}/graphql";

    public int Lost => _lost;

    public static async Task<LossyProxy> Before(string target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new LossyProxy(builder.Build(), target);
        proxy._app.Run(proxy.Carry);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task Carry(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
        foreach (var name in (string[])["Authorization", "Accept"])
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        if (body.Contains("mutation", StringComparison.Ordinal) && Interlocked.CompareExchange(ref _lost, 1, 0) == 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
