using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>
/// The client's months in Kela's register. Months before the referral arrive with it; every later month arrives in the
/// month that follows, also after the experiment: the register goes on.
/// </summary>
internal static class MonthsOnAssistance
{
    private const int ArrivalDay = 10;
    private const int MonthsBefore = 12;
    private const int SmallestPaymentCents = 1_000;

    public static void Draw(Life life)
    {
        var assumed = life.Assumed.Benefits;
        var anchor = FirstOfMonth(life.PlannedOn ?? life.ArrivedOn);
        var around = life.PlannedOn is null ? assumed.MonthsAroundReferral : assumed.MonthsAroundPlan;
        var reduced = ReducedMonths(life, assumed);
        foreach (var month in Months(life, anchor, around, assumed).Order())
        {
            var percent = reduced.GetValueOrDefault(month);
            var recorded = new RecordBenefitMonth(
                CalendarMonth.Of(month).ToString(), AmountCents(life, assumed, percent), percent);
            if (KnownOn(month, life.ArrivedOn) is var day && day <= life.Scene.KnownUntil)
            {
                life.Write(day, recorded);
            }
        }
    }

    /// <summary>The chain runs away from the anchor on both sides, at most back to a year before the period.</summary>
    private static List<DateOnly> Months(Life life, DateOnly anchor, int around, BenefitAssumptions assumed)
    {
        var first = FirstOfMonth(life.Scene.From).AddMonths(-MonthsBefore);
        List<DateOnly> months = [anchor];
        foreach (var direction in (int[])[-1, 1])
        {
            var onAssistance = true;
            for (var distance = 1; distance <= around; distance++)
            {
                onAssistance = life.Draw.Chance(onAssistance ? assumed.Stays : assumed.Returns);
                var month = anchor.AddMonths(direction * distance);
                if (onAssistance && month >= first)
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

    private static DateOnly KnownOn(DateOnly month, DateOnly arrivedOn)
    {
        var usual = month.AddMonths(1).AddDays(ArrivalDay - 1);
        return usual < arrivedOn ? arrivedOn : usual;
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
