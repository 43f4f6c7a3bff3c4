using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages.Chain;

/// <summary>What the page of the referral chain knows, of any language.</summary>
/// <param name="Scope">What was asked for.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="Answer">The funnel of all of it.</param>
/// <param name="Attendance">Who came, with intervals; null where it is not asked: of one arm.</param>
/// <param name="ByYear">The funnel of each year.</param>
/// <param name="BySource">The funnel of each source of referrals; for coordinators of their own municipality.</param>
public sealed record ChainModel(
    PeriodScope Scope, Viewer Viewer, ChainAnswer Answer, EvaluationAnswer? Attendance,
    IReadOnlyList<(int Year, FunnelAnswer Funnel)> ByYear,
    IReadOnlyList<(string Source, FunnelAnswer Funnel)> BySource)
{
    /// <summary>Where Kela's and others' notices come in.</summary>
    public const string First = "RECEIVED";

    /// <summary>A meeting was attended.</summary>
    public const string Met = "MET";

    public const string Planned = "PLANNED";

    public FunnelAnswer Funnel => Answer.ReferralFunnel;

    public FunnelRowAnswer Total => Funnel.Total;

    public bool IsEmpty => Total.At(First).Count == 0;

    /// <summary>The years of the programme, and one after it.</summary>
    public IReadOnlyList<int> Years => PeriodScope.YearsOf(Answer.Programme);

    /// <summary>A count that lacks the rows of small groups where some are withheld.</summary>
    public Figure Count(int? count) => Figure.OfPartial(count, Funnel.Withheld);
}
