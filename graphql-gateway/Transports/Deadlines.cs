namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// The end of an execution's time. Requests that start within the same second share one deadline, so that a request
/// costs no timer of its own; it gets at least its time and at most a second more.
/// </summary>
internal sealed class Deadlines(TimeSpan after, TimeProvider time)
{
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Window? _window;

    /// <summary>The token that ends the execution of a request that starts now.</summary>
    public CancellationToken Next()
    {
        var now = time.GetTimestamp();
        return _window is { } window && now < window.Until ? window.Deadline.Token : Open(now);
    }

    private CancellationToken Open(long now)
    {
        lock (_gate)
        {
            if (_window is not { } window || now >= window.Until)
            {
                var until = now + (long)(Shared.TotalSeconds * time.TimestampFrequency);
                // Its timer is its only owner once the second is over; it goes with the last request that holds it.
                window = new Window(until, new CancellationTokenSource(after + Shared, time));
                _window = window;
            }
            return window.Deadline.Token;
        }
    }

    private sealed record Window(long Until, CancellationTokenSource Deadline);
}
