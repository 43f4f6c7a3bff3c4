using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Gateway.Transports.Sockets;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway;

/// <summary>How the HTTP side behaves where there is a choice.</summary>
/// <param name="FinerStatuses">422 and 294 as newer texts of GraphQL over HTTP have them; see decision 0006.</param>
/// <param name="GraphQL">The engine that answers; null for the standard one of this build.</param>
internal sealed record ServerOptions(bool FinerStatuses = false, GraphQLEngineKind? GraphQL = null)
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Every limit.</summary>
    public GatewaySettings Settings { get; init; } = new();

    /// <summary>Documents that are asked by their ids.</summary>
    public TrustedDocuments Documents { get; init; } = TrustedDocuments.None;

    /// <summary>Takes trusted documents alone, and has no conveniences of development; see decision 0010.</summary>
    public bool IsProduction { get; init; }

    /// <summary>What the process is, as its telemetry names it.</summary>
    public string Role { get; init; } = "run";

    /// <summary>What hosts its grains, or those that it calls.</summary>
    public string GrainEngine { get; init; } = "embedded";

    /// <summary>Where the IDE's files are or will be; null for nowhere. Production has no IDE.</summary>
    public string? IdeFolder { get; init; }
}

/// <summary>The HTTP side of one process: GraphQL, the contract's text, and health.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _drainDelay;

    private Server(WebApplication app, Health health, TimeSpan drainDelay) =>
        (_app, Health, _drainDelay) = (app, health, drainDelay);

    public Health Health { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:5080</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts to listen as soon as the platform is ready; port 0 takes any free one.</summary>
    /// <exception cref="StoreRefusal">The port is in use, or the log cannot be followed.</exception>
    public static async Task<Server> Start(Platform silo, Tokens tokens, int port, ServerOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.None);
        options ??= new ServerOptions();
        TelemetryExport.AddTo(builder, options.Role);
        var place = new IPEndPoint(options.Listen, port);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, place, options.Settings.Http));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogScrubber.OwnCategory);
        TelemetryExport.NameRoutes(app);
        var health = new Health(silo.Store.Figures, () => silo.FeedFault, log);
        try
        {
            await options.Documents.AssertValid(Map(app, silo, tokens, health, options, log));
            await silo.Ready;
            await app.StartAsync();
        }
        catch (IOException)
        {
            await app.DisposeAsync();
            throw new StoreRefusal($"Port {port} on {options.Listen} is in use; choose another with --port.");
        }
        catch (StoreRefusal)
        {
            await app.DisposeAsync();
            throw;
        }
        return new Server(app, health, options.Settings.Http.DrainDelay);
    }

    /// <summary>Completes when the process is told to stop.</summary>
    public async Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = stop.Register(() => stopped.TrySetResult());
        await using var hosted = _app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    /// <summary>Not ready any more; requests under way are finished, streams ended, and no new one is taken.</summary>
    public async Task Drain()
    {
        Health.Draining();
        await Task.Delay(_drainDelay);
        await _app.StopAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint place, HttpLimits limits)
    {
        kestrel.Listen(place);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxSockets;
    }

    private static IGraphQLEngine Map(
        WebApplication app, Platform silo, Tokens tokens, Health health, ServerOptions options, ILogger log)
    {
        var figures = new GraphQLFigures();
        var engine = new ObservedGraphQL(
            PlatformSchema.Build(
                silo, FaultLog.To(log), options.Settings.GraphQL, options.GraphQL, suggests: !options.IsProduction),
            figures);
        var streams = new StreamServices(
            engine, tokens, silo.Services.Time, options, app.Lifetime.ApplicationStopping);
        var graphql = new GraphQLEndpoint(
            engine, streams, SocketEndpoint.Build(app, streams), options.FinerStatuses);
        app.Map(GraphQLEndpoint.Path, graphql.Handle);
        app.MapGet("/graphql/schema.graphql", () => Results.Text(PlatformSchema.Sdl, "text/plain; charset=utf-8"));
        app.MapGet(FeedEndpoint.Path, new FeedEndpoint(
            silo, tokens, options.Settings.Http.MaxOperationsPerCaller).Handle);
        app.MapPages(Pages.First);
        if (!options.IsProduction)
        {
            new IdePage(options.IdeFolder).Map(app);
        }
        app.MapHealth(health);
        var gauges = new GatewayGauges(health, () => streams.Sockets);
        app.Lifetime.ApplicationStopped.Register(gauges.Dispose);
        var graphQLName = GraphQLEngines.NameOf(options.GraphQL ?? GraphQLEngines.Standard);
        var identity = new ProcessIdentity(options.Role, options.GrainEngine, silo.Services.Time);
        app.MapOps(tokens, () => Report(silo, identity, health) with
        {
            GraphQL = figures.Report(graphQLName, streams.Sockets),
        }, silo.Cluster);
        return engine;
    }

    private static OpsReport Report(Platform silo, ProcessIdentity identity, Health health) => new(
        identity.Report(silo.Store.Figures.Store, health), null,
        identity.Role == "gateway" ? null : GrainReport.Of(silo.Services), CallReports.Of(silo),
        WriteReport.Of(silo.Store.Figures), FeedReport.Of(silo), silo.AntiEntropy.Report, null, OpsEndpoint.Limits());
}
