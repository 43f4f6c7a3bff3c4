namespace OsstOrleans.Silo;

/// <summary>What an installation says of its registers, of keeping and of ending.</summary>
/// <param name="ArchivedBirthDays">
/// Days of the month of whose births all documents are archived; the same in all processes of a cluster.
/// </param>
/// <param name="EndingsFile">Where the list of endings is; in the data folder when null.</param>
/// <param name="Counties">
/// The counties whose municipalities form one register each, or <c>all</c> alone; null where it is not said.
/// </param>
/// <param name="Installation">By which address others know it; null where it is not said.</param>
public sealed record KeepingRules(
    IReadOnlyList<int> ArchivedBirthDays, string? EndingsFile = null, IReadOnlyList<string>? Counties = null,
    string? Installation = null);
