using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records one month of basic social assistance (<em>perustoimeentulotuki</em>) from Kela's register. Months before
/// the client was registered are welcome: the experiment is measured by the months before and after. The same month
/// with other figures corrects it, because Kela decides again in arrears; figures of an earlier day than the known ones
/// are refused.
/// </summary>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="AmountCents">Assistance paid for the month, in cents; zero or more.</param>
/// <param name="ReductionPercent">
/// Reduction of the basic part, per cent: 0, 20 or 40 (toimeentulotukilaki 10 §).
/// </param>
public sealed record RecordBenefitMonth(string Month, long AmountCents, int ReductionPercent) : IClientCommand;

/// <summary>A month on social assistance became known.</summary>
/// <param name="Month">The calendar month.</param>
/// <param name="AmountCents">In cents.</param>
/// <param name="ReductionPercent">0, 20 or 40.</param>
/// <param name="KnownOn">The day of the figures, where it is another one than the event's.</param>
[StoredAs("client.benefit-month-recorded", TimelineKind.Benefit)]
public sealed record BenefitMonthRecorded(
    string Month, long AmountCents, int ReductionPercent, DateOnly? KnownOn = null) : IClientEvent;

/// <summary>
/// A known month's figures changed; the earlier ones are kept in the event so that counts can move by it.
/// </summary>
[StoredAs("client.benefit-month-corrected", TimelineKind.Benefit)]
public sealed record BenefitMonthCorrected(
    string Month,
    long AmountCents,
    int ReductionPercent,
    long PreviousAmountCents,
    int PreviousReductionPercent,
    DateOnly? KnownOn = null) : IClientEvent;

/// <summary>A month on social assistance.</summary>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="AmountCents">In cents.</param>
/// <param name="ReductionPercent">0, 20 or 40.</param>
/// <param name="KnownOn">The day of these figures: of the decision, where its sender said one.</param>
public sealed record BenefitMonth(string Month, long AmountCents, int ReductionPercent, DateOnly KnownOn)
{
    /// <summary>True for the same figures of the same month, whatever their day.</summary>
    public bool Says(BenefitMonth other) => this with { KnownOn = other.KnownOn } == other;
}

internal static class Benefits
{
    public static Decision Record(ClientState client, RecordBenefitMonth command, Moment moment)
    {
        var refused = Known(command.Month, moment)
            ?? Require.Within(command.AmountCents, 0, Limits.BenefitCents, "amountCents")
            ?? (command.ReductionPercent is 0 or 20 or 40
                ? null
                : Refuse.Field(ReductionInvalid, "reductionPercent", "A reduction is 0, 20 or 40 per cent."));
        if (refused is not null)
        {
            return refused;
        }
        var month = new BenefitMonth(
            command.Month, command.AmountCents, command.ReductionPercent, moment.OccurredOn);
        return client.BenefitMonths.FirstOrDefault(known => known.Month == month.Month) switch
        {
            { } known when known.Says(month) => ConfirmedFacts.Again(
                new FactConfirmed(ConfirmedFact.BenefitMonth, Month: month.Month), known.KnownOn, moment),
            { } known when Require.NotSuperseded(known.KnownOn, moment) is { } superseded => superseded,
            { } known => Decision.Happened(new BenefitMonthCorrected(
                month.Month, month.AmountCents, month.ReductionPercent, known.AmountCents, known.ReductionPercent)),
            null when client.BenefitMonths.Count >= Limits.BenefitMonths =>
                Refuse.Limit("month", Limits.BenefitMonths),
            null => Decision.Happened(
                new BenefitMonthRecorded(month.Month, month.AmountCents, month.ReductionPercent)),
        };
    }

    public static ClientState Evolve(ClientState client, BenefitMonthRecorded happened, DateOnly on) =>
        Put(client, new BenefitMonth(
            happened.Month, happened.AmountCents, happened.ReductionPercent, happened.KnownOn ?? on));

    public static ClientState Evolve(ClientState client, BenefitMonthCorrected happened, DateOnly on) =>
        Put(client, new BenefitMonth(
            happened.Month, happened.AmountCents, happened.ReductionPercent, happened.KnownOn ?? on));

    private static Rejection? Known(string text, Moment moment) =>
        CalendarMonth.TryParse(text, out var month)
            ? Require.Past(month.FirstDay, moment, "month")
            : Refuse.Field(MonthInvalid, "month", "A month is written yyyy-MM.");

    /// <summary>Months sort as text, since they are written yyyy-MM.</summary>
    private static ClientState Put(ClientState client, BenefitMonth month) => client with
    {
        BenefitMonths =
        [
            .. client.BenefitMonths.Where(known => string.CompareOrdinal(known.Month, month.Month) < 0),
            month,
            .. client.BenefitMonths.Where(known => string.CompareOrdinal(known.Month, month.Month) > 0),
        ],
    };
}
