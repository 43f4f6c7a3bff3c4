using System.Threading.Channels;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Casework;

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
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Task _running = Task.CompletedTask;

    /// <param name="run">Does all that is left to do.</param>
    /// <param name="time">By which it waits after a fault.</param>
    public Follower(Func<CancellationToken, Task> run, TimeProvider time) => (_run, _time) = (run, time);

    /// <summary>Begins with what was left over.</summary>
    public void Start()
    {
        _running = Task.Run(Follow);
        Wake();
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Stops between two steps; stopping twice is no more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        _wake.Writer.TryComplete();
        if (!_running.IsCompleted)
        {
            await _stop.CancelAsync();
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
            // Whatever is left is found by the next start.
        }
    }

    private async Task RunOnce()
    {
        try
        {
            await _run(_stop.Token);
        }
        catch (Exception fault) when (fault is StoreFault or LimitReached or TimeoutException)
        {
            await Task.Delay(BeforeNextTry, _time, _stop.Token);
            Wake();
        }
    }
}
