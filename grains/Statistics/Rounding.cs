namespace OsstOrleans.Grains.Statistics;

/// <summary>
/// What is left of equal numbers after rounding is no variance: a test would take it for a certain finding. Values here
/// are shares and months, which differ by far more than 1e-12 where they differ at all.
/// </summary>
internal static class Rounding
{
    private const double Difference = 1e-12;

    /// <summary>A variance; 0 when it is no more than rounding of values of a size.</summary>
    public static double Cleared(double variance, double size) =>
        variance > Difference * Difference * (1 + (size * size)) ? variance : 0;

    /// <summary>A difference; 0 when it is no more than rounding of values of a size.</summary>
    public static double OfDifference(double difference, double size) =>
        Math.Abs(difference) > Difference * (1 + Math.Abs(size)) ? difference : 0;
}
