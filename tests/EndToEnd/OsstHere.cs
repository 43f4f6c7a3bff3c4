using System.CommandLine;
using OsstOrleans.Gateway.CommandLine;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>
/// A verb of this build in the test's own process: the same hosts, ports and files as in a process of its own. It can
/// be asked to stop, and not be killed.
/// </summary>
internal sealed class OsstHere : Osst
{
    /// <summary>One, as in a process: verbs share options.</summary>
    private static readonly RootCommand Verbs = OsstCommand.Create();

    private readonly CancellationTokenSource _stop = new();
    private readonly Screen _screen = new();
    private readonly Task<int> _verb;

    public OsstHere(params IEnumerable<string> arguments)
    {
        string[] given = [.. arguments];
        _verb = Task.Run(() => Verb(given));
    }

    public override string Output => _screen.Output.ToString();

    public override string Errors => _screen.Errors.ToString();

    protected override bool HasEnded => _verb.IsCompleted;

    public override async Task<Ended> End() => new(await _verb.WaitAsync(Deadline), Output, Errors);

    public override async Task<Ended> Stop()
    {
        await _stop.CancelAsync();
        return await End();
    }

    public override async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }

    protected override Task AllIsPrinted(CancellationToken late) => Task.CompletedTask;

    private Task<int> Verb(string[] arguments)
    {
        _screen.Show();
        return Verbs.Parse(arguments).InvokeAsync(
            new InvocationConfiguration
            {
                Output = _screen.Output,
                Error = _screen.Errors,
                ProcessTerminationTimeout = null, // Signals are the test host's.
                EnableDefaultExceptionHandler = true,
            },
            _stop.Token);
    }
}
