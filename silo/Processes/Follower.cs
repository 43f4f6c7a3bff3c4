using System.Threading.Channels;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// Carries out what events have decided, one run at a time. Being woken is a hint: a run looks for everything that is
/// left to do, so a wake-up lost with the process costs nothing. What a failing disk or an overload interrupts is tried
/// again after a while.
/// </summary>
internal sealed class Follower : IAsyncDisposable
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(5);

    private readonly Func<CancellationToken, Task> _run;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _onFault;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Task _running = Task.CompletedTask;

    /// <param name="run">Does all that is left to do.</param>
    /// <param name="time">The clock by which it waits after a fault.</param>
    /// <param name="onFault">Called with what interrupted a run.</param>
    public Follower(Func<CancellationToken, Task> run, TimeProvider time, Action<Exception> onFault) =>
        (_run, _time, _onFault) = (run, time, onFault);

    /// <summary>Begins with what was left over. Runs outside the grain's turn, so the grain can answer calls meanwhile.
    /// </summary>
    /// <param name="on">Where; the process's pool when null.</param>
    public void Start(TaskScheduler? on = null)
    {
        _running = Background.Run(Follow, on);
        Wake();
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Begins no further step.</summary>
    public void Stop()
    {
        _wake.Writer.TryComplete();
        _stop.Cancel();
    }

    /// <summary>Stops between two steps; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
        {
            Stop();
            await _running;
        }
        _stop.Dispose();
    }

    private async Task Follow()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                await RunOnce();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The same, while nothing was to do.
        }
    }

    private async Task RunOnce()
    {
        try
        {
            await _run(_stop.Token);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever is left is found by the next start, as is what went wrong.
        }
        catch (Exception fault)
        {
            _onFault(fault);
            await Task.Delay(BeforeNextTry, _time, _stop.Token);
            Wake();
        }
    }
}
