namespace OsstOrleans.Gateway.Transports;

/// <summary>How long a token lets a stream go on.</summary>
internal sealed class Validity : IDisposable
{
    /// <summary>Timers have an end of their own; a stream that old may well open anew.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly DateTimeOffset _until;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended;

    public Validity(DateTimeOffset expires, TimeProvider time)
    {
        _time = time;
        var left = Left(expires, time);
        _until = time.GetUtcNow() + left;
        _ended = new CancellationTokenSource(left, time);
    }

    /// <summary>Ends when the token does.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>True from the end on, also before any timer has said so.</summary>
    public bool IsOver => _ended.IsCancellationRequested || _time.GetUtcNow() >= _until;

    /// <summary>The time that is left, as a timer takes it.</summary>
    public static TimeSpan Left(DateTimeOffset expires, TimeProvider time)
    {
        var left = expires - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > Longest ? Longest : left;
    }

    public void Dispose() => _ended.Dispose();
}
