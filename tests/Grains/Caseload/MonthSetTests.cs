using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Caseload;

public sealed class MonthSetTests
{
    private const int Width = 128;

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 300)]
    [InlineData(3, 1_000)]
    public void It_holds_what_a_set_of_the_latest_months_holds(int seed, int spread)
    {
        var random = new Random(seed);
        var (months, model) = (default(MonthSet), new HashSet<int>());
        for (var i = 0; i < 2_000; i++)
        {
            var month = 24_000 + random.Next(spread);
            if (random.Next(4) == 0)
            {
                (months, _) = (months.Without(month), model.Remove(month));
            }
            else
            {
                (months, _) = (months.With(month), model.Add(month));
                model.RemoveWhere(known => known <= model.Max() - Width);
            }
            var (from, until) = (24_000 + random.Next(-5, spread), 24_000 + random.Next(-5, spread + 5));
            var expected = model.Count(known => known >= from && known < until);
            Assert.True(expected == months.CountBetween(from, until), $"seed {seed}, step {i}");
            Assert.True(model.Count == months.CountBetween(0, 100_000), $"seed {seed}, step {i}");
        }
    }

    [Fact]
    public void A_late_recorded_early_month_does_not_push_out_the_latest_ones()
    {
        var (first, last) = (MonthSet.NumberOf("2010-01"), MonthSet.NumberOf("2019-12"));
        var months = default(MonthSet).With(first).With(last).With(MonthSet.NumberOf("2005-01"));
        Assert.Equal(1, months.CountBetween(last, last + 1));
        Assert.Equal(2, months.CountBetween(0, last + 1));
    }

    [Fact]
    public void Months_are_numbered_and_named_alike()
    {
        var number = MonthSet.NumberOf("2018-12");
        Assert.Equal(number, MonthSet.NumberOf(new DateOnly(2018, 12, 31)));
        Assert.Equal(new DateOnly(2018, 12, 1), MonthSet.FirstDayOf(number));
        Assert.Equal(new DateOnly(2019, 1, 1), MonthSet.FirstDayOf(number + 1));
    }
}
