namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A verb that runs, with what it printed.</summary>
internal abstract class Osst : IAsyncDisposable
{
    protected static TimeSpan Deadline => Patience.LimitOfVerb;

    public abstract string Output { get; }

    public abstract string Errors { get; }

    /// <summary>Whether it has ended. What it printed last may still be on its way.</summary>
    protected abstract bool HasEnded { get; }

    /// <summary>
    /// Runs a verb that ends by itself, in this process: all of a verb is compiled by its second run, where a process
    /// of its own compiles it anew.
    /// </summary>
    public static async Task<Ended> Run(params IEnumerable<string> arguments)
    {
        await using var here = new OsstHere(arguments);
        return await here.End();
    }

    /// <summary>Demands that all that is kept is what the log of a stopped process gives.</summary>
    /// <param name="where">The options that name the folder and the store.</param>
    public static async Task AssertVerifies(params IEnumerable<string> where) =>
        AssertAllEqual(await Run(["verify", .. where]));

    /// <summary>Demands that a verb has compared everything, and found no difference.</summary>
    public static void AssertAllEqual(Ended verified)
    {
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
        Assert.EndsWith("all projections equal.", verified.Output.Trim(), StringComparison.Ordinal);
    }

    /// <summary>The rest of the first line of standard output that starts so.</summary>
    public async Task<string> Line(string start)
    {
        var line = await LineOrEnd(start);
        Assert.True(line is not null, $"No line '{start}': {Output}\n{Errors}");
        return line;
    }

    /// <summary>The same, or null when the verb ends without it.</summary>
    public async Task<string?> LineOrEnd(string start)
    {
        using var late = new CancellationTokenSource(Deadline);
        while (true)
        {
            var over = HasEnded;
            if (over)
            {
                await AllIsPrinted(late.Token);
            }
            var line = Output.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal));
            if (line is not null)
            {
                return line[start.Length..];
            }
            if (over)
            {
                return null;
            }
            Assert.False(late.IsCancellationRequested, $"No line '{start}': {Output}\n{Errors}");
            await Task.Delay(5);
        }
    }

    /// <summary>Waits for the end and all that was printed before it.</summary>
    public abstract Task<Ended> End();

    /// <summary>Asks it to stop, and waits for the end.</summary>
    public abstract Task<Ended> Stop();

    public abstract ValueTask DisposeAsync();

    protected abstract Task AllIsPrinted(CancellationToken late);
}
