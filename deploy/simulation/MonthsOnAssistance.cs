using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>
/// The client's months in Kela's register. Months before the referral arrive with it; every later month arrives in the
/// month that follows, also after the experiment: the register goes on.
/// </summary>
internal static class MonthsOnAssistance
{
    private const int ArrivalDay = 10;
    private const int SmallestPaymentCents = 1_000;

    public static void Draw(Life life)
    {
        var assumed = life.Assumed.Benefits;
        var reduced = ReducedMonths(life, assumed);
        foreach (var month in Months(life, assumed).Order())
        {
            var percent = reduced.GetValueOrDefault(month);
            life.Write(KnownOn(month, life.ArrivedOn), new RecordBenefitMonth(
                CalendarMonth.Of(month).ToString(), AmountCents(life, assumed, percent), percent));
        }
    }

    /// <summary>The first and the last month that the register covers; null when the period is too short for one.
    /// </summary>
    public static (DateOnly First, DateOnly Last)? Covered(Scene scene)
    {
        var last = FirstOfMonth(scene.KnownUntil).AddMonths(-1);
        if (ArrivesOn(last) > scene.KnownUntil)
        {
            last = last.AddMonths(-1);
        }
        var first = FirstOfMonth(scene.From).AddMonths(-scene.Assumed.Benefits.MonthsBefore);
        return last < first ? null : (first, last);
    }

    /// <summary>The day by which a month's lines have come.</summary>
    public static DateOnly ArrivesOn(DateOnly month) => month.AddMonths(1).AddDays(ArrivalDay - 1);

    /// <summary>The chain runs away from the referral on both sides, as far as the register covers.</summary>
    private static List<DateOnly> Months(Life life, BenefitAssumptions assumed)
    {
        var months = new List<DateOnly>();
        if (Covered(life.Scene) is not var (first, last))
        {
            return months;
        }
        var referral = FirstOfMonth(life.ArrivedOn);
        if (referral <= last)
        {
            months.Add(referral);
        }
        foreach (var direction in (int[])[-1, 1])
        {
            var stays = assumed.Stays
                - (direction > 0 && life.Arm is StudyArm.OsstAndEmployment ? assumed.ExitEffect : 0);
            var onAssistance = true;
            for (var month = referral.AddMonths(direction); month >= first && month <= last;
                month = month.AddMonths(direction))
            {
                onAssistance = life.Draw.Chance(onAssistance ? stays : assumed.Returns);
                if (onAssistance)
                {
                    months.Add(month);
                }
            }
        }
        return months;
    }

    /// <summary>The month of a reduction-based referral and some after it; 40 % follows a month of 20 %.</summary>
    private static Dictionary<DateOnly, int> ReducedMonths(Life life, BenefitAssumptions assumed)
    {
        var reduced = new Dictionary<DateOnly, int>();
        var percent = life.Reason switch
        {
            ReferralReason.Reduction20 => 20,
            ReferralReason.Reduction40 => 40,
            _ => 0,
        };
        if (percent > 0)
        {
            var referral = FirstOfMonth(life.ArrivedOn);
            for (var after = life.Draw.Between(0, assumed.MostReducedMonths - 1); after >= 0; after--)
            {
                reduced[referral.AddMonths(after)] = percent;
            }
            if (percent == 40)
            {
                reduced[referral.AddMonths(-1)] = 20;
            }
        }
        return reduced;
    }

    private static long AmountCents(Life life, BenefitAssumptions assumed, int percent)
    {
        var basicPart = (long)assumed.BasicPartCents * (100 - percent) / 100;
        var other = life.Draw.Around(assumed.OtherPartCents);
        return Math.Max(SmallestPaymentCents, basicPart + other);
    }

    private static DateOnly KnownOn(DateOnly month, DateOnly arrivedOn) =>
        ArrivesOn(month) < arrivedOn ? arrivedOn : ArrivesOn(month);

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
