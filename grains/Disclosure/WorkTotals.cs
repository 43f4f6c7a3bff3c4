using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>A row of totals; participants are null where they are withheld.</summary>
public sealed record WorkTotal(string Month, CodedValue Method, int Activities, long Minutes, long? Participants);

/// <summary>
/// Totals by month and method over any set of municipalities and centres. Each one's part is exact, or its participants
/// are on the grid of counts: sums are sums of shown parts, so no withheld part can be computed from two answers.
/// </summary>
public sealed class WorkTotals
{
    private readonly SortedDictionary<(string Month, string Method), WorkTotal> _rows = [];

    /// <summary>Participants are those of the grid, and some may be withheld.</summary>
    public bool Withheld { get; private set; }

    /// <summary>By month, then by method.</summary>
    public IReadOnlyList<WorkTotal> Rows => [.. _rows.Values];

    /// <summary>Adds one municipality's or centre's part.</summary>
    /// <param name="part">Its work.</param>
    /// <param name="from">The first month; null for all before.</param>
    /// <param name="to">The last month, which counts; null for all after.</param>
    /// <param name="exact">For its own staff.</param>
    public void Add(IEnumerable<WorkDone> part, string? from, string? to, bool exact)
    {
        foreach (var done in part.Where(d => IsWithin(d.Month, from, to)))
        {
            var shown = exact ? done.Participants : CountGrid.Default.Shown(done.Participants);
            Withheld |= !exact; // Also where nothing is: that would say that a number of the grid is the number itself.
            var key = (done.Month, done.Method.ToString());
            var sum = _rows.GetValueOrDefault(key) ?? new WorkTotal(done.Month, done.Method, 0, 0, null);
            _rows[key] = sum with
            {
                Activities = sum.Activities + done.Activities,
                Minutes = sum.Minutes + done.Minutes,
                Participants = shown is null ? sum.Participants : (sum.Participants ?? 0) + shown,
            };
        }
    }

    private static bool IsWithin(string month, string? from, string? to) =>
        (from is null || string.CompareOrdinal(month, from) >= 0)
        && (to is null || string.CompareOrdinal(month, to) <= 0);
}
