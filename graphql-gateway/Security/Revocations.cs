using System.Collections.Concurrent;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Follows what is revoked while the process runs: the rows of the store, which all processes share, and the list of
/// its own data folder. Streams whose token is among it are signalled. What became unreadable changes nothing: what was
/// revoked stays so.
/// </summary>
internal sealed class Revocations : IAsyncDisposable
{
    private static readonly TimeSpan s_cleanEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Watch, bool> _watches = new();
    private readonly string _folder;
    private readonly RevokedRows? _rows;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private (DateTime, long) _stamp;
    private DateTimeOffset _cleanedAt;
    private volatile RevokedTokens _revoked;
    private volatile Task _check = Task.CompletedTask;

    private Revocations(string folder, RevokedRows? rows, TimeProvider time, TimeSpan every)
    {
        (_folder, _rows, _time, _cleanedAt) = (folder, rows, time, time.GetUtcNow());
        _stamp = Stamp();
        _revoked = RevokedFile.Read(folder);
        _timer = time.CreateTimer(_ => Check(), null, every, every);
    }

    /// <summary>Called once for each state of the list that cannot be used.</summary>
    public Action<string>? OnUnusable { get; set; }

    /// <summary>Reads all that is revoked, and looks for more this often.</summary>
    /// <param name="folder">Whose list is followed.</param>
    /// <param name="rows">The store's; null where there is none.</param>
    /// <param name="time">The clock of the looks.</param>
    /// <param name="every">How often.</param>
    /// <exception cref="StoreRefusal">The list is unusable.</exception>
    public static async Task<Revocations> Follow(string folder, RevokedRows? rows, TimeProvider time, TimeSpan every)
    {
        if (rows is not null)
        {
            await rows.ReadOn(); // Before the first request: a revoked token must not work for a moment.
        }
        return new Revocations(folder, rows, time, every);
    }

    public bool Has(Verified token) =>
        (!_revoked.IsEmpty && _revoked.Has(token.Identity.TokenId, token.Caller.Subject, token.Identity.MadeAt))
        || _rows?.Has(token.Identity) is true;

    /// <summary>Calls <paramref name="revoked"/> when the token is on the list, at once if it is already.</summary>
    public IDisposable WhenRevoked(Verified token, Action revoked)
    {
        var watch = new Watch(this, token, revoked);
        _watches[watch] = true;
        watch.Look(); // The list may have changed between the token's check and this.
        return watch;
    }

    /// <summary>Revokes in every process; durable when this completes, and followed here at once.</summary>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="once">What they were asked by, which is taken only once.</param>
    /// <returns>False when it had been taken before.</returns>
    /// <exception cref="StoreFault">The store cannot write at present.</exception>
    public async Task<bool> Add(IReadOnlyList<Revocation> revocations, string once)
    {
        var isNew = await _rows!.Add(revocations, once);
        await _rows.ReadOn();
        LookAll();
        return isNew;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _check;
    }

    private void Check()
    {
        if (ReadList())
        {
            LookAll();
        }
        if (_rows is not null && _check.IsCompleted)
        {
            _check = ReadRows(_rows);
        }
    }

    private async Task ReadRows(RevokedRows rows)
    {
        try
        {
            var unreadable = rows.Unreadable;
            if (await rows.ReadOn())
            {
                LookAll();
            }
            if (rows.Unreadable > unreadable)
            {
                OnUnusable?.Invoke("A row of revoked tokens cannot be read: what it revokes goes on. Run osst verify.");
            }
            if (_cleanedAt + s_cleanEvery <= _time.GetUtcNow())
            {
                _cleanedAt = _time.GetUtcNow();
                await rows.RemoveEnded(_cleanedAt);
            }
        }
        catch (Exception fault) when (fault is StoreFault or LimitReached or ObjectDisposedException)
        {
            // The store is away, which readiness tells. The next look reads on from where this one ended.
        }
    }

    /// <summary>True when the folder's list has changed.</summary>
    private bool ReadList()
    {
        var stamp = Stamp();
        if (stamp == _stamp)
        {
            return false;
        }
        _stamp = stamp;
        try
        {
            _revoked = RevokedFile.Read(_folder);
            return true;
        }
        catch (StoreRefusal fault)
        {
            OnUnusable?.Invoke(fault.Message);
            return false;
        }
    }

    /// <summary>Looks at each stream's token: something may have ended it.</summary>
    public void LookAll()
    {
        foreach (var watch in _watches.Keys)
        {
            watch.Look();
        }
    }

    private (DateTime, long) Stamp()
    {
        var file = new FileInfo(Path.Combine(_folder, RevokedFile.FileName));
        if (!file.Exists)
        {
            return default;
        }
        var list = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file; // A mounted list is a link.
        return (list.LastWriteTimeUtc, list.Length);
    }

    private sealed class Watch(Revocations all, Verified token, Action revoked) : IDisposable
    {
        public void Look()
        {
            if ((all.Has(token) || !token.Identity.IsSignerKnown()) && all._watches.TryRemove(this, out _))
            {
                revoked();
            }
        }

        public void Dispose() => all._watches.TryRemove(this, out _);
    }
}
