using MathNet.Numerics.Distributions;

namespace OsstOrleans.Grains.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Level">How often such intervals cover the truth, where their assumptions hold, 0-1.</param>
/// <param name="Method">How it was computed.</param>
public sealed record Interval(double Low, double High, double Level, string Method)
{
    /// <summary>The level of every interval here.</summary>
    public const double Usual = 0.95;

    /// <summary>The same, cut where no true value can be; a whole interval beyond an end comes down to that end.
    /// </summary>
    public Interval Within(double least, double most) => Low >= least && High <= most ? this : this with
    {
        Low = Math.Clamp(Low, least, most),
        High = Math.Clamp(High, least, most),
        Method = $"{Method}, cut to what is possible",
    };

    /// <summary>The standard normal quantile for a two-sided interval.</summary>
    internal static double Z(double level) => Normal.InvCDF(0, 1, 1 - ((1 - level) / 2));

    /// <summary>Student's quantile for a two-sided interval.</summary>
    internal static double T(double level, double degreesOfFreedom) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - ((1 - level) / 2));
}
