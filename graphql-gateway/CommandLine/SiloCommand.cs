using System.Net;
using OsstOrleans.Silo.Engines;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst silo</c>: hosts grains until told to stop, and tells over HTTP how it is.</summary>
internal static class SiloCommand
{
    public static async Task<int> Run(
        StoreAddress address, ClusterPlace place, IPEndPoint http, CancellationToken stop)
    {
        await using var silo = await SiloProcess.Open(
            address, TimeProvider.System, new EngineChoice(GrainEngineKind.Orleans, place));
        await using var server = await SiloServer.Start(silo, http);
        await Console.Out.WriteLineAsync($"OsstOrleans silo: health at {server.Address}/health/ready");
        await server.Stopped(stop);
        await server.Drain();
        return 0;
    }
}
