using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst run</c>: opens the data folder, listens, loads the demo when asked, and drains when told to stop.
/// </summary>
internal static class RunCommand
{
    private const ulong DemoSeed = 1;

    public static async Task<int> Run(RunOptions options, CancellationToken stop)
    {
        await using var silo = await EmbeddedSilo.Open(options.Store, TimeProvider.System);
        var tokens = new Tokens(TokenKey.Open(options.Data), TimeProvider.System);
        await using var server = await Server.Start(
            silo, tokens, options.Port, new ServerOptions(options.FinerStatuses));
        try
        {
            if (options.Demo > 0)
            {
                await SimulateCommand.Population(silo, options.Demo, DemoSeed, null, null, options.Quiet, stop);
                await silo.WaitFor(silo.Store.LastPosition, stop);
            }
            server.Health.Ready = true;
            await Welcome.Print(options, tokens, server.Address);
            await server.Stopped(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop while loading: what was begun is finished, the next start goes on.
        }
        await server.Drain();
        return 0;
    }
}
