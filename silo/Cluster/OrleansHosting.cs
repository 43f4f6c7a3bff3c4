using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using OsstOrleans.Silo.Cluster.Logs;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Messages;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// This process's part of a cluster: a silo, or a client of the others' silos. With a PostgreSQL store the cluster's
/// members, the grains' snapshots and the reminders are in that database; with a file the silo is alone.
/// </summary>
internal static class OrleansHosting
{
    private const string Npgsql = "Npgsql";

    /// <summary>
    /// A call that is not answered within it is made again. Orleans' own 30 s would be what a killed silo costs.
    /// </summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A silo that is alone dies with its callers: to ask again would only make a queue longer that waits for the disk.
    /// </summary>
    private static readonly TimeSpan CallTimeoutAlone = TimeSpan.FromMinutes(1);

    /// <summary>Adds the silo or the client to the process's host.</summary>
    public static void AddTo(
        IHostApplicationBuilder builder, ClusterPlace place, GrainServices services, StoreAddress address)
    {
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(StopTime.LeaveSeconds);
            host.ServicesStartConcurrently = true; // Health is answered while the silo joins.
        });
        AddLogs(builder, address);
        builder.Services.AddSingleton(services).AddSingleton<IGrainServices>(services);
        if (place.HostsGrains)
        {
            builder.UseOrleans(silo => Configure(silo, place, services, address));
        }
        else
        {
            builder.UseOrleansClient(client => Configure(client, address));
        }
        MessageCodec.AddTo(builder.Services);
    }

    /// <summary>
    /// Operators see what Orleans warns of, and in a cluster who joins and who leaves it. Clients' ids must not reach
    /// logs.
    /// </summary>
    private static void AddLogs(IHostApplicationBuilder builder, StoreAddress address)
    {
        KeylessLoggers.AddTo(builder.Services);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // The watchdog warns that the machine is busy, and at a start of the time since the machine's own; a silo that
        // is alone would warn of itself.
        builder.Logging
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            .AddFilter(
                "Orleans.Runtime.MembershipService",
                address.Postgres is null ? LogLevel.Error : LogLevel.Information);
    }

    /// <exception cref="StoreRefusal">No cluster is there, or its database refuses.</exception>
    public static async Task Start(IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception fault) when (First(fault) is OrleansException or SocketException or TimeoutException)
        {
            throw new StoreRefusal($"The cluster cannot be joined: {Sentence(First(fault))}");
        }
    }

    /// <summary>Finishes what was begun, leaves and ends the host.</summary>
    public static async ValueTask Stop(IHost host)
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    /// <summary>Services that start at the same time fail together.</summary>
    private static Exception First(Exception fault) =>
        fault is AggregateException { InnerExceptions: [var first, ..] } ? First(first) : fault;

    private static void Configure(
        ISiloBuilder silo, ClusterPlace place, GrainServices services, StoreAddress address)
    {
        var siloPort = PortOr(place.SiloPort, place.Address);
        if (address.Postgres is { } postgres)
        {
            var snapshots = ClusterSchema.ConnectionString(postgres, GrainSnapshot.Storage);
            silo.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, Members(postgres)));
            silo.AddAdoNetGrainStorage(GrainSnapshot.Table, options =>
            {
                (options.Invariant, options.ConnectionString) = (Npgsql, snapshots);
                options.GrainStorageSerializer = new SnapshotSerializer();
                options.DeleteStateOnClear = true;
            });
            silo.UseAdoNetReminderService(options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, Members(postgres)));
            silo.ConfigureEndpoints(place.Address, siloPort, PortOr(place.GatewayPort, place.Address));
        }
        else
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort: 0); // No client of another process asks it.
            var table = (ISnapshotTable)services.Store;
            silo.Services.AddKeyedSingleton<IGrainStorage>(GrainSnapshot.Table, (_, _) => new SnapshotStorage(table));
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(new ReminderRows((INotes)services.Store));
        }
        if (ClusterTls.CertificateFor(address) is { } certificate)
        {
            silo.UseTls(tls => tls.Demand(certificate));
        }
        DisposableSnapshots.AddTo(silo.Services);
        AddDeliveries(silo);
        silo.AddIncomingGrainCallFilter<TurnFilter>();
        silo.Configure<ClusterOptions>(Membership.Name)
            .Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.ResponseTimeout = address.Postgres is null ? CallTimeoutAlone : CallTimeout;
                messaging.SystemResponseTimeout = CallTimeout;
                messaging.MaxEnqueuedRequestsHardLimit = 1_000;
            })
            .Configure<GrainCollectionOptions>(Activations.Configure)
            .Configure<ClusterMembershipOptions>(Membership.Configure);
    }

    /// <summary>A silo that cannot send does not say that it has the grain that does: others of the cluster get it.
    /// </summary>
    private static void AddDeliveries(ISiloBuilder silo)
    {
        if (silo.Services.Any(known => known.ServiceType == typeof(Deliverer)))
        {
            silo.Services.AddSingleton<DeliveryDesk>();
        }
        else
        {
            silo.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.Remove(typeof(DeliveryGrain)));
        }
    }

    private static void Configure(IClientBuilder client, StoreAddress address)
    {
        if (ClusterTls.CertificateFor(address) is { } certificate)
        {
            client.UseTls(tls => tls.Demand(certificate));
        }
        client.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, Members(address.Postgres!)))
            .Configure<ClusterOptions>(Membership.Name)
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = CallTimeout)
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2))
            .UseConnectionRetryFilter(new Patient());
    }

    private static string Members(string postgres) => ClusterSchema.ConnectionString(postgres, "members");

    /// <summary>The port that was asked for, or one that is free now: the transport takes no 0.</summary>
    private static int PortOr(int asked, IPAddress address)
    {
        if (asked != 0)
        {
            return asked;
        }
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Sentence(Exception fault) => fault switch
    {
        SocketException => "its port is in use or its address is not this machine's.",
        _ => "no silo answers; start one with ./osst silo, and give all processes the same keys.",
    };

    /// <summary>A gateway that starts with its silos waits a minute for the first.</summary>
    private sealed class Patient : IClientConnectionRetryFilter
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

        private int _left = 120;

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(Pause, cancellationToken);
            return --_left > 0;
        }
    }
}
