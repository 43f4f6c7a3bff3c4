using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// The public keys of one provider, fetched anew now and then and when a token names one that is not known. While the
/// provider is away, the known ones go on, for a day.
/// </summary>
internal sealed class ProviderKeys : IAsyncDisposable
{
    /// <summary>Without a fetch for so long nothing is known of what the provider has withdrawn.</summary>
    public static readonly TimeSpan LongestAlone = TimeSpan.FromHours(24);

    /// <summary>No request waits longer for keys: anyone can name one that is not known.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<string, SecurityKey> s_none = [];

    private readonly Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> _source;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile Fetched _fetched = new(s_none, DateTimeOffset.MinValue);
    private Task _fetch = Task.CompletedTask;
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;

    private ProviderKeys(
        Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> source, IdentitySettings settings,
        TimeProvider time)
    {
        (_source, _pause, _time) = (source, settings.UnknownKeyPause, time);
        _timer = time.CreateTimer(_ => Fetch(TimeSpan.Zero), null, settings.KeysEvery, settings.KeysEvery);
    }

    /// <summary>Called after each fetch: what was known may be no more.</summary>
    public Action? OnFetched { get; set; }

    /// <summary>Why the last fetch failed, for operators; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many keys are known.</summary>
    public int Count => Known.Count;

    private IReadOnlyDictionary<string, SecurityKey> Known =>
        _fetched is var fetched && fetched.At + LongestAlone > _time.GetUtcNow() ? fetched.Keys : s_none;

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

    /// <summary>True while the provider still publishes this very key.</summary>
    public bool Knows(SecurityKey key) => Known.TryGetValue(key.KeyId, out var known) && ReferenceEquals(known, key);

    /// <summary>The key of this name; fetched when it is not known and the last try lies far enough back.</summary>
    public async ValueTask<SecurityKey?> Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (Known.TryGetValue(name, out var key))
        {
            return key;
        }
        try
        {
            await Fetch(_pause).WaitAsync(s_patience, _time);
        }
        catch (TimeoutException)
        {
            return null; // The provider is slow. The fetch goes on, and the caller may come again.
        }
        return Known.GetValueOrDefault(name);
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
            if (_fetch.IsCompleted && _triedAt + pause <= _time.GetUtcNow())
            {
                _triedAt = _time.GetUtcNow();
                _fetch = Task.Run(FetchNow);
            }
            return _fetch;
        }
    }

    private async Task FetchNow()
    {
        try
        {
            var published = await _source(_ended.Token);
            if (published.Count == 0)
            {
                throw new InvalidDataException("The provider publishes no key.");
            }
            _fetched = new Fetched(published.ToDictionary(one => one.Key, one => Same(one.Value)), _time.GetUtcNow());
            Trouble = null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The kind of the fault says where to look; a provider's own words may hold anything.
            Trouble = $"The keys could not be fetched: {fault.GetType().Name}.";
        }
        OnFetched?.Invoke();
    }

    /// <summary>
    /// The object that stood for this key before, so that tokens that it signed are seen to be of a key that is still
    /// published. A new key under an old name is another one.
    /// </summary>
    private SecurityKey Same(SecurityKey key) =>
        _fetched.Keys.TryGetValue(key.KeyId, out var before)
        && before.ComputeJwkThumbprint().AsSpan().SequenceEqual(key.ComputeJwkThumbprint())
            ? before
            : key;

    private sealed record Fetched(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset At);
}
