using System.ComponentModel.DataAnnotations;

namespace OsstOrleans.Gateway.Settings;

/// <summary>What a process does by itself beside its work.</summary>
internal sealed record OperationsSettings
{
    /// <summary>The pause between two caseloads that are compared with the log.</summary>
    [Range(1, 86_400)]
    public TimeSpan AntiEntropyEvery { get; init; } = TimeSpan.FromMinutes(1);
}
