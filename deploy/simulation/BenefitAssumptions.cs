namespace OsstOrleans.Simulation;

/// <summary>
/// Months on basic social assistance: a two-state chain that runs away from the month of the first plan (or, without a
/// plan, of the referral) in both directions. All assumptions, and the same in every arm: the simulation contains no
/// effect of the experiment on the duration of receipt, because the real one is not known from public sources.
/// </summary>
public sealed record BenefitAssumptions
{
    /// <summary>Months on each side for clients with a plan; the outcome measure needs twelve.</summary>
    public int MonthsAroundPlan { get; init; } = 12;

    /// <summary>Months on each side for the others.</summary>
    public int MonthsAroundReferral { get; init; } = 3;

    /// <summary>Probability that a month on assistance is followed (preceded) by another.</summary>
    public double Stays { get; init; } = 0.92;

    /// <summary>Probability that a month without is followed (preceded) by one on assistance.</summary>
    public double Returns { get; init; } = 0.12;

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
