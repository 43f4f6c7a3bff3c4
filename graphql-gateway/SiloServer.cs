using System.Net;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway;

/// <summary>The HTTP side of a process that only hosts grains: health and figures, for those who run it.</summary>
internal sealed class SiloServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Health _health;

    private SiloServer(WebApplication app, Health health) => (_app, _health) = (app, health);

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.First();

    /// <exception cref="StoreRefusal">The port is in use.</exception>
    public static async Task<SiloServer> Start(SiloProcess silo, Tokens tokens, IPEndPoint place)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.None);
        TelemetryExport.AddTo(builder, "silo");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(place);
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogScrubber.OwnCategory);
        var health = new Health(silo.Services.Store.Figures, () => null, log);
        app.MapHealth(health);
        var gauges = new GatewayGauges(health);
        app.Lifetime.ApplicationStopped.Register(gauges.Dispose);
        var identity = new ProcessIdentity("silo", "orleans", silo.Services.Time);
        app.MapOps(tokens, () => new OpsReport(
            identity.Report(silo.Services.Store.Figures.Store, health), null, GrainReport.Of(silo.Services), null,
            WriteReport.Of(silo.Services.Store.Figures), null, null, null, OpsEndpoint.Limits()), silo.Cluster);
        try
        {
            await app.StartAsync();
            health.Loaded();
            return new SiloServer(app, health);
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
        _health.Draining();
        await _app.StopAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
