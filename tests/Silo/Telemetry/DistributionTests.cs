using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Tests.Telemetry;

/// <summary>Percentiles without keeping the values.</summary>
public sealed class DistributionTests
{
    private const double MostOff = 0.0625;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Every_quantile_is_within_a_sixteenth_of_the_true_one(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 5_000).Select(_ => (long)Math.Pow(2, random.NextDouble() * 38)).ToArray();
        var distribution = new Distribution();
        Array.ForEach(values, value => distribution.Record(value));
        Array.Sort(values);
        foreach (var share in (double[])[0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1])
        {
            var exact = values[Math.Max(1, (int)Math.Ceiling(share * values.Length)) - 1];
            Assert.InRange(distribution.Quantile(share), exact * (1 - MostOff), exact * (1 + MostOff));
        }
        Assert.Equal(values.Length, distribution.Count);
    }

    [Fact]
    public void Small_values_are_exact_and_others_have_a_place_of_their_own_size()
    {
        foreach (var value in (long[])[0, 1, 2, 7, 8, 15])
        {
            Assert.Equal(value, Of(value).Quantile(0.5));
        }
        Assert.Equal(0, Of(-5).Quantile(1));
        Assert.Equal(0, new Distribution().Quantile(0.5));
        Assert.InRange(Of(long.MaxValue).Quantile(1), 1L << 39, 1L << 40);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_record_at_once()
    {
        const int Each = 50_000;
        var distribution = new Distribution();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                distribution.Record(i % 300);
            }
        })));
        Assert.Equal(4 * Each, distribution.Count);
    }

    [Fact]
    public void Recent_values_are_those_of_this_window_and_the_one_before()
    {
        const long Span = RecentDistribution.Span;
        var recent = new RecentDistribution();
        recent.Record(1, now: 0);
        recent.Record(2, now: Span - 1);
        Assert.Equal(2, recent.Recent(Span - 1).Count);
        recent.Record(3, now: Span);
        Assert.Equal(3, recent.Recent(Span).Count);
        Assert.Equal(1, recent.Recent(2 * Span).Count);
        Assert.Equal(0, recent.Recent(3 * Span).Count);
    }

    [Fact]
    public void After_a_long_pause_nothing_old_is_recent()
    {
        var recent = new RecentDistribution();
        recent.Record(1, now: 0);
        Assert.Equal(0, recent.Recent(10 * RecentDistribution.Span).Count);
    }

    private static Distribution Of(long value)
    {
        var distribution = new Distribution();
        distribution.Record(value);
        return distribution;
    }
}
