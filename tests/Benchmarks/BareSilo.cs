using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// A silo as Orleans comes, in this process or behind TCP: the measure for what the platform adds to a call.
/// </summary>
internal sealed class BareSilo : IAsyncDisposable
{
    private static readonly BareQuestion Question = new("operator", "bench", "benchmark", 1);

    private readonly IHost _host;
    private readonly IGrainFactory _grains;

    private BareSilo(IHost host) => (_host, _grains) = (host, host.Services.GetRequiredService<IGrainFactory>());

    public static Task<BareSilo> Open() => Open(FreePort());

    /// <summary>A silo whose clients come to a port.</summary>
    public static Task<BareSilo> Open(int gatewayPort) => Start(builder => builder.UseOrleans(silo => silo
        .UseLocalhostClustering(FreePort(), gatewayPort).Configure<ClusterOptions>(Name)));

    /// <summary>A client of a silo that is a process of its own.</summary>
    public static Task<BareSilo> Connect(int gatewayPort) => Start(builder => builder.UseOrleansClient(client => client
        .UseLocalhostClustering(gatewayPort).Configure<ClusterOptions>(Name)));

    /// <summary>Serves clients until the process is ended.</summary>
    public static async Task Run(int gatewayPort)
    {
        await using var silo = await Open(gatewayPort);
        await silo._host.WaitForShutdownAsync();
    }

    /// <summary>Makes a reference and calls the grain.</summary>
    public ValueTask<BareReply> Read(string key) => Find(key).Read(Question);

    /// <summary>Calls a grain by a reference that the caller keeps: the fastest that Orleans offers.</summary>
    public static ValueTask<BareReply> Read(IBareGrain grain) => grain.Read(Question);

    public IBareGrain Find(string key) => _grains.GetGrain<IBareGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static async Task<BareSilo> Start(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        configure(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new BareSilo(host);
    }

    private static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = ("bare", "bare");

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
