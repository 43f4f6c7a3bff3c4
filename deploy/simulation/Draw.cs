namespace OsstOrleans.Simulation;

/// <summary>One value and its share; shares are relative and need not add up to one.</summary>
public readonly record struct Share<T>(T Value, double Weight);

/// <summary>
/// A stream of random numbers (SplitMix64, Steele, Lea and Flood 2014). Written out here because the framework does
/// not promise that its own sequence stays the same, and a population must be reproducible by its seed for ever.
/// Only +, -, * and / of doubles are used: no result depends on a platform's mathematics library.
/// </summary>
internal sealed class Draw(ulong seed)
{
    private ulong _state = seed;

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both possible.</summary>
    public int Between(int least, int most) => least + (int)(Fraction() * (most - least + 1));

    /// <summary>A whole number around the middle of the range: the mean of two.</summary>
    public int Around((int Least, int Most) range) =>
        (Between(range.Least, range.Most) + Between(range.Least, range.Most)) / 2;

    public T Of<T>(IReadOnlyList<T> values) => values[Between(0, values.Count - 1)];

    public T Of<T>(IReadOnlyList<Share<T>> shares)
    {
        var total = 0d;
        foreach (var share in shares)
        {
            total += share.Weight;
        }
        var left = Fraction() * total;
        foreach (var share in shares)
        {
            left -= share.Weight;
            if (left < 0)
            {
                return share.Value;
            }
        }
        return shares[^1].Value;
    }

    /// <summary>Different values, at most as many as asked for; fewer when the same value is drawn again.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<Share<T>> shares, int count)
    {
        var drawn = new List<T>(count);
        for (var i = 0; i < count; i++)
        {
            var value = Of(shares);
            if (!drawn.Contains(value))
            {
                drawn.Add(value);
            }
        }
        return drawn;
    }

    /// <summary>A number from 0 (possible) to 1 (not possible), with 53 random bits.</summary>
    private double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9e3779b97f4a7c15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
