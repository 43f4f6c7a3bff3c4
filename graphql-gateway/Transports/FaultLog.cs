namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// What the log says of a fault nobody expected: its kind and where it came from, and the trace id that the caller got.
/// Never its message, which may hold what somebody wrote.
/// </summary>
internal static class FaultLog
{
    public static Action<Exception, string> To(ILogger log) => (fault, traceId) => log.LogError(
        "Unexpected {Fault} in trace {TraceId} at {Place}", fault.GetType().Name, traceId, Place(fault));

    /// <summary>The innermost method that the stack still knows.</summary>
    private static string Place(Exception fault) =>
        fault.StackTrace?.Split('\n', StringSplitOptions.TrimEntries)[0] ?? "an unknown place";
}
