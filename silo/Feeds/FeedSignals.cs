using System.Threading.Channels;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>What a subscriber can watch.</summary>
public enum SignalKind
{
    /// <summary>A municipality's caseload; its topic and its key are the municipality's code.</summary>
    Caseload = 1,

    /// <summary>One client; topic and key are the client's id.</summary>
    Client = 2,

    /// <summary>Visits recorded in a municipality's drop-in centres; the key is the centre's id.</summary>
    Visits = 3,

    /// <summary>Outsiders got another edition; it has one topic.</summary>
    Edition = 4,
}

/// <summary>
/// Signals to subscribers what changed, after the projections before it have applied it. The pump only notes which keys
/// changed; another task signals. What is noted is a set of keys, so neither many events nor slow subscribers make it
/// grow.
/// </summary>
public sealed class FeedSignals : IFeedReader, IAsyncDisposable
{
    /// <summary>What a watch of editions finds changed; no identifier of a grain has a star in it.</summary>
    public const string EditionKey = "*edition";

    private readonly WatchRegister _register = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Signal, long> _batch = [];
    private readonly Task _telling;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Dictionary<Signal, long> _untold = [];
    private long _edition;

    public FeedSignals() => _telling = Task.Run(Tell);

    /// <summary>The position of the present edition; it is asked for after each batch.</summary>
    internal Func<long> EditionAt { get; init; } = static () => 0;

    /// <summary>How many watches are open.</summary>
    public int Watches => _register.Count;

    /// <summary>Watches some topics of a kind, or all of them when null. Dispose it to stop.</summary>
    public FeedWatch Watch(SignalKind kind, IReadOnlyCollection<string>? topics) => _register.Open((kind, topics));

    /// <summary>Watches several kinds at once, each like <see cref="Watch(SignalKind, IReadOnlyCollection{string})"/>.
    /// </summary>
    public FeedWatch Watch(params (SignalKind Kind, IReadOnlyCollection<string>? Topics)[] watched) =>
        _register.Open(watched);

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        // Without a watch nothing is noted: a start that folds millions of events costs no signals. A watch opened
        // after this line reads a projection that has the event already.
        if (_register.Count == 0)
        {
            return ValueTask.CompletedTask;
        }
        switch (stored.Grain.Kind)
        {
            case GrainKind.Municipality:
                Note(SignalKind.Caseload, stored.Grain.Key, stored.Grain.Key, stored.Position);
                break;
            case GrainKind.Client:
                Note(SignalKind.Client, stored.Grain.Key, stored.Grain.Key, stored.Position);
                Note(SignalKind.Caseload, stored.Municipality, stored.Municipality, stored.Position);
                if (happened is ClientMoved moved)
                {
                    Note(SignalKind.Caseload, moved.Municipality, moved.Municipality, stored.Position);
                }
                break;
            case GrainKind.DropInCentre when happened is VisitsRecorded or VisitsCounted:
                Note(SignalKind.Visits, stored.Municipality, stored.Grain.Key, stored.Position);
                break;
        }
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        if (EditionAt() is var edition && edition > _edition)
        {
            _edition = edition;
            if (_register.Count > 0)
            {
                Note(SignalKind.Edition, EditionKey, EditionKey, edition);
            }
        }
        if (_batch.Count == 0)
        {
            return;
        }
        lock (_gate)
        {
            foreach (var (signal, at) in _batch)
            {
                _untold[signal] = at;
            }
        }
        _batch.Clear();
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Signals to all watches of caseloads that a new day has begun; no event goes with it.</summary>
    public void TellOfNewDay(long position) => _register.TellAll(SignalKind.Caseload, position);

    public async ValueTask DisposeAsync()
    {
        _wake.Writer.TryComplete();
        await _telling;
    }

    private void Note(SignalKind kind, string topic, string key, long position) =>
        _batch[new Signal(kind, topic, key)] = position;

    private async Task Tell()
    {
        while (await _wake.Reader.WaitToReadAsync())
        {
            _wake.Reader.TryRead(out _);
            Dictionary<Signal, long> told;
            lock (_gate)
            {
                (told, _untold) = (_untold, []);
            }
            foreach (var (signal, position) in told)
            {
                _register.Tell(signal, position);
            }
        }
    }
}

/// <param name="Topic">What is watched.</param>
/// <param name="Key">Which grain of that topic changed.</param>
internal readonly record struct Signal(SignalKind Kind, string Topic, string Key);
