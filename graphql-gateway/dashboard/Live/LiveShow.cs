using Microsoft.Extensions.Logging;

namespace OsstOrleans.Dashboard.Live;

/// <summary>A page that is rendered again after each change, for all who sit before it.</summary>
internal sealed class LiveShow(TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Figures move with every event of a busy day; no viewer needs them more often.</summary>
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly List<LiveSeat> _seats = [];
    private LiveFrame _frame = LiveFrame.Empty;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public (LiveFrame Frame, Task Next) Now
    {
        get
        {
            lock (_gate)
            {
                return (_frame, _next.Task);
            }
        }
    }

    /// <summary>The first one begins it.</summary>
    public void Enter(LiveSeat seat)
    {
        lock (_gate)
        {
            _seats.Add(seat);
            if (_seats.Count > 1)
            {
                return;
            }
        }
        _ = Go();
    }

    /// <returns>How many are left.</returns>
    public int Leave(LiveSeat seat)
    {
        lock (_gate)
        {
            _seats.Remove(seat);
            return _seats.Count;
        }
    }

    /// <summary>Renders no more.</summary>
    public void Dispose() => _ended.Cancel();

    /// <summary>It is asked for by one who is there and may look: when that one leaves, by another.</summary>
    private async Task Go()
    {
        while (!_ended.IsCancellationRequested)
        {
            var asker = Asker();
            try
            {
                if (asker is not null)
                {
                    await Follow(asker);
                }
                await Task.Delay(s_again, time, _ended.Token);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException) when (asker is { Left.IsCancellationRequested: true })
            {
                // Another one's turn.
            }
            catch (Exception fault)
            {
                // The store may be away for a while: viewers keep what they see, and it is tried again.
                log.LogWarning("A live page could not be rendered: {Fault}", fault.GetType().Name);
                await Task.Delay(s_again, time, CancellationToken.None);
            }
        }
    }

    private async Task Follow(LiveSeat asker)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, asker.Left);
        await foreach (var _ in asker.Source.Changes(stop.Token))
        {
            stop.Token.ThrowIfCancellationRequested();
            if (!asker.MayLook)
            {
                return;
            }
            Put(LiveFrame.Of(await asker.Source.Render()));
            await Task.Delay(s_between, time, stop.Token);
        }
    }

    private LiveSeat? Asker()
    {
        LiveSeat[] seats;
        lock (_gate)
        {
            seats = [.. _seats];
        }
        return seats.FirstOrDefault(seat => seat.MayLook);
    }

    private void Put(LiveFrame frame)
    {
        lock (_gate)
        {
            _frame = frame;
            var seen = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            seen.SetResult();
        }
    }
}
