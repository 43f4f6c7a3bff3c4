namespace OsstOrleans.Grains.Caseload;

/// <summary>Which part of a caseload's list is wanted, in the order of coming.</summary>
/// <param name="Max">At most so many lines.</param>
/// <param name="After">Only clients who came after this place.</param>
/// <param name="Before">Only clients who came before this place.</param>
/// <param name="FromEnd">When there are more: the last ones instead of the first. The order stays the same.</param>
public readonly record struct CaseloadSlice(
    int Max = int.MaxValue, long After = -1, long Before = long.MaxValue, bool FromEnd = false);
