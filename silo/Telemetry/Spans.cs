using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// The spans of this floor: <c>call</c> at the caller; below it <c>wait</c> for the turn and the <c>turn</c> itself;
/// below that <c>activate</c> and <c>append</c>, which has waited in the <c>queue</c> before <c>fsync</c>.
/// </summary>
public static class Spans
{
    /// <summary>The source of all of them.</summary>
    public const string SourceName = "OsstOrleans.Grains";

    private const string CallName = "call";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>False where no collector listens: then nothing below allocates.</summary>
    internal static bool AreWatched
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Source.HasListeners();
    }

    /// <summary>The span around a call to a grain.</summary>
    internal static Activity? Call(CallFigure figure) => Of(CallName, figure, ActivityKind.Client);

    /// <summary>The span around a grain's turn, and one for the time that its call waited before.</summary>
    /// <param name="figure">What is called.</param>
    /// <param name="call">The span of the call, which may be another process's; null where it is not watched.</param>
    /// <param name="sent">When the call was sent.</param>
    internal static Activity? Turn(CallFigure figure, ActivityContext? call, DateTime sent)
    {
        if (call is not { } caller)
        {
            return Of("turn", figure, ActivityKind.Internal);
        }
        var turn = Source.StartActivity("turn", ActivityKind.Internal, caller)
            ?.SetTag(Tags.GrainType, figure.Kind).SetTag(Tags.Command, figure.Name);
        if (turn is not null)
        {
            Past("wait", caller, sent, turn.StartTimeUtc);
        }
        return turn;
    }

    /// <summary>The span around reading a grain's state from the store.</summary>
    internal static Activity? Activate(string kind) =>
        Source.StartActivity("activate")?.SetTag(Tags.GrainType, kind);

    /// <summary>Where spans of work that others do for us belong; null where no collector listens.</summary>
    internal static Activity? Here => AreWatched ? Activity.Current : null;

    /// <summary>The spans of a write that is durable: it waited in the queue, and then for its group.</summary>
    /// <param name="from">Who waited for it.</param>
    /// <param name="queued">When it was handed over; see <see cref="Ticks"/>.</param>
    /// <param name="began">When its group began.</param>
    /// <param name="syncing">When the group was sent to the disk or the server.</param>
    /// <param name="ended">When it was durable.</param>
    /// <param name="groupSize">How many writes the group had.</param>
    internal static void Written(Activity from, long queued, long began, long syncing, long ended, int groupSize)
    {
        using var append = Source.StartActivity("append", ActivityKind.Internal, from.Context);
        if (append is null)
        {
            return;
        }
        // A span that begins now says what time it is; it began when the write was handed over.
        var (now, ago) = (append.StartTimeUtc, Ticks.Now);
        append.SetTag(Tags.GroupSize, groupSize).SetStartTime(At(queued)).SetEndTime(At(ended));
        Past("queue", append.Context, At(queued), At(began));
        Past("fsync", append.Context, At(syncing), At(ended));

        DateTime At(long ticks) => now.AddTicks(ticks - ago);
    }

    private static Activity? Of(string name, CallFigure figure, ActivityKind kind) =>
        Source.StartActivity(name, kind)?.SetTag(Tags.GrainType, figure.Kind).SetTag(Tags.Command, figure.Name);

    /// <summary>A span of what is over. One without any length would be taken for one that still runs.</summary>
    private static void Past(string name, ActivityContext parent, DateTime start, DateTime end)
    {
        using var past = Source.StartActivity(name, ActivityKind.Internal, parent, startTime: start);
        past?.SetEndTime(end > start ? end : start.AddTicks(1));
    }
}
