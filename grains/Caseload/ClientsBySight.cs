namespace OsstOrleans.Grains.Caseload;

/// <summary>Some clients of a municipality, by whether a caller sees them on lists.</summary>
/// <param name="Seen">Their lines.</param>
/// <param name="Hidden">Those with whom the caller has nothing to do.</param>
/// <param name="HasMore">More are seen than are here.</param>
public sealed record ClientsBySight(IReadOnlyList<CaseloadEntry> Seen, IReadOnlyList<string> Hidden, bool HasMore)
{
    /// <summary>No client.</summary>
    public static readonly ClientsBySight None = new([], [], HasMore: false);
}
