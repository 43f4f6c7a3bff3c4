using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst silo</c>: hosts grains until it has to stop, and says over HTTP how it is.</summary>
internal static class SiloCommand
{
    /// <param name="address">Where the log is.</param>
    /// <param name="place">Where the silo is.</param>
    /// <param name="serving">Its HTTP side and its limits.</param>
    /// <param name="port">Of its HTTP side.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<int> Run(
        StoreAddress address, ClusterPlace place, ServerOptions serving, int port, CancellationToken stop)
    {
        await using var platform = await Platform.Prepare(
            address, TimeProvider.System, place with { FollowsLog = false },
            serving.Settings.ToRules());
        await KeysCommand.WarnOfClear(address);
        await using var signIn = await SignIn.Open(
            address.KeyFolder, platform.Services, serving.Settings, serving.IsProduction, TimeProvider.System);
        await using var server = await Server.Start(platform, signIn.Tokens, port, serving);
        server.Health.Loaded();
        await Console.Out.WriteLineAsync($"OsstOrleans silo: health at {server.Address}/health/ready");
        await server.Stopped(stop);
        await server.Drain();
        return 0;
    }
}
