using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>
/// Somebody who knows the rule, and has all the time in the world, looks through every population that gives the same
/// release: what is hidden of it stays open. Tables are small and k is 2, so that none is left out.
/// </summary>
public sealed class JointTablesTests
{
    private const int Most = 14;
    private static readonly CountGrid Grid = new(2);

    [Theory]
    [InlineData(false, 3, 3)]
    [InlineData(true, 3, 3)]
    [InlineData(false, 4, 2)]
    [InlineData(true, 2, 4)]
    [InlineData(false, 2, 2, 2)]
    [InlineData(true, 2, 2, 2)]
    [InlineData(true, 2, 2, 3)]
    public void Who_knows_the_rule_learns_no_hidden_cell_and_no_rest_of_a_shown_one(
        bool implies, params int[] lengths)
    {
        Implication[] implications = implies ? [new(new CellGroup(0, [0]), new CellGroup(1, [0]))] : [];
        var releases = Populations(lengths)
            .Where(tables => !implies || tables[0][0] <= tables[1][0])
            .GroupBy(tables => Text(Release(tables, implications)))
            .Where(release => IsWhole(release.First()));
        var (hidden, beside) = (0, 0);
        foreach (var release in releases)
        {
            var shown = Release(release.First(), implications);
            beside += shown.Contains(null) ? 0 : 1;
            for (var table = 0; table < lengths.Length; table++)
            {
                for (var cell = 0; cell < lengths[table]; cell++)
                {
                    var values = release.Select(tables => tables[table][cell]).Distinct().ToList();
                    var isShown = shown[table]?[cell] is not null;
                    hidden += isShown ? 0 : 1;
                    Assert.True(
                        isShown ? values.Count == Grid.K : values.Min() <= 1 && values.Max() >= Grid.K,
                        $"{release.Key}: cell {cell} of table {table} is one of {string.Join(' ', values.Order())}");
                }
            }
        }
        Assert.True(hidden > 50 && beside > 20, $"{hidden} hidden cells, {beside} releases of all tables");
    }

    [Fact]
    public void A_table_whose_total_says_much_of_another_is_not_shown_beside_it()
    {
        // All but one are in two cells of the first table. The third of it has one, and could have none or four.
        Bounds[] first = Known(20, 20, 1);
        Assert.Equal([true, true], JointTables.Choose([first, Known(1, 1, 39)], []));
        Assert.Equal([true, false], JointTables.Choose([first, Known(41)], []));
    }

    /// <summary>The first table is always shown, so its known bounds say whether a population is left out.</summary>
    private static bool IsWhole(int[][] tables) => Known(tables[0]).Sum(cell => cell.Most) <= Most;

    private static Bounds[] Known(params int[] counts) => [.. counts.Select(count => Grid.Known(Grid.Shown(count)))];

    /// <summary>What is shown of each cell, by table; null for a table that is not shown.</summary>
    private static int?[]?[] Release(int[][] tables, Implication[] implications)
    {
        var chosen = JointTables.Choose([.. tables.Select(Known)], implications);
        return [.. tables.Select((table, i) => chosen[i] ? table.Select(count => Grid.Shown(count)).ToArray() : null)];
    }

    private static string Text(int?[]?[] release) => string.Join('|', release.Select(table =>
        table is null ? "-" : string.Join(' ', table.Select(cell => cell?.ToString() ?? "?"))));

    /// <summary>All ways in which up to <see cref="Most"/> people can be in the cells of each table.</summary>
    private static IEnumerable<int[][]> Populations(int[] lengths) => Enumerable.Range(0, Most + 1).SelectMany(
        people => lengths.Aggregate(
            Enumerable.Repeat<int[][]>([], 1),
            (tables, length) => tables.SelectMany(
                before => Shares(people, length).Select(table => (int[][])[.. before, table]))));

    private static IEnumerable<int[]> Shares(int people, int cells) => cells == 1
        ? [[people]]
        : from first in Enumerable.Range(0, people + 1)
          from rest in Shares(people - first, cells - 1)
          select (int[])[first, .. rest];
}
