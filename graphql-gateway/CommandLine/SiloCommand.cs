using System.Net;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Engines;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst silo</c>: hosts grains until told to stop, and tells over HTTP how it is.</summary>
internal static class SiloCommand
{
    public static async Task<int> Run(
        StoreAddress address, ClusterPlace place, IPEndPoint http, CancellationToken stop)
    {
        await KeysCommand.WarnOfClear(address, GrainEngineKind.Orleans);
        await using var silo = await SiloProcess.Open(
            address, TimeProvider.System, new EngineChoice(GrainEngineKind.Orleans, place));
        using var revocations = Revocations.Follow(
            address.KeyFolder, TimeProvider.System, new GatewaySettings().Http.RevocationCheck);
        revocations.OnUnusable = Console.Error.WriteLine;
        var tokens = new Tokens(TokenKey.Open(address.KeyFolder), TimeProvider.System, revocations);
        await using var server = await SiloServer.Start(silo, tokens, http);
        await Console.Out.WriteLineAsync($"OsstOrleans silo: health at {server.Address}/health/ready");
        await server.Stopped(stop);
        await server.Drain();
        return 0;
    }
}
