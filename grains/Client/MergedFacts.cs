namespace OsstOrleans.Grains.Client;

/// <summary>
/// What registers told of a duplicate, told of the survivor: each fact with its own day, so that a later correction
/// still finds which of two is the newer. Of a fact that both have, the one of the later day stands.
/// </summary>
internal static class MergedFacts
{
    public static IEnumerable<IEvent> Of(ClientState survivor, AbsorbDuplicate duplicate) =>
        duplicate.BenefitMonths.Select(month => Month(survivor, month))
            .Concat(duplicate.EmploymentServicePeriods.Select(period => Period(survivor, period)))
            .OfType<IEvent>();

    /// <summary>Null when each fact is whole.</summary>
    public static Rejection? Wrong(AbsorbDuplicate duplicate) =>
        !duplicate.BenefitMonths.All(month => CalendarMonth.TryParse(month?.Month, out _))
            ? Refuse.Field(RejectionCodes.MonthInvalid, "benefitMonths", "A month taken over is written yyyy-MM.")
        : duplicate.EmploymentServicePeriods.Any(period => period is null)
            ? Refuse.Field(
                RejectionCodes.FieldRequired, "employmentServicePeriods", "A period taken over is absent.")
        : duplicate.EmploymentServicePeriods
            .Select(period => Require.Member(period.Standing, "employmentServicePeriods"))
            .FirstOrDefault(wrong => wrong is not null);

    /// <summary>Months cannot be too many: there are fewer since the earliest day than a client may have.</summary>
    public static bool AreTooMany(
        IReadOnlyList<EmploymentServicePeriod> some, IReadOnlyList<EmploymentServicePeriod> more) =>
        some.Concat(more).Select(period => (period.Standing, period.StartsOn)).Distinct().Count()
            > Limits.EmploymentServicePeriods;

    private static IEvent? Month(ClientState survivor, BenefitMonth month) =>
        survivor.BenefitMonths.FirstOrDefault(other => other.Month == month.Month) switch
        {
            null => new BenefitMonthRecorded(
                month.Month, month.AmountCents, month.ReductionPercent, month.KnownOn),
            { } known when known.Says(month) || known.KnownOn >= month.KnownOn => null,
            { } known => new BenefitMonthCorrected(
                month.Month, month.AmountCents, month.ReductionPercent, known.AmountCents, known.ReductionPercent,
                month.KnownOn),
        };

    private static EmploymentServicePeriodRecorded? Period(ClientState survivor, EmploymentServicePeriod period) =>
        survivor.EmploymentServicePeriods.Any(known => (known.Standing, known.StartsOn)
            == (period.Standing, period.StartsOn)
            && (known.EndsOn == period.EndsOn || known.KnownOn >= period.KnownOn))
            ? null
            : new EmploymentServicePeriodRecorded(period.Standing, period.StartsOn, period.EndsOn, period.KnownOn);
}
