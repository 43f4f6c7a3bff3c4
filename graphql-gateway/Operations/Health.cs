using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Operations;

/// <summary>
/// Whether the process can do its work, in one word. That it lives depends on nothing outside of it: a restart brings
/// back neither a database nor a network, and a process that waits for one must not be killed for it.
/// </summary>
/// <param name="figures">Of the store.</param>
/// <param name="feedFault">Why the projections do not follow the log; null while they do, or where there are none.
/// </param>
/// <param name="log">Told of each change.</param>
internal sealed class Health(StoreFigures figures, Func<Exception?> feedFault, ILogger log)
{
    public const string ReadyWord = "ready";

    private volatile bool _isLoaded;
    private volatile bool _isDraining;
    private string _told = "";

    /// <summary>True as soon as everything is loaded; the process has started.</summary>
    public bool HasStarted => _isLoaded;

    public bool IsReady => Word == ReadyWord;

    /// <summary>
    /// <c>ready</c>, or why not: <c>loading</c>, <c>draining</c>, <c>store-broken</c> until a restart,
    /// <c>store-away</c> until the store can be reached and read again, <c>writes-fail</c> until the disk has room,
    /// another program's lock ends or the server takes writes again, or <c>feed-stopped</c> until somebody repairs the
    /// log.
    /// </summary>
    public string Word
    {
        get
        {
            var word = this switch
            {
                { _isDraining: true } => "draining",
                { _isLoaded: false } => "loading",
                _ when figures.IsBroken => "store-broken",
                _ when feedFault() is { } fault => fault is StoreFault { IsPassing: true } ? "store-away"
                    : "feed-stopped",
                _ when figures.IsAway => "store-away",
                _ when figures.IsRefusing => "writes-fail",
                _ => ReadyWord,
            };
            Tell(word);
            return word;
        }
    }

    /// <summary>
    /// Why, for operators: a sentence of the store, or the kind and place of what stopped the feed. Null while there is
    /// nothing to say. It holds no grain's key, which a message of the feed may have.
    /// </summary>
    public string? Cause => figures.Trouble ?? (feedFault() is { } fault ? GrainFault.Words(fault) : null);

    /// <summary>Everything is loaded: requests are welcome.</summary>
    public void Loaded()
    {
        _isLoaded = true;
        _ = Word;
    }

    /// <summary>What is under way is finished, and nothing new is wanted.</summary>
    public void Draining()
    {
        _isDraining = true;
        _ = Word;
    }

    private void Tell(string word)
    {
        if (Interlocked.Exchange(ref _told, word) == word)
        {
            return;
        }
        var isFault = word is "store-broken" or "store-away" or "writes-fail" or "feed-stopped";
        if (isFault)
        {
            log.LogWarning("This process is {State} now: {Cause}", word, Cause);
        }
        else
        {
            log.LogInformation("This process is {State} now", word);
        }
    }
}
