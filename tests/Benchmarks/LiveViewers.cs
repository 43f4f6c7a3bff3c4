using System.Diagnostics;

namespace OsstOrleans.Benchmarks;

/// <summary>Many viewers of one live page, each with a stream of its own, as a browser opens it.</summary>
internal sealed class LiveViewers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _readers;
    private readonly long[] _seenAt;
    private readonly Lock _gate = new();
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    private LiveViewers(int count) => (_readers, _seenAt) = (new Task[count], new long[count]);

    /// <summary>Opens the streams and waits for each one's first parts.</summary>
    public static async Task<LiveViewers> Open(HttpClient browser, string path, int count)
    {
        var viewers = new LiveViewers(count);
        var first = viewers.Expect();
        for (var i = 0; i < count; i++)
        {
            var stream = await browser.GetStreamAsync(path);
            viewers._readers[i] = viewers.Read(i, stream);
        }
        await first;
        return viewers;
    }

    /// <summary>What each viewer waits for a change, in rising milliseconds.</summary>
    public async Task<double[]> After(Func<Task> change)
    {
        var all = Expect();
        await change();
        var since = Stopwatch.GetTimestamp(); // The change is durable: from here on a viewer waits.
        await all;
        return [.. _seenAt.Select(at => Stopwatch.GetElapsedTime(since, at).TotalMilliseconds).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_readers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private Task Expect()
    {
        lock (_gate)
        {
            Array.Clear(_seenAt);
            _missing = _seenAt.Length;
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _all.Task;
        }
    }

    private async Task Read(int viewer, Stream stream)
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == "event: parts")
            {
                Saw(viewer);
            }
        }
    }

    private void Saw(int viewer)
    {
        lock (_gate)
        {
            if (_seenAt[viewer] != 0)
            {
                return;
            }
            _seenAt[viewer] = Stopwatch.GetTimestamp();
            if (--_missing == 0)
            {
                _all.SetResult();
            }
        }
    }
}
