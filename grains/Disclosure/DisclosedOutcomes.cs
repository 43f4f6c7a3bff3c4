using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Outcome tables for outsiders: callers who are not the municipality's own staff. They are protected per study arm and
/// calendar year and only then added up. A row is shown whole or not at all, and totals are sums of shown rows, so
/// nothing that is withheld follows from what is shown. <c>rest</c> is the same table without the asker's own
/// municipality, whose figures the asker knows: a row is shown only if it is safe in both. <c>parts</c> are the tables
/// of single municipalities, none of which may be nearly all of a row.
/// </summary>
public static class DisclosedOutcomes
{
    /// <summary>Adds the rows that may be shown; true when some row was withheld.</summary>
    public static bool Add(
        Dictionary<ReferralReason, ReferralFunnel> answer,
        Dictionary<ReferralReason, ReferralFunnel> table,
        Dictionary<ReferralReason, ReferralFunnel> rest,
        IReadOnlyCollection<Dictionary<ReferralReason, ReferralFunnel>> parts,
        int k = SmallCells.DefaultK)
    {
        var withheld = false;
        foreach (var (reason, row) in table)
        {
            var sizes = parts.Select(part => part.GetValueOrDefault(reason)?.Reached(ReferralStep.Received) ?? 0);
            if (MayShow(row, k) && (!rest.TryGetValue(reason, out var other) || MayShow(other, k))
                && !SmallCells.IsDominated(row.Reached(ReferralStep.Received), sizes))
            {
                MergeInto(answer, reason, row);
            }
            else
            {
                withheld = true;
            }
        }
        return withheld;
    }

    /// <summary>Adds a row to the row of its reason.</summary>
    public static void MergeInto(
        Dictionary<ReferralReason, ReferralFunnel> answer, ReferralReason reason, ReferralFunnel row) =>
        answer.CellOf(reason).Merge(row);

    /// <summary>
    /// Every way a referral can have ended so far, and every kind of meeting outcome, is no small cell, and not all
    /// ended in one way.
    /// </summary>
    private static bool MayShow(ReferralFunnel row, int k)
    {
        Span<int> ended = stackalloc int[ReferralChain.Steps];
        for (var step = ReferralStep.Received; step <= ReferralStep.Planned; step++)
        {
            ended[(int)step] = row.Reached(step) - (step == ReferralStep.Planned ? 0 : row.Reached(step + 1));
        }
        return MayShow(ended, k) && MayShow([row.Attended, row.Missed], k) && SmallCells.MayShow(row.Cancelled, k);
    }

    /// <summary>True when no kind of assessment in a row is a small cell, and not all are of one kind.</summary>
    public static bool MayShow(AttainmentCounts row, int k = SmallCells.DefaultK) =>
        MayShow([.. Enum.GetValues<Attainment>().Select(row.Of)], k);

    private static bool MayShow(ReadOnlySpan<int> cells, int k)
    {
        foreach (var cell in cells)
        {
            if (!SmallCells.MayShow(cell, k))
            {
                return false;
            }
        }
        return SmallCells.Differ(cells);
    }

    /// <summary>
    /// True when a row and what the shown total has beyond it are both no small cells. A row that exceeds the total
    /// would show how much is withheld at least.
    /// </summary>
    public static bool MayShow(AttainmentCounts row, AttainmentCounts shown, int k = SmallCells.DefaultK) =>
        MayShow(row, k) && Enum.GetValues<Attainment>().All(
            attainment => SmallCells.MayShow(shown.Of(attainment) - row.Of(attainment), k));
}
