using OsstOrleans.Grains.Client;
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
        ByGoalClass.MergeAll(ByClass(table));
        ByMethod.MergeAll(table.ByMethod);
        ByArm.MergeAll(table.ByArm);
    }

    /// <summary>
    /// Adds one arm's year; <paramref name="rest"/> is it without the asker's own municipality, and
    /// <paramref name="parts"/> are the tables of single municipalities. What is small is judged by persons: five goals
    /// of one client are one person. A row is of three municipalities at least.
    /// </summary>
    public void AddProtected(
        AvainOutcomes table, AvainOutcomes rest, IReadOnlyCollection<AvainOutcomes> parts, StudyArm arm)
    {
        var others = ByClass(rest);
        var (shown, shownOfOthers) = (new AttainmentCounts(), new AttainmentCounts());
        foreach (var (goalClass, row) in ByClass(table))
        {
            if (MayShow(table, rest, parts, it => it.PersonsByClass.GetValueOrDefault(goalClass)))
            {
                ByGoalClass.CellOf(goalClass).Merge(row);
                shown.Merge(row);
                shownOfOthers.Merge(others.GetValueOrDefault(goalClass) ?? new AttainmentCounts());
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
        foreach (var (method, row) in table.ByMethod)
        {
            var other = rest.ByMethod.GetValueOrDefault(method) ?? new AttainmentCounts();
            if (DisclosedOutcomes.MayShow(row, shown) && DisclosedOutcomes.MayShow(other, shownOfOthers)
                && MayShow(table, rest, parts, it => it.PersonsByMethod.GetValueOrDefault(method))
                && MayShowOthers(table, method) && MayShowOthers(rest, method))
            {
                ByMethod.CellOf(method).Merge(row);
            }
            else
            {
                Withheld = true;
            }
        }
        AddReviews(table, parts);
    }

    /// <summary>True when a row of persons is no small cell in the table and in the rest, and of enough municipalities
    /// of which none is nearly all of it.</summary>
    private static bool MayShow(
        AvainOutcomes table, AvainOutcomes rest, IReadOnlyCollection<AvainOutcomes> parts,
        Func<AvainOutcomes, AttainmentCounts?> rowOf)
    {
        return rowOf(table) is { } row && DisclosedOutcomes.MayShow(rowOf(rest) ?? new AttainmentCounts())
            && new SharedRow(
                DisclosedOutcomes.CellsOf(row),
                parts.Select(part => DisclosedOutcomes.CellsOf(rowOf(part) ?? new AttainmentCounts()))).MayBeShown();
    }

    /// <summary>True when those with whom the method was not used are no small cells either.</summary>
    private static bool MayShowOthers(AvainOutcomes table, CodedValue method)
    {
        var used = table.PersonsByMethod.GetValueOrDefault(method) ?? new AttainmentCounts();
        return Enum.GetValues<Attainment>().All(it => SmallCells.MayShow(table.Persons.Of(it) - used.Of(it)));
    }

    private void AddReviews(AvainOutcomes table, IReadOnlyCollection<AvainOutcomes> parts)
    {
        if (table.Reviews == 0 || new SharedRow(Filled(table), parts.Select(Filled)).MayBeShown())
        {
            Reviews = (Reviews ?? 0) + table.Reviews;
            FilledWithClient = (FilledWithClient ?? 0) + table.FilledWithClient;
        }
        else
        {
            Withheld = true;
        }
    }

    private static int[] Filled(AvainOutcomes table) =>
        [table.FilledWithClient, table.Reviews - table.FilledWithClient];

    private static Dictionary<CodedValue, AttainmentCounts> ByClass(AvainOutcomes table)
    {
        var classes = new Dictionary<CodedValue, AttainmentCounts>();
        foreach (var (goal, row) in table.ByGoal)
        {
            classes.CellOf(CodeSystems.ClassOf(goal)).Merge(row);
        }
        return classes;
    }
}
