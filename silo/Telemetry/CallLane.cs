using System.Numerics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// What one processor has counted. Warm calls are so short that processors which count in one place spend more time on
/// passing its cache line to each other than on counting.
/// </summary>
internal sealed class CallLane
{
    private const int Most = 16;
    private const int Middle = 8;

    private static readonly int Lanes =
        (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount), Most);

    /// <summary>In the middle of more than a cache line, which is this lane's alone.</summary>
    private readonly long[] _count = new long[Middle * 2];

    public RecentDistribution Times { get; } = new();

    public long Count => Interlocked.Read(ref _count[Middle]);

    public static CallLane[] OfAllProcessors() => [.. Enumerable.Range(0, Lanes).Select(_ => new CallLane())];

    public static CallLane OfThisProcessor(CallLane[] lanes) => lanes[Thread.GetCurrentProcessorId() & (Lanes - 1)];

    public void Begun() => Interlocked.Increment(ref _count[Middle]);
}
