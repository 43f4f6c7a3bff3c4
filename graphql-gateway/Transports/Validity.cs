using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>How long a token lets a stream go on: until it expires, or is revoked.</summary>
internal sealed class Validity : IDisposable
{
    /// <summary>Timers have an end of their own; a stream that old may well open anew.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly Verified _token;
    private readonly Tokens _tokens;
    private readonly CancellationTokenSource _ended;
    private readonly IDisposable? _watch;

    public Validity(Verified token, StreamServices services)
    {
        (_token, _tokens) = (token, services.Tokens);
        _ended = new CancellationTokenSource(Left(token.Expires, services.Time), services.Time);
        _watch = _tokens.WhenRevoked(token, _ended.Cancel);
    }

    /// <summary>Ends when the token does.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>True from the end on, also before any timer has said so.</summary>
    public bool IsOver => _ended.IsCancellationRequested || !_tokens.IsValid(_token);

    /// <summary>The time that is left, as a timer takes it.</summary>
    public static TimeSpan Left(DateTimeOffset expires, TimeProvider time)
    {
        var left = expires - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > Longest ? Longest : left;
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _ended.Dispose();
    }
}
