using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OsstOrleans.Benchmarks;

/// <summary>A silo in this process as Orleans comes: the measure for what the platform adds to a call.</summary>
internal sealed class BareSilo : IAsyncDisposable
{
    private static readonly BareQuestion Question = new("operator", "bench", "benchmark", 1);

    private readonly IHost _host;
    private readonly IGrainFactory _grains;

    private BareSilo(IHost host) => (_host, _grains) = (host, host.Services.GetRequiredService<IGrainFactory>());

    public static async Task<BareSilo> Open()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("bare", "bare")));
        var host = builder.Build();
        await host.StartAsync();
        return new BareSilo(host);
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

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
