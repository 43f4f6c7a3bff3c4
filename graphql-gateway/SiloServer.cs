using System.Net;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway;

/// <summary>The HTTP side of a process that only hosts grains: health, for whoever looks after it.</summary>
internal sealed class SiloServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile bool _isReady = true;

    private SiloServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.First();

    /// <exception cref="StoreRefusal">The port is in use.</exception>
    public static async Task<SiloServer> Start(SiloProcess silo, IPEndPoint place)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(place);
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        var server = new SiloServer(app);
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/startup", server.Status);
        app.MapGet("/health/ready", server.Status);
        try
        {
            await app.StartAsync();
            return server;
        }
        catch (IOException)
        {
            await app.DisposeAsync();
            throw new StoreRefusal($"Port {place.Port} on {place.Address} is in use; choose another with --port.");
        }
    }

    /// <summary>Completes when the process is told to stop.</summary>
    public async Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = stop.Register(() => stopped.TrySetResult());
        await using var hosted = _app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    /// <summary>Not ready any more.</summary>
    public async Task Drain()
    {
        _isReady = false;
        await _app.StopAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Status() => _isReady
        ? Results.Text("ready")
        : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
}
