namespace OsstOrleans.Silo.Feeds;

/// <summary>Who watches what.</summary>
internal sealed class WatchRegister
{
    /// <summary>Stands for all topics of a kind; no key is empty.</summary>
    private const string Every = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<(SignalKind Kind, string Topic), HashSet<FeedWatch>> _watches = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public FeedWatch Open(params IReadOnlyList<(SignalKind Kind, IReadOnlyCollection<string>? Topics)> kinds)
    {
        (SignalKind Kind, string Topic)[] watched = [.. kinds.SelectMany(
            asked => asked.Topics is null ? [(asked.Kind, Every)] : asked.Topics.Select(topic => (asked.Kind, topic)))
            .Distinct()];
        var watch = new FeedWatch(closed => Close(closed, watched));
        lock (_gate)
        {
            _count++;
            foreach (var topic in watched)
            {
                if (!_watches.TryGetValue(topic, out var watches))
                {
                    _watches[topic] = watches = [];
                }
                watches.Add(watch);
            }
        }
        return watch;
    }

    public void Tell(in Signal signal, long position)
    {
        lock (_gate)
        {
            Tell((signal.Kind, signal.Topic), signal.Key, position);
            Tell((signal.Kind, Every), signal.Key, position);
        }
    }

    /// <summary>Marks every topic of a kind; a watch of all of them finds the empty key.</summary>
    public void TellAll(SignalKind kind, long position)
    {
        lock (_gate)
        {
            foreach (var topic in _watches.Keys.Where(watched => watched.Kind == kind))
            {
                Tell(topic, topic.Topic, position);
            }
        }
    }

    private void Tell((SignalKind, string) topic, string key, long position)
    {
        foreach (var watch in _watches.GetValueOrDefault(topic) ?? [])
        {
            watch.Mark(key, position);
        }
    }

    private void Close(FeedWatch watch, IReadOnlyList<(SignalKind, string)> topics)
    {
        lock (_gate)
        {
            _count--;
            foreach (var topic in topics)
            {
                if (_watches.TryGetValue(topic, out var watches) && watches.Remove(watch) && watches.Count == 0)
                {
                    _watches.Remove(topic);
                }
            }
        }
    }
}
