using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>What the overview knows, of any language. It is worked out of answers alone.</summary>
public sealed class OverviewModel
{
    /// <summary>So many municipalities have a card each; more of them stand in a table to search.</summary>
    public const int MostCards = 12;

    /// <summary>Months of a card's line.</summary>
    public const int LineMonths = 24;

    /// <summary>
    /// Where an open matter stands. Known without a referral, not investigated, no clientship and closed are not open.
    /// </summary>
    private static readonly string[] s_open = ["REFERRED", "CONTACTED", "MEETING_BOOKED", "MET", "ASSESSED", "IN_PLAN"];

    private readonly OverviewAnswer _answer;

    public OverviewModel(
        Viewer viewer, OverviewAnswer answer, DropInAnswer visits, IReadOnlyDictionary<string, DropInAnswer> visitsOf,
        OwnWorkAnswer? work, OperationsAnswer? operations)
    {
        (Viewer, _answer, Visits, Work, Operations) = (viewer, answer, visits, work, operations);
        LastMonth = visitsOf.Values.Append(visits).SelectMany(one => one.Weeks).Select(MonthOf).DefaultIfEmpty().Max();
        Cards =
        [
            .. answer.Municipalities.Select(one => CardOf(one, visitsOf.GetValueOrDefault(one.Code)))
                .OrderBy(card => Arm.All.ToList().IndexOf(card.Arm))
                .ThenBy(card => card.Name, StringComparer.Ordinal),
        ];
        CommonMost = Cards.SelectMany(card => card.Line ?? []).Max() ?? 0;
    }

    public Viewer Viewer { get; }

    public MetricsAnswer Scope => _answer.Scope;

    public ProgrammeAnswer? Programme => _answer.Programme;

    public DropInAnswer Visits { get; }

    /// <summary>The lists of the viewer's own municipality; null without one, or without a purpose.</summary>
    public OwnWorkAnswer? Work { get; }

    /// <summary>Workers who are named on the own municipality's clients and not entered; for its coordinators.
    /// </summary>
    public IReadOnlyList<UnregisteredWorkerAnswer> Unregistered { get; init; } = [];

    /// <summary>The process's figures; null for all but operators.</summary>
    public OperationsAnswer? Operations { get; }

    /// <summary>The number of the last month with visits, counted from the year 0.</summary>
    public int LastMonth { get; }

    /// <summary>By arm and then by name, never by figures: a list of municipalities is no contest.</summary>
    public IReadOnlyList<MunicipalityCard> Cards { get; }

    /// <summary>The highest month of any card: the top of the scale that all share.</summary>
    public long CommonMost { get; }

    /// <summary>The viewer's own municipality; null for those who have none or several.</summary>
    public MunicipalityCard? Own => Cards.FirstOrDefault(card => card.Code == Viewer.OwnMunicipality);

    /// <summary>True where counts are lower bounds: those of others than the own municipality.</summary>
    public bool IsPartial => Scope.Withheld;

    /// <summary>Open matters of those whom the page is about.</summary>
    public Figure Open => OpenIn(Scope, IsPartial);

    /// <summary>One kind of late things.</summary>
    public Figure Late(string kind) =>
        Figure.OfPartial(Scope.Overdue.FirstOrDefault(one => one.Kind == kind)?.Count, IsPartial);

    /// <summary>Late things of all kinds.</summary>
    public Figure AllLate => LateIn(Scope, IsPartial);

    /// <summary>Clients who stand there.</summary>
    public Figure In(string status) =>
        Figure.OfPartial(Scope.ByStatus.FirstOrDefault(one => one.Status == status)?.Count, IsPartial);

    /// <summary>The month in which a week begins, counted from the year 0.</summary>
    public static int MonthOf(WeekAnswer week) => (week.StartsOn.Year * 12) + week.StartsOn.Month - 1;

    private MunicipalityCard CardOf(MunicipalityAnswer one, DropInAnswer? visits) => new(
        one.Code, one.Name, one.SwedishName, Arm.Of(one.Arms.Count == 0 ? null : one.Arms[^1].Arm),
        OpenIn(one.Metrics, one.Metrics.Withheld), LateIn(one.Metrics, one.Metrics.Withheld),
        one.DropInCentres.Count == 0 ? null : LineOf(visits));

    private long?[] LineOf(DropInAnswer? visits)
    {
        var line = new long?[LineMonths];
        foreach (var week in visits?.Weeks ?? [])
        {
            var place = MonthOf(week) - LastMonth + LineMonths - 1;
            if (place >= 0)
            {
                line[place] = (line[place] ?? 0) + week.Visits;
            }
        }
        return line;
    }

    private static Figure OpenIn(MetricsAnswer metrics, bool isPartial) => Figure.Sum([.. metrics.ByStatus
        .Where(one => s_open.Contains(one.Status)).Select(one => Figure.OfPartial(one.Count, isPartial))]);

    private static Figure LateIn(MetricsAnswer metrics, bool isPartial) =>
        Figure.Sum([.. metrics.Overdue.Select(one => Figure.OfPartial(one.Count, isPartial))]);
}
