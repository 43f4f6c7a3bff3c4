using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>How long a step took: exact count and sum, and buckets from which a median is read.</summary>
public sealed class StepDays
{
    /// <summary>Upper edges of the buckets in days, inclusive; the last bucket is open.</summary>
    public static IReadOnlyList<int> Edges { get; } = [0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 60, 90, 180, 365];

    private readonly int[] _buckets = new int[Edges.Count + 1];

    public int Count { get; private set; }

    public long TotalDays { get; private set; }

    /// <summary>Mean days; null when no one took the step.</summary>
    public double? Mean => Count == 0 ? null : (double)TotalDays / Count;

    /// <summary>The upper edge of the bucket that holds the median; null when no one took the step or beyond a year.
    /// </summary>
    public int? MedianAtMost
    {
        get
        {
            var seen = 0;
            for (var i = 0; i < Edges.Count && Count > 0; i++)
            {
                seen += _buckets[i];
                if (seen * 2 >= Count)
                {
                    return Edges[i];
                }
            }
            return null;
        }
    }

    internal void Add(int days, int sign)
    {
        var bucket = 0;
        while (bucket < Edges.Count && days > Edges[bucket])
        {
            bucket++;
        }
        _buckets[bucket] += sign;
        Count += sign;
        TotalDays += sign * (long)days;
    }

    internal void Imprint(Image image)
    {
        var (count, days, buckets) = (Count, TotalDays, _buckets);
        image.Value(ref count);
        image.Value(ref days);
        image.Column(ref buckets, buckets.Length);
        (Count, TotalDays) = (count, days);
        buckets.CopyTo(_buckets, 0);
    }

    internal void Merge(StepDays other, int sign)
    {
        Count += sign * other.Count;
        TotalDays += sign * other.TotalDays;
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += sign * other._buckets[i];
        }
    }
}
