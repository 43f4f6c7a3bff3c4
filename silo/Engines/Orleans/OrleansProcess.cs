using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>
/// This process's part of a cluster: a silo, or a client of the others' silos. With a PostgreSQL store the cluster's
/// members and the grains' snapshots are in that database; with a file the silo is alone.
/// </summary>
internal static class OrleansProcess
{
    private const string Npgsql = "Npgsql";

    /// <summary>
    /// A call that is not answered within it is made again. Orleans' own 30 s would be what a killed silo costs.
    /// </summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(20);

    /// <exception cref="StoreRefusal">No cluster is there, or its database refuses.</exception>
    public static async Task<RunningEngine> Start(ClusterPlace place, HostServices services, StoreAddress address)
    {
        if (address.Postgres is { } postgres && place.HostsGrains)
        {
            await ClusterSchema.Ensure(postgres);
        }
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LeaveWithin);
        // Orleans names grains in its warnings, and a client's id is nobody's to read in a log.
        builder.Logging.AddFilter("Orleans", LogLevel.None);
        builder.Services.AddSingleton(services).AddSingleton<ActivationTally>();
        if (place.HostsGrains)
        {
            builder.UseOrleans(silo => Configure(silo, place, address));
        }
        else
        {
            builder.UseOrleansClient(client => Configure(client, address));
        }
        builder.Services.AddSingleton<IGeneralizedCopier, SharedMessages>();
        builder.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            MessageJson.IsOurs, isCopyable: null, options => options.Configure(o =>
                o.SerializerOptions = MessageJson.Options)));
        return await Run(builder.Build(), services);
    }

    private static async Task<RunningEngine> Run(IHost host, HostServices services)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception fault) when (fault is OrleansException or SocketException or TimeoutException)
        {
            await Dispose(host);
            throw new StoreRefusal($"The cluster cannot be joined: {Sentence(fault)}");
        }
        var tally = host.Services.GetRequiredService<ActivationTally>();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        return new RunningEngine(
            new OrleansEngine(grains.Find, services.Time),
            () => tally.Total,
            async () =>
            {
                await host.StopAsync();
                await Dispose(host);
            })
        {
            Cluster = new ClusterView(grains, services.Time).Look,
        };
    }

    private static void Configure(ISiloBuilder silo, ClusterPlace place, StoreAddress address)
    {
        var (siloPort, gatewayPort) = (PortOr(place.SiloPort, place.Address), PortOr(place.GatewayPort, place.Address));
        if (address.Postgres is { } postgres)
        {
            var snapshots = ClusterSchema.ConnectionString(postgres, SnapshotShelves.Storage);
            silo.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, Members(postgres)));
            silo.AddAdoNetGrainStorage(SnapshotShelves.Storage, options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, snapshots));
            silo.Services.AddSingleton(given =>
                new SnapshotShelves(given.GetRequiredService<IPersistentStateFactory>()));
            silo.ConfigureEndpoints(place.Address, siloPort, gatewayPort);
        }
        else
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.Services.AddSingleton(new SnapshotShelves(null));
        }
        if (ClusterTls.CertificateFor(address) is { } certificate)
        {
            silo.UseTls(tls => tls.Demand(certificate));
        }
        silo.Services.AddSingleton<GrainNeeds>();
        silo.Configure<ClusterOptions>(Name)
            .Configure<SiloMessagingOptions>(messaging =>
            {
                messaging.ResponseTimeout = CallTimeout;
                messaging.SystemResponseTimeout = CallTimeout;
                messaging.MaxEnqueuedRequestsHardLimit = 1_000;
            })
            .Configure<ClusterMembershipOptions>(membership =>
            {
                // A dead silo is out of the cluster after about two seconds, and a stopped one at once.
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.NumMissedProbesLimit = 2;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            })
            .AddActivityPropagation();
    }

    private static void Configure(IClientBuilder client, StoreAddress address)
    {
        if (ClusterTls.CertificateFor(address) is { } certificate)
        {
            client.UseTls(tls => tls.Demand(certificate));
        }
        client.UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (Npgsql, Members(address.Postgres!)))
            .Configure<ClusterOptions>(Name)
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = CallTimeout)
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2))
            .UseConnectionRetryFilter(new Patient())
            .AddActivityPropagation();
    }

    private static string Members(string postgres) => ClusterSchema.ConnectionString(postgres, "members");

    /// <summary>The database tells clusters apart, so all have one name.</summary>
    private static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = ("osst", "osst");

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

    private static async ValueTask Dispose(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static string Sentence(Exception fault) => fault switch
    {
        SocketException => "its port is in use or its address is not this machine's.",
        _ => "no silo answers; start one with ./osst silo, and give all processes the same keys.",
    };

    /// <summary>Messages are immutable records: a call within the process hands them on as they are.</summary>
    private sealed class SharedMessages : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => MessageJson.IsOurs(type) && !type.IsAbstract;

        public object? DeepCopy(object? input, CopyContext context) => input;
    }

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
