using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// What the log says of an unexpected fault: its kind and where it came from, and the trace id that the caller got.
/// </summary>
internal static class FaultLog
{
    public static Action<Exception, string> To(ILogger log) => (fault, traceId) => log.LogError(
        "Unexpected {Fault} in trace {TraceId}", GrainFault.Words(fault), traceId);
}
