using System.Collections.Concurrent;

namespace OsstOrleans.Gateway.Transports;

/// <summary>Timers for executions, reused: nearly all of them end before they fire.</summary>
internal static class Deadlines
{
    private const int MaxKept = 1024;

    private static readonly ConcurrentBag<CancellationTokenSource> Idle = [];

    public static CancellationTokenSource Rent(TimeSpan after)
    {
        var deadline = Idle.TryTake(out var idle) ? idle : new CancellationTokenSource();
        deadline.CancelAfter(after);
        return deadline;
    }

    public static void Return(CancellationTokenSource deadline)
    {
        if (deadline.TryReset() && Idle.Count < MaxKept)
        {
            Idle.Add(deadline);
        }
        else
        {
            deadline.Dispose();
        }
    }
}
