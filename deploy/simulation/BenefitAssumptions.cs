namespace OsstOrleans.Simulation;

/// <summary>
/// Months on basic social assistance: a two-state chain that runs away from the month of the referral in both
/// directions, over all months that the register covers. All assumptions, and the same in every arm: the simulation
/// contains no effect of the experiment on the duration of receipt, because the real one is not known from public
/// sources; <see cref="ExitEffect"/> puts one in, to see whether the evaluation finds it.
/// </summary>
public sealed record BenefitAssumptions
{
    /// <summary>Months that the register covers before the period's first month: an evaluation needs twelve.</summary>
    public int MonthsBefore { get; init; } = 12;

    /// <summary>Probability that a month on assistance is followed (preceded) by another.</summary>
    public double Stays { get; init; } = 0.85;

    /// <summary>Probability that a month without is followed (preceded) by one on assistance.</summary>
    public double Returns { get; init; } = 0.03;

    /// <summary>
    /// So much smaller is <see cref="Stays"/> in municipalities with OSST in the months after the referral. 0 is no
    /// effect.
    /// </summary>
    public double ExitEffect { get; init; }

    /// <summary>
    /// Basic part for a person living alone in 2018, EUR 491.21 a month (Kela; from general knowledge, to be
    /// verified). Reductions are taken from it.
    /// </summary>
    public int BasicPartCents { get; init; } = 49_121;

    /// <summary>Other approved costs less income that a month's assistance covers beside the basic part, in cents.
    /// </summary>
    public (int Least, int Most) OtherPartCents { get; init; } = (-30_000, 45_000);

    /// <summary>Months that a reduction lasts, at most.</summary>
    public int MostReducedMonths { get; init; } = 3;
}
