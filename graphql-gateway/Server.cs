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
using OsstOrleans.Gateway.Viewing;
using OsstOrleans.Gateway.Webhooks;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using Pages = OsstOrleans.Dashboard.Hosting.Dashboard;

namespace OsstOrleans.Gateway;

/// <summary>
/// The host of one process: its silo or its client of others' silos, and its HTTP side. A process that only hosts
/// grains has health and figures, for those who run it; the others answer GraphQL, too.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _drainDelay;

    private Server(WebApplication app, Health health, TimeSpan drainDelay) =>
        (_app, Health, _drainDelay) = (app, health, drainDelay);

    public Health Health { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:5080</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>
    /// Starts the host. Health is answered at once, everything else when grains can be called and the log was read;
    /// then this completes. Port 0 takes any free one.
    /// </summary>
    /// <exception cref="StoreRefusal">The port is in use, the cluster cannot be joined, or the log not be followed.
    /// </exception>
    public static async Task<Server> Start(Platform platform, Tokens tokens, int port, ServerOptions? options = null)
    {
        options ??= new ServerOptions();
        var app = Build(platform, port, options);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogScrubber.OwnCategory);
        var health = new Health(
            platform.Store.Figures, () => platform.FollowsLog ? platform.Projections.Fault : null, log);
        try
        {
            platform.Attach(app.Services);
            TelemetryExport.NameRoutes(app);
            CrossOrigin.Use(app, options.Settings.Http);
            var door = new StartingDoor();
            app.Use(door.Pass);
            await Map(app, platform, tokens, health, options, log);
            await platform.Start(app);
            door.Open();
            return new Server(app, health, options.Settings.Http.DrainDelay);
        }
        catch (Exception fault)
        {
            await Leave(app);
            throw fault is IOException
                ? new StoreRefusal($"Port {port} on {options.Listen} is in use; choose another with --port.")
                : fault;
        }
    }

    /// <summary>What had started leaves, so that the cluster need not find out.</summary>
    private static async Task Leave(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception)
        {
            // A silo that did not start cannot be stopped; what counts is why it did not start.
        }
        await app.DisposeAsync();
    }

    /// <summary>Completes when the process is to stop.</summary>
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

    private static WebApplication Build(Platform platform, int port, ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting", LogLevel.None);
        TelemetryExport.AddTo(builder, options.Role);
        if (platform.HostsGrains)
        {
            var deliveries = options.Settings.Deliveries;
            WebhookSender.AddTo(
                builder.Services, platform.Services, deliveries.AttemptTimeout, deliveries.ToPatience(),
                options.IsProduction);
        }
        platform.AddTo(builder);
        builder.Services.AddCors();
        SessionKeys.AddTo(builder.Services, platform.Services.MasterKey);
        Pages.AddTo(builder.Services);
        var place = new IPEndPoint(options.Listen, port);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, place, options.Settings.Http));
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint place, HttpLimits limits)
    {
        kestrel.Listen(place);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxSockets;
    }

    private static async Task Map(
        WebApplication app, Platform platform, Tokens tokens, Health health, ServerOptions options, ILogger log)
    {
        app.MapHealth(health, tokens, () => !platform.FollowsLog || platform.Staff.IsCurrent);
        var identity = new ProcessIdentity(options.Role, platform.Services.Time);
        if (!platform.FollowsLog)
        {
            var own = new GatewayGauges(health);
            app.Lifetime.ApplicationStopped.Register(own.Dispose);
            MapPages(app, tokens, options, Figures, null, platform.Services);
            return;
        }
        tokens.Granted = platform.Rights!.Cut;
        var figures = new GraphQLFigures();
        var engine = new ObservedGraphQL(
            PlatformSchema.Build(
                platform, FaultLog.To(log), options.Settings.GraphQL, options.GraphQL, !options.IsProduction,
                options.Settings.Audit),
            figures);
        await options.Documents.AssertValid(engine);
        var streams = new StreamServices(
            engine, tokens, platform.Services.Time, options, app.Lifetime.ApplicationStopping);
        MapApi(app, platform, engine, tokens, streams, options);
        var gauges = new GatewayGauges(health, () => streams.Sockets);
        app.Lifetime.ApplicationStopped.Register(gauges.Dispose);
        var graphQLName = GraphQLEngines.NameOf(options.GraphQL ?? GraphQLEngines.Standard);
        MapPages(
            app, tokens, options,
            async () => await Figures() with { GraphQL = figures.Report(graphQLName, streams.Sockets) },
            (engine, streams), platform.Services);

        async Task<OpsReport> Figures() =>
            OpsReport.Of(platform, identity, health, tokens) with { Cluster = await platform.Look() };
    }

    /// <summary>The operators' figures and the dashboard, which shows them, too.</summary>
    private static void MapPages(
        WebApplication app, Tokens tokens, ServerOptions options, Func<Task<OpsReport>> figures,
        (IGraphQLEngine, StreamServices)? asks, GrainServices services)
    {
        app.MapOps(tokens, figures);
        var registers = new KeptRegisters(services.Registers, () => services.Clock().Today);
        Pages.Map(
            app, new PlatformDesk(tokens, options, figures, asks, registers), services.Time,
            app.Lifetime.ApplicationStopping);
    }

    private static void MapApi(
        WebApplication app, Platform platform, ObservedGraphQL engine, Tokens tokens, StreamServices streams,
        ServerOptions options)
    {
        var graphql = new GraphQLEndpoint(
            engine, streams, SocketEndpoint.Build(app, streams), options.FinerStatuses);
        app.Map(GraphQLEndpoint.Path, graphql.Handle);
        app.MapGet("/graphql/schema.graphql", () => Results.Text(PlatformSchema.Sdl, "text/plain; charset=utf-8"));
        app.MapGet(FeedEndpoint.Path, new FeedEndpoint(
            platform, tokens, options.Settings.Http.MaxOperationsPerCaller).Handle);
        app.MapGet(EvaluationEndpoint.Path, new EvaluationEndpoint(
            platform, new Evaluations(platform.Caseloads, platform.Figures), tokens,
            options.Settings.Http.MaxOperationsPerCaller).Handle);
        app.MapContracts();
        if (tokens.Logouts is { } logouts)
        {
            app.MapLogout(logouts);
        }
        if (!options.IsProduction)
        {
            new IdePage(options.IdeFolder).Map(app);
        }
    }
}
