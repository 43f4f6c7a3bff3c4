namespace OsstOrleans.Silo;

/// <summary>What an installation says of keeping and ending.</summary>
/// <param name="ArchivedBirthDays">
/// Days of the month of whose births all documents are archived; the same in all processes of a cluster.
/// </param>
/// <param name="EndingsFile">Where the list of endings is; in the data folder when null.</param>
public sealed record KeepingRules(IReadOnlyList<int> ArchivedBirthDays, string? EndingsFile = null);
