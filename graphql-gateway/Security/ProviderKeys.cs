using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// The public keys of one provider, fetched anew now and then and when a token names one that is not known. While the
/// provider is away, the known ones go on.
/// </summary>
internal sealed class ProviderKeys : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> _source;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile IReadOnlyDictionary<string, SecurityKey> _keys = new Dictionary<string, SecurityKey>();
    private Task _fetch = Task.CompletedTask;
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    private ProviderKeys(
        Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> source, IdentitySettings settings,
        TimeProvider time)
    {
        (_source, _pause, _time) = (source, settings.UnknownKeyPause, time);
        _timer = time.CreateTimer(_ => Fetch(TimeSpan.Zero), null, settings.KeysEvery, settings.KeysEvery);
    }

    /// <summary>Why the last fetch failed, for operators; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The keys that are known.</summary>
    public int Count => _keys.Count;

    /// <summary>Fetches the keys for the first time. A provider that is away does not keep the process from starting.
    /// </summary>
    public static async Task<ProviderKeys> Follow(
        Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> source, IdentitySettings settings,
        TimeProvider time)
    {
        var keys = new ProviderKeys(source, settings, time);
        await keys.Fetch(TimeSpan.Zero);
        return keys;
    }

    /// <summary>The key of this name; fetched when it is not known and the last fetch lies far enough back.</summary>
    public async ValueTask<SecurityKey?> Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (!_keys.TryGetValue(name, out var key))
        {
            await Fetch(_pause);
            _keys.TryGetValue(name, out key);
        }
        return key;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _ended.CancelAsync();
        await _fetch;
        _ended.Dispose();
    }

    /// <summary>The fetch under way, which all await together, or a new one when the last lies this far back.</summary>
    private Task Fetch(TimeSpan pause)
    {
        lock (_gate)
        {
            if (_fetch.IsCompleted && _fetchedAt + pause <= _time.GetUtcNow())
            {
                _fetchedAt = _time.GetUtcNow();
                _fetch = Task.Run(FetchNow);
            }
            return _fetch;
        }
    }

    private async Task FetchNow()
    {
        try
        {
            _keys = await _source(_ended.Token);
            Trouble = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The address and the kind of the fault say where to look; a provider's own words may hold anything.
            Trouble = $"The keys could not be fetched: {fault.GetType().Name}.";
        }
    }
}
