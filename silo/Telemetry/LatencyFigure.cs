
namespace OsstOrleans.Silo.Telemetry;

/// <summary>How often something happened since the start, and how long it took lately.</summary>
/// <param name="kind">What.</param>
/// <param name="outcome">And how it ended.</param>
public sealed class LatencyFigure(string kind, string outcome)
{
    private readonly RecentDistribution _ticks = new();
    private long _count;

    public string Kind => kind;

    public string Outcome => outcome;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>How long the recent ones took.</summary>
    public Spread Ms => Spread.OfTimes(_ticks.Recent(Ticks.Now));

    public void Add(TimeSpan took)
    {
        Interlocked.Increment(ref _count);
        _ticks.Record(took.Ticks, Ticks.Now);
    }
}
