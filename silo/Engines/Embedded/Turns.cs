using System.Threading.Tasks.Sources;

namespace OsstOrleans.Silo.Engines.Embedded;

/// <summary>
/// One turn at a time, first come first served, with a bounded queue. Taking a free turn allocates nothing. A turn
/// that waits for the disk holds its place, not a thread and not a lock.
/// </summary>
internal sealed class Turns(int maxWaiting)
{
    private readonly Lock _gate = new();
    private Queue<Waiter>? _waiting;
    private bool _taken;
    private bool _closed;

    /// <summary>Takes the turn if it is free right now.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            return !_closed && !_taken && (_taken = true);
        }
    }

    /// <summary>False when the activation behind these turns has been collected: look it up again.</summary>
    /// <exception cref="LimitReached">The queue is full.</exception>
    public ValueTask<bool> Take()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return ValueTask.FromResult(false);
            }
            if (!_taken)
            {
                _taken = true;
                return ValueTask.FromResult(true);
            }
            _waiting ??= new Queue<Waiter>();
            if (_waiting.Count >= maxWaiting)
            {
                throw LimitReached.Met(LimitCodes.GrainBusy, "Too many calls wait for this grain; try again.");
            }
            var waiter = new Waiter();
            _waiting.Enqueue(waiter);
            return waiter.Turn;
        }
    }

    /// <summary>Gives the turn to whoever waits longest.</summary>
    public void GiveBack()
    {
        Waiter? next = null;
        lock (_gate)
        {
            if (_waiting is null || !_waiting.TryDequeue(out next))
            {
                _taken = false;
            }
        }
        next?.Start();
    }

    /// <summary>Closes the turns for ever if nobody has or wants one; true for the one who closed them.</summary>
    public bool TryClose()
    {
        lock (_gate)
        {
            return !_closed && !_taken && (_closed = true);
        }
    }

    private sealed class Waiter : IValueTaskSource<bool>
    {
        private ManualResetValueTaskSourceCore<bool> _start = new() { RunContinuationsAsynchronously = true };

        public ValueTask<bool> Turn => new(this, _start.Version);

        public void Start() => _start.SetResult(true);

        public bool GetResult(short token) => _start.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _start.GetStatus(token);

        public void OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _start.OnCompleted(continuation, state, token, flags);
    }
}
