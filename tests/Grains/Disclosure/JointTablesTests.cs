using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>
/// Somebody who knows the rule, and has all the time in the world, looks through every population that gives the same
/// release: what is hidden of it stays open. Tables are small and k is 2, so that none is left out.
/// </summary>
public sealed class JointTablesTests
{
    private const int Most = 13;
    private static readonly CountGrid Grid = new(2);

    /// <summary>Who is in the first cell of the first table is in the first one of the last table.</summary>
    private static readonly Implication First = new(new CellGroup(0, [0]), new CellGroup(1, [0]));

    /// <summary>And who is in the second one is in none but the others.</summary>
    private static readonly Implication Second = new(new CellGroup(0, [1]), new CellGroup(1, [1, 2]));

    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(1, 3, 3)]
    [InlineData(2, 3, 3)]
    [InlineData(0, 4, 2)]
    [InlineData(1, 2, 4)]
    [InlineData(0, 2, 2, 2)]
    [InlineData(1, 2, 2, 2)]
    [InlineData(1, 3, 2, 2)]
    [InlineData(2, 3, 2, 3)]
    public void Who_knows_the_rule_learns_no_hidden_cell_and_no_rest_of_a_shown_one(int known, params int[] lengths)
    {
        Implication[] implications = [.. new[] { First, Second }.Take(known).Select(implication => implication with
        {
            Those = implication.Those with { Table = lengths.Length - 1 },
        })];
        var releases = Populations(lengths)
            .Where(tables => implications.Length == 0 || CanBe(tables[0], tables[^1], known))
            .GroupBy(tables => Text(Release(tables, implications)))
            .Where(release => IsWhole(release.First()));
        var (hidden, together) = (0, 0);
        foreach (var release in releases)
        {
            var shown = Release(release.First(), implications);
            together += shown.Contains(null) ? 0 : 1;
            for (var table = 0; table < lengths.Length; table++)
            {
                for (var cell = 0; cell < lengths[table]; cell++)
                {
                    var values = release.Select(tables => tables[table][cell]).Distinct().ToList();
                    var isShown = shown[table]?[cell] is not null;
                    hidden += isShown ? 0 : 1;
                    Assert.True(
                        isShown ? values.Count == Grid.K : IsOpen(values),
                        $"{release.Key}: cell {cell} of table {table} is one of {string.Join(' ', values.Order())}");
                }
            }
        }
        Assert.True(hidden > 40 && together > 5, $"{hidden} hidden cells, {together} releases of all tables");
    }

    [Fact]
    public void A_table_whose_total_says_much_of_another_is_not_shown_beside_it()
    {
        // All but one are in two cells of the first table. The third of it has one, and could have none or four.
        Bounds[] first = Known(20, 20, 1);
        Assert.Equal([true, true], JointTables.Choose([first, Known(1, 1, 39)], [], Grid));
        Assert.Equal([true, false], JointTables.Choose([first, Known(41)], [], Grid));
    }

    /// <summary>0 or 1 as well as k or more; or at least so many as may be shown.</summary>
    private static bool IsOpen(List<int> values) =>
        (values.Min() <= 1 && values.Max() >= Grid.K) || values.Min() >= 2 * Grid.K;

    /// <summary>True when people can be in these cells as the implications say.</summary>
    private static bool CanBe(int[] first, int[] last, int known) =>
        first[0] <= last[0] && (known < 2 || first[1] <= last.Skip(1).Sum());

    /// <summary>The first table is always shown, so its known bounds say whether a population is left out.</summary>
    private static bool IsWhole(int[][] tables) => Known(tables[0]).Sum(cell => cell.Most) <= Most;

    private static Bounds[] Known(params int[] counts) => [.. counts.Select(count => Grid.Known(Grid.Shown(count)))];

    /// <summary>What is shown of each cell, by table; null for a table that is not shown.</summary>
    private static int?[]?[] Release(int[][] tables, Implication[] implications)
    {
        var chosen = JointTables.Choose([.. tables.Select(Known)], implications, Grid);
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
