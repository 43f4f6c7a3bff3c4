using System.Collections.Concurrent;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Follows the list of revoked tokens of a data folder while the process runs, and signals to streams whose token is on
/// it. A list that became unreadable changes nothing: what was revoked stays so.
/// </summary>
internal sealed class Revocations : IDisposable
{
    private readonly ConcurrentDictionary<Watch, bool> _watches = new();
    private readonly string _folder;
    private readonly ITimer _timer;
    private (DateTime, long) _stamp;
    private volatile RevokedTokens _revoked;

    private Revocations(string folder, TimeProvider time, TimeSpan every)
    {
        _folder = folder;
        _stamp = Stamp();
        _revoked = RevokedTokens.Read(folder);
        _timer = time.CreateTimer(_ => Check(), null, every, every);
    }

    /// <summary>Called once for each state of the list that cannot be used.</summary>
    public Action<string>? OnUnusable { get; set; }

    /// <summary>Reads the list, and looks at it again this often.</summary>
    /// <exception cref="StoreRefusal">The list is unusable.</exception>
    public static Revocations Follow(string folder, TimeProvider time, TimeSpan every) => new(folder, time, every);

    public bool Has(Verified token) =>
        !_revoked.IsEmpty && _revoked.Has(token.Identity.TokenId, token.Caller.Subject, token.Identity.MadeAt);

    /// <summary>Calls <paramref name="revoked"/> when the token is on the list, at once if it is already.</summary>
    public IDisposable WhenRevoked(Verified token, Action revoked)
    {
        var watch = new Watch(this, token, revoked);
        _watches[watch] = true;
        watch.Look(); // The list may have changed between the token's check and this.
        return watch;
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var stamp = Stamp();
        if (stamp == _stamp)
        {
            return;
        }
        _stamp = stamp;
        try
        {
            _revoked = RevokedTokens.Read(_folder);
        }
        catch (StoreRefusal fault)
        {
            OnUnusable?.Invoke(fault.Message);
            return;
        }
        foreach (var watch in _watches.Keys)
        {
            watch.Look();
        }
    }

    private (DateTime, long) Stamp()
    {
        var file = new FileInfo(Path.Combine(_folder, RevokedTokens.FileName));
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private sealed class Watch(Revocations all, Verified token, Action revoked) : IDisposable
    {
        public void Look()
        {
            if (all.Has(token) && all._watches.TryRemove(this, out _))
            {
                revoked();
            }
        }

        public void Dispose() => all._watches.TryRemove(this, out _);
    }
}
