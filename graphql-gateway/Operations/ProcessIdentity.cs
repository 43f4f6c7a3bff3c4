using System.Diagnostics;
using OsstOrleans.Gateway.Telemetry;

namespace OsstOrleans.Gateway.Operations;

/// <summary>Which process this is.</summary>
/// <param name="Role"><c>run</c>, <c>silo</c> or <c>gateway</c>.</param>
/// <param name="Time">The clock.</param>
internal sealed record ProcessIdentity(string Role, TimeProvider Time)
{
    private readonly DateTimeOffset _startedAt = Time.GetUtcNow();
    private readonly long _started = Stopwatch.GetTimestamp();

    public ProcessReport Report(string store, Health health) => new(
        Role, Environment.MachineName, Environment.ProcessId, BuildInfo.Version, store, health.Word, health.Cause,
        _startedAt, Math.Round(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1), Environment.WorkingSet);
}
