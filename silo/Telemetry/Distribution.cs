using System.Numerics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// How often values of about each size came. Small values have a bucket each; from 8 on every power of two is cut into
/// eight, so that what a bucket tells is never more than 6.25 % off. Recording is one atomic addition, without a lock
/// and without allocation, from any thread; reading while others record sees each value once or not yet.
/// </summary>
internal sealed class Distribution
{
    private const int CutBits = 3;
    private const int Cuts = 1 << CutBits;

    /// <summary>Larger values count as this one: 30 hours in ticks.</summary>
    private const long Largest = (1L << 40) - 1;

    private readonly long[] _counts = new long[BucketOf(Largest) + 1];

    /// <param name="value">Negative ones count as zero.</param>
    public void Record(long value) => Interlocked.Increment(ref _counts[BucketOf(value)]);

    /// <summary>Adds another's values.</summary>
    public void Add(Distribution other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            if (Volatile.Read(ref other._counts[i]) is > 0 and var count)
            {
                Interlocked.Add(ref _counts[i], count);
            }
        }
    }

    /// <summary>How many values there are.</summary>
    public long Count
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < _counts.Length; i++)
            {
                sum += Volatile.Read(ref _counts[i]);
            }
            return sum;
        }
    }

    /// <summary>
    /// The value that a share of all does not exceed, as the middle of its bucket: 0.5 for the median, 1 for the
    /// largest. 0 when there is none.
    /// </summary>
    public long Quantile(double share)
    {
        var left = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= Volatile.Read(ref _counts[i]);
            if (left <= 0)
            {
                return (LeastOf(i) + LeastOf(i + 1) - 1) / 2;
            }
        }
        return 0;
    }

    private static int BucketOf(long value)
    {
        var size = (ulong)Math.Clamp(value, 0, Largest);
        if (size < Cuts)
        {
            return (int)size;
        }
        var shift = BitOperations.Log2(size) - CutBits;
        return ((shift + 1) << CutBits) + (int)((size >> shift) & (Cuts - 1));
    }

    /// <summary>The least value of a bucket.</summary>
    private static long LeastOf(int bucket)
    {
        var shift = (bucket >> CutBits) - 1;
        return shift < 0 ? bucket : (long)((bucket & (Cuts - 1)) | Cuts) << shift;
    }
}
