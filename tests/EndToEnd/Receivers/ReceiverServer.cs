using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>What arrived at an endpoint.</summary>
internal sealed record Arrival(string Id, string Timestamp, string Signature, string ContentType, byte[] Body)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonElement.Parse(Body);

    /// <summary>Before the tag in the event's id.</summary>
    public long Position => long.Parse(Id.AsSpan(..Id.IndexOf('-')));
}

/// <summary>A receiver of webhooks: a real HTTP server that does what a test says, and keeps what arrived.</summary>
internal sealed class ReceiverServer : IAsyncDisposable
{
    /// <summary>Far beyond anything a loaded machine needs: past it something hangs.</summary>

    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private readonly WebApplication _app;

    private ReceiverServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Take);
    }

    /// <summary>How it answers; 204 at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = With(StatusCodes.Status204NoContent);

    public string Address => _app.Urls.First() + "/osst";

    public static async Task<ReceiverServer> Start()
    {
        var server = new ReceiverServer();
        await server._app.StartAsync();
        return server;
    }

    public static Func<HttpContext, Task> With(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>The next request that arrives, whatever it is answered.</summary>
    public Task<Arrival> Next() => _arrivals.Reader.ReadAsync().AsTask().Patiently("a request at the receiver");

    public bool IsQuiet => !_arrivals.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers;
        _arrivals.Writer.TryWrite(new Arrival(
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(), http.Request.ContentType ?? "", body.ToArray()));
        await Answer(http);
    }
}
