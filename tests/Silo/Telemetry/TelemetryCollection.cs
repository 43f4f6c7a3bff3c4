namespace OsstOrleans.Silo.Tests.Telemetry;

/// <summary>Whoever listens listens to the whole process, so these tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryCollection
{
    public const string Name = "telemetry";
}
