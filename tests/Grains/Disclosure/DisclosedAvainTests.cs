using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using static OsstOrleans.Grains.Tests.Sample;

namespace OsstOrleans.Grains.Tests.Disclosure;

public sealed class DisclosedAvainTests
{
    private static readonly AvainOutcomes Nobody = new();

    [Fact]
    public void A_method_does_not_give_away_what_is_withheld_of_the_goals()
    {
        var shown = Protect(Table((Subsistence, 10), (Everyday, 2), method: 12), Nobody);
        Assert.Equal([CodeSystems.ClassOf(Subsistence)], shown.ByGoalClass.Keys);
        Assert.Equal(20, shown.ByArm[StudyArm.Neither].Total);
        Assert.Empty(shown.ByMethod);
        Assert.True(shown.Withheld);
    }

    [Fact]
    public void A_method_is_shown_when_neither_it_nor_the_rest_is_a_small_cell()
    {
        Assert.Equal(20, Protect(Table((Subsistence, 20), (Everyday, 0), 10), Nobody).ByMethod[IntensiveWork].Total);
        Assert.Empty(Protect(Table((Subsistence, 20), (Everyday, 0), 17), Nobody).ByMethod);
        Assert.Empty(Protect(Table((Subsistence, 20), (Everyday, 0), 3), Nobody).ByMethod);
    }

    [Fact]
    public void A_row_in_which_all_share_one_assessment_is_withheld()
    {
        var table = Table((Subsistence, 20), (Everyday, 20), 10);
        table.PersonsByClass[CodeSystems.ClassOf(Everyday)] = new AttainmentCounts();
        table.PersonsByClass[CodeSystems.ClassOf(Everyday)].Add(Attainment.NotAttained, 20);
        Assert.Equal([CodeSystems.ClassOf(Subsistence)], Protect(table, Nobody).ByGoalClass.Keys);
    }

    [Fact]
    public void A_row_that_is_nearly_one_municipality_s_is_withheld()
    {
        var all = Table((Subsistence, 100), (Everyday, 100), 50);
        var (some, few) = (Table((Subsistence, 16), (Everyday, 20), 10), Table((Subsistence, 14), (Everyday, 20), 6));
        Assert.Equal(
            2, Protect(all, Nobody, Table((Subsistence, 70), (Everyday, 60), 34), some, few).ByGoalClass.Count);
        // 84 of 100 is not nearly all; for the staff of a third one, who take their 10 away, 84 of 90 are.
        var told = Protect(
            all, Nobody, Table((Subsistence, 84), (Everyday, 60), 44), Table((Subsistence, 10), (Everyday, 20), 3),
            Table((Subsistence, 6), (Everyday, 20), 3));
        Assert.Equal([CodeSystems.ClassOf(Everyday)], told.ByGoalClass.Keys);
        Assert.Empty(told.ByMethod);
    }

    [Fact]
    public void Staff_who_know_their_own_part_learn_no_small_cell_of_the_others()
    {
        var all = Table((Subsistence, 20), (Everyday, 0), 10);
        Assert.Empty(Protect(all, Table((Subsistence, 3), (Everyday, 0), 3)).ByGoalClass);
        Assert.Empty(Protect(all, Table((Subsistence, 10), (Everyday, 0), 8)).ByMethod);
        Assert.Single(Protect(all, Table((Subsistence, 10), (Everyday, 0), 5)).ByMethod);
    }

    [Fact]
    public void A_row_of_two_municipalities_is_withheld()
    {
        var (all, part) = (Table((Subsistence, 30), (Everyday, 0), 15), Table((Subsistence, 10), (Everyday, 0), 5));
        Assert.Empty(Protect(all, Nobody, Table((Subsistence, 20), (Everyday, 0), 10), part).ByGoalClass);
        Assert.Single(Protect(all, Nobody, part, part, part).ByGoalClass);
    }

    [Fact]
    public void Many_goals_of_few_clients_are_of_few_persons()
    {
        var table = Table((Subsistence, 20), (Everyday, 20), 10);
        table.PersonsByClass[CodeSystems.ClassOf(Everyday)] = Both(4);
        Assert.Equal([CodeSystems.ClassOf(Subsistence)], Protect(table, Nobody).ByGoalClass.Keys);
        table.PersonsByMethod[IntensiveWork] = Both(4);
        Assert.Empty(Protect(table, Nobody).ByMethod);
    }

    private static DisclosedAvain Protect(
        AvainOutcomes table, AvainOutcomes rest, params IReadOnlyCollection<AvainOutcomes> parts)
    {
        var shown = new DisclosedAvain();
        shown.AddProtected(
            table, rest, parts.Count == 0 ? [.. Enumerable.Range(0, 3).Select(i => Third(table, i))] : parts,
            StudyArm.Neither);
        return shown;
    }

    /// <summary>The persons of one of three municipalities that have a table in equal parts.</summary>
    private static AvainOutcomes Third(AvainOutcomes table, int which)
    {
        var third = new AvainOutcomes();
        foreach (var (goalClass, row) in table.PersonsByClass)
        {
            third.PersonsByClass[goalClass] = Of(row);
        }
        foreach (var (method, row) in table.PersonsByMethod)
        {
            third.PersonsByMethod[method] = Of(row);
        }
        return third;

        AttainmentCounts Of(AttainmentCounts row)
        {
            var part = new AttainmentCounts();
            foreach (var attainment in Enum.GetValues<Attainment>())
            {
                part.Add(attainment, (row.Of(attainment) + which) / 3);
            }
            return part;
        }
    }

    private static AvainOutcomes Table((CodedValue Goal, int Count) one, (CodedValue Goal, int Count) other, int method)
    {
        var table = new AvainOutcomes();
        foreach (var (goal, count) in new[] { one, other }.Where(row => row.Count > 0))
        {
            table.ByGoal[goal] = Both(count);
            table.PersonsByClass[CodeSystems.ClassOf(goal)] = Both(count);
        }
        table.ByMethod[IntensiveWork] = Both(method);
        table.PersonsByMethod[IntensiveWork] = Both(method);
        table.Persons.Merge(Both(one.Count + other.Count));
        return table;
    }

    private static AttainmentCounts Both(int count)
    {
        var row = new AttainmentCounts();
        row.Add(Attainment.Attained, count);
        row.Add(Attainment.Partly, count);
        return row;
    }
}
