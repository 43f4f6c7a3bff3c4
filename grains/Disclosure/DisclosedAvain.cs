using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>AVAIN outcomes as a caller may see them: by main class of the goal, by method and by arm.</summary>
public sealed class DisclosedAvain
{
    /// <summary>Null when withheld.</summary>
    public int? Reviews { get; private set; }

    /// <summary>Null when withheld.</summary>
    public int? FilledWithClient { get; private set; }

    public bool Withheld { get; private set; }

    public Dictionary<CodedValue, AttainmentCounts> ByGoalClass { get; } = [];

    public Dictionary<CodedValue, AttainmentCounts> ByMethod { get; } = [];

    public Dictionary<StudyArm, AttainmentCounts> ByArm { get; } = [];

    public void AddExactly(AvainOutcomes table)
    {
        (Reviews, FilledWithClient) = (table.Reviews, table.FilledWithClient);
        MergeAll(ByGoalClass, ByClass(table));
        MergeAll(ByMethod, table.ByMethod);
        MergeAll(ByArm, table.ByArm);
    }

    /// <summary>
    /// Adds one arm's year; <paramref name="rest"/> is it without the asker's own municipality, and
    /// <paramref name="parts"/> are the tables of single municipalities.
    /// </summary>
    public void AddProtected(
        AvainOutcomes table, AvainOutcomes rest, IReadOnlyCollection<AvainOutcomes> parts, StudyArm arm)
    {
        var others = ByClass(rest);
        var each = parts.Select(ByClass).ToList();
        var (shown, shownOfOthers) = (new AttainmentCounts(), new AttainmentCounts());
        foreach (var (goalClass, row) in ByClass(table))
        {
            var other = others.GetValueOrDefault(goalClass) ?? new AttainmentCounts();
            var sizes = each.Select(part => part.GetValueOrDefault(goalClass)?.Total ?? 0);
            if (DisclosedOutcomes.MayShow(row) && DisclosedOutcomes.MayShow(other)
                && !SmallCells.IsDominated(row.Total, sizes))
            {
                ByGoalClass.CellOf(goalClass).Merge(row);
                shown.Merge(row);
                shownOfOthers.Merge(other);
            }
            else
            {
                Withheld = true;
            }
        }
        // The arm's row is the sum of the shown rows, so subtracting them from it gives nothing.
        if (shown.Total > 0)
        {
            ByArm.CellOf(arm).Merge(shown);
        }
        AddMethods(table, shown, rest, shownOfOthers, parts);
        AddReviews(table, rest);
    }

    private void AddMethods(
        AvainOutcomes table, AttainmentCounts shown, AvainOutcomes rest, AttainmentCounts shownOfOthers,
        IReadOnlyCollection<AvainOutcomes> parts)
    {
        foreach (var (method, row) in table.ByMethod)
        {
            var other = rest.ByMethod.GetValueOrDefault(method) ?? new AttainmentCounts();
            var sizes = parts.Select(part => part.ByMethod.GetValueOrDefault(method)?.Total ?? 0);
            if (DisclosedOutcomes.MayShow(row, shown) && DisclosedOutcomes.MayShow(other, shownOfOthers)
                && !SmallCells.IsDominated(row.Total, sizes))
            {
                ByMethod.CellOf(method).Merge(row);
            }
            else
            {
                Withheld = true;
            }
        }
    }

    private void AddReviews(AvainOutcomes table, AvainOutcomes rest)
    {
        if (MayShow(table) && MayShow(rest))
        {
            Reviews = (Reviews ?? 0) + table.Reviews;
            FilledWithClient = (FilledWithClient ?? 0) + table.FilledWithClient;
        }
        else
        {
            Withheld = true;
        }
    }

    private static bool MayShow(AvainOutcomes table) =>
        SmallCells.MayShow(table.FilledWithClient) && SmallCells.MayShow(table.Reviews - table.FilledWithClient);

    private static Dictionary<CodedValue, AttainmentCounts> ByClass(AvainOutcomes table)
    {
        var classes = new Dictionary<CodedValue, AttainmentCounts>();
        foreach (var (goal, row) in table.ByGoal)
        {
            classes.CellOf(CodeSystems.ClassOf(goal)).Merge(row);
        }
        return classes;
    }

    private static void MergeAll<TKey>(
        Dictionary<TKey, AttainmentCounts> sums, Dictionary<TKey, AttainmentCounts> rows)
        where TKey : notnull
    {
        foreach (var (key, row) in rows)
        {
            sums.CellOf(key).Merge(row);
        }
    }
}
