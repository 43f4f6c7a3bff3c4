using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>The check that an operator runs finds what can be computed, and nothing where nothing can.</summary>
public sealed class PossiblePeopleTests
{
    private const int Hidden = -1;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Nothing_is_found_in_a_release(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var released = ReleasedMetrics.Of(new MadeUp(random, random.Next(10, 250)).Metrics, CountGrid.Default);
            Assert.Equal([], new PossiblePeople(released).Faults());
        }
    }

    [Fact]
    public void A_release_is_judged_by_the_grid_by_which_it_was_made()
    {
        var coarse = ReleasedMetrics.Of(new MadeUp(new Random(23), 240).Metrics, new CountGrid(15));
        var image = Image.ToWrite();
        ReleasedMetrics? told = coarse;
        ReleasedMetrics.Imprint(image, ref told);
        told = null;
        ReleasedMetrics.Imprint(Image.ToRead(image.Written.ToArray()), ref told);
        Assert.Equal(15, told!.Grid.K);
        Assert.Equal([], Faults(told));
    }

    [Fact]
    public void A_total_that_another_table_gives_away_is_found()
    {
        // All ages are shown, and so are all but one status: of that one not more is left than they are together.
        int[] statuses = [10, 20, 20, 20, 20, 20, 20, 20, 20, Hidden];
        Assert.Contains("byStatus, cell 9", Faults(Told(statuses, ages: [40, 40, 40, 40, 50])));
        Assert.Equal([], Faults(Told(statuses)));
    }

    [Fact]
    public void A_reason_that_a_status_gives_away_is_found()
    {
        // All who are referred have a reason: those of whom none is shown must be some, for there are too few others.
        int[] reasons = [Hidden, 50, .. Nothing(7)];
        Assert.Contains("byReason, cell 2", Faults(Told([Hidden, 110, .. Nothing(8)], reasons: reasons)));
        Assert.Equal([], Faults(Told([Hidden, 90, .. Nothing(8)], reasons: reasons)));
    }

    [Fact]
    public void A_late_count_that_is_nearly_its_whole_status_is_found()
    {
        int[] statuses = [Hidden, 30, .. Enumerable.Repeat(Hidden, 8)];
        Assert.Equal([], Faults(Told(statuses, late: 20)));
        Assert.Equal(["overdue, cell 0"], Faults(Told(statuses, late: 25)));
    }

    /// <summary>Else the search would show people who cannot exist, and find nothing.</summary>
    [Fact]
    public void A_fact_about_a_third_table_is_refused_and_not_left_aside()
    {
        var ages = new Implication(new CellGroup(LiveMetrics.ByAgeBand.Index, [1]), LiveMetrics.Implications[0].These);
        Assert.Throws<NotSupportedException>(() => LinkedTables.Of([.. LiveMetrics.Implications, ages]));
    }

    [Fact]
    public void A_fact_holds_for_the_tables_that_it_names_whichever_comes_first()
    {
        var linked = LinkedTables.Of(
            [new(new CellGroup(7, [0]), new CellGroup(8, [1, 2])), new(new CellGroup(8, [1]), new CellGroup(7, [0]))]);
        Assert.Equal((7, 8), (linked.Left, linked.Right));
        Assert.True(linked.CanBeInBoth(0, 1));
        Assert.False(linked.CanBeInBoth(0, 0));
        Assert.False(linked.CanBeInBoth(1, 1));
        Assert.True(linked.CanBeInBoth(1, 0));
    }

    [Fact]
    public void A_number_that_is_not_on_the_grid_is_found() =>
        Assert.Equal(["byStatus, cell 1"], Faults(Told([Hidden, 7, .. Enumerable.Repeat(Hidden, 8)])));

    private static IEnumerable<string> Faults(ReleasedMetrics released) =>
        new PossiblePeople(released).Faults();

    /// <summary>What no rule would release, as an image has it.</summary>
    private static ReleasedMetrics Told(int[] statuses, int[]? ages = null, int[]? reasons = null, int late = Hidden)
    {
        var image = Image.ToWrite();
        var (isThere, k, methods) = (true, CountGrid.Default.K, 0);
        image.Value(ref isThere);
        image.Value(ref k);
        int[] bands = ages is null ? Nothing(6) : [Hidden, .. ages];
        foreach (var column in (int[][])[statuses, bands, reasons ?? Nothing(9)])
        {
            var cells = column;
            image.Column(ref cells, cells.Length);
        }
        image.Value(ref methods);
        int[] overdue = [late, Hidden, Hidden];
        image.Column(ref overdue, overdue.Length);
        ReleasedMetrics? told = null;
        ReleasedMetrics.Imprint(Image.ToRead(image.Written.ToArray()), ref told);
        return told!;
    }

    private static int[] Nothing(int cells) => [.. Enumerable.Repeat(Hidden, cells)];
}
