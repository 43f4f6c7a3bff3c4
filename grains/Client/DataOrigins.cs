using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>Which events of a client are from elsewhere, and what their register says of the source.</summary>
public static class DataOrigins
{
    private static readonly string Sender = RoleNames.NameOf(Role.Integration) + '/';

    /// <summary>
    /// Where what was recorded came from; null where nothing was said of it by then, and for what the register's own
    /// staff wrote.
    /// </summary>
    /// <param name="municipality">The register.</param>
    /// <param name="happened">What was recorded.</param>
    /// <param name="actor">Who recorded it, <c>role/subject</c>.</param>
    /// <param name="recordedOn">The day of recording.</param>
    public static DataSource? Of(MunicipalityState municipality, IEvent? happened, string actor, DateOnly recordedOn) =>
        DataOf(happened, actor.StartsWith(Sender, StringComparison.Ordinal)) is { } data
            ? DataSources.On(municipality, data, recordedOn)
            : null;

    /// <summary>Months and periods come from elsewhere also where staff records them; the rest only where a system
    /// sent it.</summary>
    private static DataFromElsewhere? DataOf(IEvent? happened, bool isSent) => happened switch
    {
        BenefitMonthRecorded or BenefitMonthCorrected or FactConfirmed { Fact: ConfirmedFact.BenefitMonth } =>
            DataFromElsewhere.BenefitMonths,
        EmploymentServicePeriodRecorded or FactConfirmed { Fact: ConfirmedFact.EmploymentServicePeriod } =>
            DataFromElsewhere.ServicePeriods,
        ReferralReceived { Source: ReferralSource.Kela } => DataFromElsewhere.Referrals,
        _ when !isSent => null,
        ReferralReceived => DataFromElsewhere.Referrals,
        ClientRegistered or ClientDetailsChanged or ClientMoved
            or FactConfirmed { Fact: ConfirmedFact.BasicData or ConfirmedFact.Municipality } =>
            DataFromElsewhere.BasicData,
        EmploymentOutcomeRecorded or FactConfirmed { Fact: ConfirmedFact.Employment } => DataFromElsewhere.Employment,
        SecurityBanSet => DataFromElsewhere.SecurityBans,
        _ => null,
    };
}
