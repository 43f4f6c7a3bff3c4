using System.Diagnostics;
using Orleans.Runtime;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Takes the span of a call along to its grain, in this process or another: two entries beside the message, and none
/// without a listener.
/// </summary>
internal static class CallTrace
{
    private const string Parent = "osst.call";
    private const string Sent = "osst.sent";

    /// <summary>For the calls of this asynchronous method.</summary>
    public static void Stamp(Activity? call)
    {
        if (call is not null)
        {
            RequestContext.Set(Parent, call.Id!);
            RequestContext.Set(Sent, call.StartTimeUtc.Ticks);
        }
    }

    /// <summary>The call behind this turn, and when it was sent; null without a listener.</summary>
    public static (ActivityContext? Call, DateTime Sent) Read() =>
        RequestContext.Get(Parent) is string id && RequestContext.Get(Sent) is long ticks
        && ActivityContext.TryParse(id, null, out var call)
            ? (call, new DateTime(ticks, DateTimeKind.Utc))
            : default;
}
