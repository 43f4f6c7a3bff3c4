using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>Nobody can compute a hidden cell from the shown ones and the total.</summary>
public sealed class SmallCellsTests
{
    private const int K = SmallCells.DefaultK;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_hidden_cell_of_a_random_table_could_be_another_number(int seed)
    {
        var random = new Random(seed);
        var (withheld, partly) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var cells = new int[random.Next(1, 10)];
            var most = random.Next(1, 40);
            for (var c = 0; c < cells.Length; c++)
            {
                cells[c] = random.Next(3) == 0 ? 0 : random.Next(most);
            }
            if (SmallCells.Hide(cells) is not { } hidden)
            {
                withheld++;
                continue;
            }
            Assert.All(cells.Where((_, c) => !hidden[c]), cell => Assert.True(SmallCells.MayShow(cell)));
            partly += hidden.Contains(true) ? 1 : 0;
            var of = cells.Where((_, c) => hidden[c]).ToList();
            for (var c = 0; c < of.Count; c++)
            {
                var others = of.Count - 1;
                // Known: the hidden cells' sum, and that each is at least one (zeros are never hidden).
                var feasible = Enumerable.Range(1, of.Sum()).Count(value => of.Sum() - value >= others
                    && (others > 0 || value == of.Sum()));
                Assert.True(feasible >= 2, $"seed {seed}: [{string.Join(' ', cells)}]");
            }
        }
        Assert.True(withheld > 50 && partly > 1_000, $"{withheld} withheld, {partly} partly hidden");
    }

    [Theory]
    [InlineData(new[] { 1, 30, 40 }, new[] { true, true, false })]
    [InlineData(new[] { 4, 4, 40 }, new[] { true, true, false })]
    [InlineData(new[] { 3, 3, 40 }, new[] { true, true, true })]
    [InlineData(new[] { 0, 5, 40 }, new[] { false, false, false })]
    public void What_is_hidden_is_no_more_than_needed(int[] cells, bool[] hidden) =>
        Assert.Equal(hidden, SmallCells.Hide(cells));

    [Theory]
    [InlineData(4)]
    [InlineData(3, 3)]
    [InlineData(1, 0, 2)]
    public void A_table_that_cannot_be_protected_is_withheld(params int[] cells) => Assert.Null(SmallCells.Hide(cells));

    [Fact]
    public void A_single_count_is_shown_from_k_on() =>
        Assert.Equal(
            [true, false, false, false, false, true], Enumerable.Range(0, K + 1).Select(n => SmallCells.MayShow(n)));
}
