using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>What is known of all calls of one command, or of one way of reading, to one kind of grain.</summary>
/// <param name="kind">The kind of grain.</param>
/// <param name="name">The command's name, <c>read</c> or <c>history</c>.</param>
/// <param name="latency">Gets each call's time while a collector listens.</param>
internal sealed class CallFigure(string kind, string name, Histogram<double> latency)
{
    private readonly CallLane[] _lanes = CallLane.OfAllProcessors();
    private long _refused;
    private long _failed;

    public string Kind => kind;

    public string Name => name;

    /// <summary>All calls since the start.</summary>
    public long Count => _lanes.Sum(lane => lane.Count);

    /// <summary>Those that the domain or a limit refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Those that failed: the store, or something unexpected.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>How long the recent ones took, in ticks.</summary>
    public Distribution Recent
    {
        get
        {
            var (all, now) = (new Distribution(), Ticks.Now);
            foreach (var lane in _lanes)
            {
                all.Add(lane.Times.Recent(now));
            }
            return all;
        }
    }

    /// <summary>Counts a call and begins to measure it.</summary>
    public CallWatch Begin()
    {
        CallLane.OfThisProcessor(_lanes).Begun();
        return new CallWatch(this, Ticks.Now);
    }

    public void Ended(in CallWatch watch, string outcome, bool isRefusal)
    {
        var now = Ticks.Now;
        CallLane.OfThisProcessor(_lanes).Times.Record(now - watch.Began, now);
        if (isRefusal)
        {
            Interlocked.Increment(ref _refused);
        }
        else if (outcome == Outcomes.Fault)
        {
            Interlocked.Increment(ref _failed);
        }
        if (latency.Enabled)
        {
            latency.Record(Ticks.Milliseconds(now - watch.Began), new TagList
            {
                { Tags.GrainType, kind }, { Tags.Command, name }, { Tags.Outcome, outcome },
            });
        }
    }
}

/// <summary>One call under way.</summary>
internal readonly record struct CallWatch(CallFigure Figure, long Began)
{
    public void Ended(ReplyKind kind, Activity? span) => Ended(
        kind switch
        {
            ReplyKind.Accepted => Outcomes.Accepted,
            ReplyKind.Rejected => Outcomes.Rejected,
            ReplyKind.VersionConflict => Outcomes.VersionConflict,
            ReplyKind.Forbidden => Outcomes.Forbidden,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
        kind != ReplyKind.Accepted, span);

    public void Ended(ReadResult result, Activity? span) => Ended(
        result switch
        {
            ReadResult.Found => Outcomes.Found,
            ReadResult.NotFound => Outcomes.NotFound,
            ReadResult.Forbidden or ReadResult.PurposeMissing => Outcomes.Forbidden,
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        },
        result is ReadResult.Forbidden or ReadResult.PurposeMissing, span);

    /// <summary>The call ended in an exception, of which only the type and a stable code are shown.</summary>
    public void Failed(Exception fault, Activity? span)
    {
        var limit = fault as LimitReached;
        Ended(limit is null ? Outcomes.Fault : Outcomes.Limit, limit is not null, span);
        span?.SetStatus(ActivityStatusCode.Error).SetTag(Tags.Error, limit?.Code ?? fault.GetType().Name);
    }

    private void Ended(string outcome, bool isRefusal, Activity? span)
    {
        Figure.Ended(this, outcome, isRefusal);
        span?.SetTag(Tags.Outcome, outcome);
    }
}
