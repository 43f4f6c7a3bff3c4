using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>A municipality whose clients come in several index months. All of them are made up.</summary>
internal static class MadeUpTown
{
    private const int MonthsBefore = 6;

    public static EvaluationUnit Town(int code, params ReadOnlySpan<ArmPeriod> arms) => new(
        $"{code}", new MunicipalityState { Arms = [.. arms] },
        CoverageFacts.None.With(new RegisterCoverageRecorded("kela", "2015-01", "2022-12"), MadeUpClients.Covered))
    {
        IsExact = true,
    };

    /// <summary>
    /// Clients of one index month, on assistance in the six months before it and the month itself, and then in as many
    /// months as the change says.
    /// </summary>
    public static EvaluationUnit With(
        this EvaluationUnit unit, string index, int change, int clients, bool died = false)
    {
        var (book, month) = (new OutcomeBook(), MonthSet.NumberOf(index));
        for (var i = 0; i < clients; i++)
        {
            var client = $"{unit.Code}-{index}-{change}-{died}-{i}";
            var day = MonthSet.FirstDayOf(month).AddDays(4);
            book.Apply(client, Registered(unit.Code), day, 1);
            book.Apply(client, Notice("r1", ReferralReason.Need), day, 2);
            for (var paid = month - MonthsBefore; paid <= month + MonthsBefore + change; paid++)
            {
                book.Apply(client, Paid(paid), day, 3);
            }
            if (died)
            {
                book.Apply(client, new MatterClosed(ClosingReason.Died, null), day.AddDays(30), 4);
            }
        }
        book.Settle();
        book.Of(unit.Code)!.AddTo(unit.Cells, unit.Spells);
        return unit;
    }

    public static ClientRegistered Registered(string municipality) =>
        new(municipality, new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true);

    public static ReferralReceived Notice(string id, ReferralReason reason) =>
        new(id, ReferralSource.Kela, reason, 3, null, false, false, false);

    public static BenefitMonthRecorded Paid(int month, int cents = 50_000) =>
        new(new CalendarMonth(month / 12, (month % 12) + 1).ToString(), cents, 0);

    public static ArmPeriod Arm(StudyArm arm, string first, string? last) => MadeUpPanel.Arm(arm, first, last);
}
