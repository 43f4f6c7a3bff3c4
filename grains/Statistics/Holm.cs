namespace OsstOrleans.Grains.Statistics;

/// <summary>
/// Holm's step-down adjustment (Holm 1979): with it the chance of any false finding among the tests is at most that of
/// one test, however the outcomes hang together.
/// </summary>
public static class Holm
{
    /// <summary>Each p as it counts among all; null where there was none, which is no test of the family.</summary>
    public static IReadOnlyList<double?> Adjust(IReadOnlyList<double?> ps)
    {
        var tests = ps.Index().Where(it => it.Item is not null).OrderBy(it => it.Item).ToArray();
        var (adjusted, largest) = (new double?[ps.Count], 0.0);
        for (var i = 0; i < tests.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, tests[i].Item!.Value * (tests.Length - i)));
            adjusted[tests[i].Index] = largest;
        }
        return adjusted;
    }
}
