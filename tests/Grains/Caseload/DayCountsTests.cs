using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Grains.Tests.Caseload;

public sealed class DayCountsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counting_before_a_day_equals_counting_one_by_one(int seed)
    {
        var random = new Random(seed);
        var (counts, days) = (new DayCounts(), new List<int>());
        for (var i = 0; i < 3_000; i++)
        {
            if (days.Count > 0 && random.Next(3) == 0)
            {
                var gone = random.Next(days.Count);
                counts.Add(days[gone], -1);
                days.RemoveAt(gone);
            }
            else
            {
                // Far jumps in both directions make it grow at both ends.
                days.Add(Math.Max(1, 736_000 + (int)(Math.Pow(random.NextDouble() - 0.5, 3) * 40_000)));
                counts.Add(days[^1], +1);
            }
            if (random.Next(5) == 0)
            {
                var day = random.Next(4) == 0 ? random.Next(800_000) : 736_000 + random.Next(-300, 300);
                Assert.True(days.Count(d => d < day) == counts.CountBefore(day), $"seed {seed}, step {i}, day {day}");
            }
        }
    }

    [Fact]
    public void Day_zero_is_no_day_and_an_empty_count_is_zero()
    {
        var counts = new DayCounts();
        counts.Add(0, +1);
        Assert.Equal(0, counts.CountBefore(int.MaxValue));
        counts.Add(5, +1);
        Assert.Equal((0, 1), (counts.CountBefore(5), counts.CountBefore(6)));
    }
}
