using System.Diagnostics;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>What the grains of one process do: their turns by command, and how many are in memory.</summary>
public sealed class GrainFigures
{
    private readonly RecentDistribution _recalls = new();

    internal CallFigures Turns { get; } = new(Instruments.TurnLatency);

    internal ActivationCounts Activations { get; } = new();

    internal WaitingDeliveries Deliveries { get; } = new();

    /// <summary>How long reading states from the store took lately, in ticks.</summary>
    internal Distribution RecentRecalls => _recalls.Recent(Ticks.Now);

    /// <summary>Begins to measure how a grain's state is read from the store.</summary>
    internal RecallWatch Recall(GrainKind kind) => new(this, GrainName.NameOf(kind));

    internal readonly struct RecallWatch : IDisposable
    {
        private readonly GrainFigures _figures;
        private readonly string _kind;
        private readonly Activity? _span;
        private readonly long _began;

        public RecallWatch(GrainFigures figures, string kind)
        {
            (_figures, _kind, _span, _began) = (figures, kind, Spans.Activate(kind), Ticks.Now);
        }

        /// <summary>Says how many events were read; a few after a snapshot, or all of them.</summary>
        public void Read(int events) => _span?.SetTag(Tags.Events, events);

        public void Dispose()
        {
            var now = Ticks.Now;
            _figures._recalls.Record(now - _began, now);
            if (Instruments.ActivationLatency.Enabled)
            {
                Instruments.ActivationLatency.Record(
                    Ticks.Milliseconds(now - _began), new TagList { { Tags.GrainType, _kind } });
            }
            _span?.Dispose();
        }
    }
}

/// <summary>How many activations of each kind there are and were.</summary>
internal sealed class ActivationCounts
{
    private static readonly GrainKind[] Kinds = Enum.GetValues<GrainKind>();

    private readonly long[] _now = new long[(int)Kinds.Max() + 1];

    /// <summary>Those in memory now, by the name of their kind.</summary>
    public IEnumerable<(string Kind, long Count)> Now =>
        Kinds.Select(kind => (GrainName.NameOf(kind), Interlocked.Read(ref _now[(int)kind])));

    /// <summary>All of them.</summary>
    public long Total => Now.Sum(kind => kind.Count);

    public void Began(GrainKind kind)
    {
        Interlocked.Increment(ref _now[(int)kind]);
        Add(Instruments.ActivationsCreated, kind);
    }

    public void Ended(GrainKind kind)
    {
        Interlocked.Decrement(ref _now[(int)kind]);
        Add(Instruments.ActivationsDestroyed, kind);
    }

    private static void Add(System.Diagnostics.Metrics.Counter<long> counter, GrainKind kind)
    {
        if (counter.Enabled)
        {
            counter.Add(1, KeyValuePair.Create<string, object?>(Tags.GrainType, GrainName.NameOf(kind)));
        }
    }
}
