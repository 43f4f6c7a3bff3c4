using System.Diagnostics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// How long things take, in units of 100 ns. This measures the machine and not the domain's time, which comes from
/// <see cref="TimeProvider"/>.
/// </summary>
internal static class Ticks
{
    public static long Now => Stopwatch.GetElapsedTime(0).Ticks;

    public static double Milliseconds(long ticks) => ticks / (double)TimeSpan.TicksPerMillisecond;
}
