using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Outcome tables for outsiders: callers who are not the municipality's own staff. They are protected per study arm and
/// calendar year and only then added up. A row is shown whole or not at all, and totals are sums of shown rows, so
/// nothing that is withheld follows from what is shown. All outsiders get the same rows: those that are safe as a whole
/// and without any one municipality, whose own staff know its part (<see cref="SharedRow"/>).
/// </summary>
public static class DisclosedOutcomes
{
    /// <summary>Adds the rows that may be shown; true when some row was withheld.</summary>
    /// <param name="answer">What is shown.</param>
    /// <param name="table">The rows of one arm's year.</param>
    /// <param name="parts">The same tables of single municipalities, which add up to it.</param>
    /// <param name="k">The least count that is shown.</param>
    public static bool Add(
        Dictionary<ReferralReason, ReferralFunnel> answer,
        Dictionary<ReferralReason, ReferralFunnel> table,
        IReadOnlyCollection<Dictionary<ReferralReason, ReferralFunnel>> parts,
        int k = SmallCells.DefaultK)
    {
        var withheld = false;
        foreach (var (reason, row) in table)
        {
            ReferralFunnel[] of = [.. parts.Select(part => part.GetValueOrDefault(reason)).OfType<ReferralFunnel>()];
            if (new SharedRow(Ended(row), of.Select(Ended)).MayBeShown(k)
                && (row.Attended + row.Missed == 0 || new SharedRow(Met(row), of.Select(Met)).MayBeShown(k))
                && new SharedRow([row.Cancelled], of.Select(part => new[] { part.Cancelled })).MayStandBeside(k))
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

    /// <summary>Every way a referral can have ended so far.</summary>
    private static int[] Ended(ReferralFunnel row)
    {
        var ended = new int[ReferralChain.Steps];
        for (var step = ReferralStep.Received; step <= ReferralStep.Planned; step++)
        {
            ended[(int)step] = row.Reached(step) - (step == ReferralStep.Planned ? 0 : row.Reached(step + 1));
        }
        return ended;
    }

    private static int[] Met(ReferralFunnel row) => [row.Attended, row.Missed];

    /// <summary>True when no kind of assessment in a row is a small cell, and not all are of one kind.</summary>
    public static bool MayShow(AttainmentCounts row, int k = SmallCells.DefaultK) =>
        SmallCells.MayShowRow(CellsOf(row), k);

    internal static int[] CellsOf(AttainmentCounts row) => [.. Enum.GetValues<Attainment>().Select(row.Of)];

    /// <summary>
    /// True when a row and what the shown total has beyond it are both no small cells. A row that exceeds the total
    /// would show how much is withheld at least.
    /// </summary>
    public static bool MayShow(AttainmentCounts row, AttainmentCounts shown, int k = SmallCells.DefaultK) =>
        MayShow(row, k) && Enum.GetValues<Attainment>().All(
            attainment => SmallCells.MayShow(shown.Of(attainment) - row.Of(attainment), k));
}
