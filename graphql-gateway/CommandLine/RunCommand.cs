using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst run</c>: opens the data folder, listens, loads the demo when asked, and drains when it is to stop.
/// </summary>
internal static class RunCommand
{
    private const ulong DemoSeed = 1;

    public static async Task<int> Run(RunOptions options, CancellationToken stop)
    {
        var serving = OptionsOf(options);
        await using var platform = await Platform.Prepare(
            options.Store, TimeProvider.System, options.Place, serving.Settings.ToRules());
        await KeysCommand.WarnOfClear(options.Store);
        await using var signIn = await SignIn.Open(
            options.Store.KeyFolder, platform.Services, serving.Settings, options.IsProduction,
            TimeProvider.System);
        await using var server = await Server.Start(platform, signIn.Tokens, options.Port, serving);
        await Work(platform, server, options, serving.Settings, stop);
        await server.Drain();
        return 0;
    }

    private static async Task Work(
        Platform platform, Server server, RunOptions options, GatewaySettings settings, CancellationToken stop)
    {
        try
        {
            if (options.Demo > 0)
            {
                await SimulateCommand.Population(platform, options.Demo, DemoSeed, null, null, options.Quiet, stop);
                await platform.WaitFor(platform.Store.LastPosition, stop);
            }
            platform.Projections.AntiEntropy.Start(settings.Operations.AntiEntropyEvery);
            server.Health.Loaded();
            await Welcome.Print(options, server.Address);
            await Welcome.SayWhoIsMissing(platform);
            await server.Stopped(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while loading: what was begun is finished, the next start goes on.
        }
    }

    /// <exception cref="StoreRefusal">The options contradict each other, or a file is unusable.</exception>
    private static ServerOptions OptionsOf(RunOptions options)
    {
        if (options.IsProduction && options.Documents is null)
        {
            throw new StoreRefusal("Production takes trusted documents alone: add --documents FILE.");
        }
        if (options.IsProduction && options.Demo > 0)
        {
            throw new StoreRefusal("Production loads no synthetic clients: leave out --demo or --production.");
        }
        return new ServerOptions(options.FinerStatuses, options.GraphQL)
        {
            Listen = options.Listen,
            Settings = ServingOptions.SettingsOf(options.Settings, options.IsProduction),
            Documents = options.Documents is { } documents ? TrustedDocuments.Read(documents) : TrustedDocuments.None,
            IsProduction = options.IsProduction,
            IdeFolder = options.Ide,
            Role = options.Place.HostsGrains ? "run" : "gateway",
        };
    }
}
