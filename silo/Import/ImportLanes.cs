using System.Threading.Channels;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// Many lanes side by side, one line after the other in each: lines of one client are in one lane and keep their order,
/// lines of others do not wait. Enough lanes fill the store's group commits; each holds a bounded number of lines.
/// </summary>
/// <typeparam name="T">A line with what its sender needs.</typeparam>
public sealed class ImportLanes<T> : IAsyncDisposable
{
    private readonly Channel<T>[] _lanes;
    private readonly Task _running;
    private readonly CancellationTokenSource _failed = new();

    /// <param name="lanes">How many lines are under way at most.</param>
    /// <param name="depth">How many lines wait in a lane at most.</param>
    /// <param name="send">Takes one line; a fault ends the whole import.</param>
    public ImportLanes(int lanes, int depth, Func<T, ValueTask> send)
    {
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => Channel.CreateBounded<T>(
            new BoundedChannelOptions(depth) { SingleReader = true, SingleWriter = true }))];
        _running = Task.WhenAll(_lanes.Select(lane => Task.Run(() => Drain(lane.Reader, send))));
    }

    /// <summary>The lane of a subject.</summary>
    public int LaneOf(string? subject) =>
        (string.GetHashCode(subject, StringComparison.Ordinal) & int.MaxValue) % _lanes.Length;

    /// <summary>Hands a line over; waits while its lane is full.</summary>
    /// <exception cref="OperationCanceledException">A line failed; <see cref="Finish"/> says how.</exception>
    public ValueTask Add(int lane, T line) => _lanes[lane].Writer.WriteAsync(line, _failed.Token);

    /// <summary>Waits until every line has been taken.</summary>
    /// <exception cref="Exception">The first fault.</exception>
    public async Task Finish()
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.TryComplete();
        }
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _failed.CancelAsync();
        foreach (var lane in _lanes)
        {
            lane.Writer.TryComplete();
        }
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _failed.Dispose();
    }

    private async Task Drain(ChannelReader<T> lines, Func<T, ValueTask> send)
    {
        try
        {
            while (await lines.WaitToReadAsync(_failed.Token))
            {
                while (!_failed.IsCancellationRequested && lines.TryRead(out var line))
                {
                    await send(line);
                }
            }
        }
        catch (OperationCanceledException) when (_failed.IsCancellationRequested)
        {
            // Another lane failed, and says why.
        }
        catch
        {
            await _failed.CancelAsync();
            throw;
        }
    }
}
