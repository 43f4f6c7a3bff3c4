namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records one month of basic social assistance (<em>perustoimeentulotuki</em>) from Kela's register. Months before
/// the client was registered are welcome: the experiment is measured by the months before and after. The same month
/// with other figures corrects it, because Kela decides again in arrears.
/// </summary>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="AmountCents">Assistance paid for the month, in cents; zero or more.</param>
/// <param name="ReductionPercent">Reduction of the basic part, per cent: 0, 20 or 40 (toimeentulotukilaki 10 §).</param>
public sealed record RecordBenefitMonth(string Month, long AmountCents, int ReductionPercent) : IClientCommand;

/// <summary>A month on social assistance became known.</summary>
public sealed record BenefitMonthRecorded(string Month, long AmountCents, int ReductionPercent) : IClientEvent;

/// <summary>A known month's figures changed; the earlier ones are kept in the event so that counts can move by it.</summary>
public sealed record BenefitMonthCorrected(
    string Month,
    long AmountCents,
    int ReductionPercent,
    long PreviousAmountCents,
    int PreviousReductionPercent) : IClientEvent;

/// <summary>A month on social assistance.</summary>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="AmountCents">In cents.</param>
/// <param name="ReductionPercent">0, 20 or 40.</param>
public sealed record BenefitMonth(string Month, long AmountCents, int ReductionPercent);
