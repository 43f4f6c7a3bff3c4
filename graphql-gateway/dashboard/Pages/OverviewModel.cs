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
    /// Late things that are known of every municipality. Reviews of others are withheld, so a sum with them would say
    /// more of the own municipality than of all others.
    /// </summary>
    private static readonly string[] s_comparable = ["CONTACT", "MEETING_OUTCOME"];

    /// <summary>
    /// Where an open matter stands. Known without a referral, not investigated, no clientship and closed are not open.
    /// </summary>
    private static readonly string[] s_open = ["REFERRED", "CONTACTED", "MEETING_BOOKED", "MET", "ASSESSED", "IN_PLAN"];

    private readonly OverviewAnswer _answer;

    public OverviewModel(
        Viewer viewer, OverviewAnswer answer, DropInAnswer visits, IReadOnlyDictionary<string, DropInAnswer> visitsOf,
        OwnWorkAnswer? work, OperationsAnswer? operations, DateOnly today)
    {
        (Viewer, _answer, Visits, Work, Operations) = (viewer, answer, visits, work, operations);
        Today = today;
        Weeks = WeeksOf(visits);
        LastMonth = CommonEnd([.. visitsOf.Values.Select(one => EndOf(WeeksOf(one))).OfType<int>()]);
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

    /// <summary>The day by which things are late.</summary>
    public DateOnly Today { get; }

    /// <summary>The weeks that the picture of visits shows.</summary>
    public VisitWeeks Weeks { get; }

    /// <summary>
    /// The month with which the cards' lines end, counted from the year 0: at least half of the municipalities have
    /// counted up to it. A municipality that has counted longer has its own.
    /// </summary>
    public int LastMonth { get; }

    /// <summary>True when the programme is over, so that old matters count as late by today's date.</summary>
    public bool IsOver => Programme is { } programme && programme.EndsOn < Today;

    /// <summary>True for who chose a purpose and is not among the staff of the own municipality.</summary>
    public bool IsNotInStaff => Work is { Worklists: null };

    /// <summary>By arm and then by name, never by figures: a list of municipalities is no contest.</summary>
    public IReadOnlyList<MunicipalityCard> Cards { get; }

    /// <summary>The highest month of any card: the top of the scale that all share.</summary>
    public long CommonMost { get; }

    /// <summary>True where the page begins with the viewer's own register: a municipality's, or a county's.</summary>
    public bool IsOwn => Viewer.OwnRegister is not null;

    /// <summary>The municipalities of the viewer's county; none for others.</summary>
    public IReadOnlyList<MunicipalityCard> OfCounty => !Viewer.IsOfCounty ? []
        : [.. Cards.Where(card => Viewer.Municipalities!.Contains(card.Code))];

    /// <summary>Late things of those kinds that are known of every municipality.</summary>
    public Figure ComparableLate => LateIn(Scope, IsPartial, s_comparable);

    /// <summary>The own register's name; its code where it has entered none.</summary>
    public string NameOfOwn(bool isSwedish) => _answer.Municipality is not { } own ? Viewer.OwnRegister ?? ""
        : isSwedish ? own.SwedishName ?? own.Name : own.Name;

    /// <summary>True where counts are lower bounds: those of others than the own municipality.</summary>
    public bool IsPartial => Scope.Withheld;

    /// <summary>Open matters of those whom the page is about.</summary>
    public Figure Open => OpenIn(Scope, IsPartial);

    /// <summary>One kind of late things.</summary>
    public Figure Late(string kind) =>
        Figure.OfPartial(Scope.Overdue.FirstOrDefault(one => one.Kind == kind)?.Count, IsPartial);

    /// <summary>Late things of all kinds.</summary>
    public Figure AllLate => LateIn(Scope, IsPartial, Scope.Overdue.Select(one => one.Kind));

    /// <summary>Clients who stand there.</summary>
    public Figure In(string status) =>
        Figure.OfPartial(Scope.ByStatus.FirstOrDefault(one => one.Status == status)?.Count, IsPartial);

    /// <summary>The month in which a week begins, counted from the year 0.</summary>
    public static int MonthOf(WeekAnswer week) => (week.StartsOn.Year * 12) + week.StartsOn.Month - 1;

    private MunicipalityCard CardOf(MunicipalityAnswer one, DropInAnswer? visits) => new(
        one.Code, one.Name, one.SwedishName, Arm.Of(one.Arms.Count == 0 ? null : one.Arms[^1].Arm),
        OpenIn(one.Metrics, one.Metrics.Withheld), LateIn(one.Metrics, one.Metrics.Withheld, s_comparable),
        one.DropInCentres.Count == 0 ? null : LineOf(visits), LineEndOf(visits));

    private VisitWeeks WeeksOf(DropInAnswer visits) => new(visits.Weeks, Today, Programme?.EndsOn);

    /// <summary>The last whole month of a run; null where nothing was counted.</summary>
    private int? EndOf(VisitWeeks weeks) => weeks.Last is not { } last ? null
        : Math.Min(MonthOf(last), (Today.Year * 12) + Today.Month - 2);

    private static int CommonEnd(IReadOnlyList<int> ends) => ends.Count == 0 ? 0
        : ends.OrderDescending().ElementAt((ends.Count - 1) / 2);

    private int LineEndOf(DropInAnswer? visits) =>
        Math.Max(LastMonth, (visits is null ? null : EndOf(WeeksOf(visits))) ?? 0);

    private long?[] LineOf(DropInAnswer? visits)
    {
        var line = new long?[LineMonths];
        var end = LineEndOf(visits);
        foreach (var week in visits?.Weeks ?? [])
        {
            var place = MonthOf(week) - end + LineMonths - 1;
            if (place is >= 0 and < LineMonths)
            {
                line[place] = (line[place] ?? 0) + week.Visits;
            }
        }
        return line;
    }

    private static Figure OpenIn(MetricsAnswer metrics, bool isPartial) => Figure.Sum([.. metrics.ByStatus
        .Where(one => s_open.Contains(one.Status)).Select(one => Figure.OfPartial(one.Count, isPartial))]);

    private static Figure LateIn(MetricsAnswer metrics, bool isPartial, params IEnumerable<string> kinds) =>
        Figure.Sum([.. metrics.Overdue.Where(one => kinds.Contains(one.Kind))
            .Select(one => Figure.OfPartial(one.Count, isPartial))]);
}
