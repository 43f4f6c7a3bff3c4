namespace OsstOrleans.Silo.Telemetry;

/// <summary>The silos of a cluster, also those that left or died lately.</summary>
/// <param name="Silos">Null when no silo answers now.</param>
public sealed record ClusterReport(IReadOnlyList<SiloReport>? Silos);

/// <summary>One silo as the cluster's table of members has it, and as it tells itself.</summary>
/// <param name="Silo">Its address for other silos, and its life's number after the @.</param>
/// <param name="Host">Its machine.</param>
/// <param name="State">Orleans' word: <c>joining</c>, <c>active</c>, <c>shutting-down</c>, <c>stopping</c> or
/// <c>dead</c>.</param>
/// <param name="StartedAt">When this life of it began.</param>
/// <param name="Activations">Grains in its memory, Orleans' own among them; null when it does not tell.</param>
/// <param name="Gateways">Gateways that it is connected to.</param>
/// <param name="HeapBytes">Managed memory.</param>
/// <param name="CpuPercent">Of its machine, 0 to 100.</param>
public sealed record SiloReport(
    string Silo, string Host, string State, DateTimeOffset StartedAt, int? Activations = null, long? Gateways = null,
    long? HeapBytes = null, double? CpuPercent = null);
