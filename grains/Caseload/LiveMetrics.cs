using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// The live metrics of a caseload, each declared once. Its counter, its protected form, its rows in the API and its
/// part in the verification of I3 follow from the declaration; the schema names its field and rows.
/// </summary>
public static class LiveMetrics
{
    private const int FirstBirthYear = 1880;
    private const int BirthYears = 320;

    /// <summary>The cell of clients without a referral among the reasons.</summary>
    private const int WithoutReferral = 0;

    /// <summary>Before the metrics, which add themselves to it.</summary>
    private static readonly List<CaseloadMetric> Declared = [];

    /// <summary>By where the clients stand.</summary>
    public static EnumMetric<CaseStatus> ByStatus { get; } = Declare(new EnumMetric<CaseStatus>(
        new("byStatus", "StatusCount", "status", CaseloadDimension.Status), new Protection.Partition(),
        metric => [new ColumnCounter<Status>(metric, metric.Length)]));

    /// <summary>By age band of the day's calendar year.</summary>
    public static EnumMetric<AgeBand> ByAgeBand { get; } = Declare(new EnumMetric<AgeBand>(
        new("byAgeBand", "AgeBandCount", "ageBand", CaseloadDimension.AgeBand), new Protection.Partition(),
        metric =>
        [
            new ColumnCounter<BirthYear>(
                metric, BirthYears, static (year, due) => (int)AgeBands.Of(year + FirstBirthYear, due.Today.Year)),
        ]));

    /// <summary>By the reason of the current referral, and those without a referral.</summary>
    public static EnumMetric<ReferralReason> ByReason { get; } = Declare(new EnumMetric<ReferralReason>(
        new("byReason", "ReasonCount", "reason", CaseloadDimension.Reason), new Protection.Partition(),
        metric => [new ColumnCounter<Reason>(metric, metric.Length)])
    {
        CountsNone = true,
    });

    /// <summary>By assigned worker; clients without one are in none.</summary>
    public static NamedMetric<string> ByWorker { get; } = Declare(new NamedMetric<string>(
        new("byWorker", "WorkerCount", "workerId", CaseloadDimension.Worker), new Protection.OwnStaff(),
        static names => names.Workers, metric => [new NameCounter<string, Worker>(metric)]));

    /// <summary>By method in the current plan; a client may have several.</summary>
    public static NamedMetric<CodedValue> ByMethod { get; } = Declare(new NamedMetric<CodedValue>(
        new("byMethod", "MethodCount", "method", CaseloadDimension.Method),
        new Protection.WithinStatuses(static _ => [CaseStatus.InPlan, CaseStatus.Closed]),
        static names => names.Methods, metric => [new NameSetCounter<CodedValue, Methods>(metric)]));

    /// <summary>What is late; see <see cref="DueRule"/>.</summary>
    public static EnumMetric<OverdueKind> Overdue { get; } = Declare(new EnumMetric<OverdueKind>(
        new("overdue", "OverdueCount", "kind", CaseloadDimension.Overdue),
        new Protection.WithinStatuses(static kind => StatusesOf((OverdueKind)kind)),
        metric =>
        [
            Late<WaitsForContact>(metric, OverdueKind.Contact, static due => due.ContactBefore),
            Late<ReviewAgreed>(metric, OverdueKind.Review, static due => due.Day),
            Late<ReviewByInterval>(metric, OverdueKind.Review, static due => due.ReviewedBefore),
            Late<NextMeeting>(metric, OverdueKind.MeetingOutcome, static due => due.Day),
        ]));

    /// <summary>All of them, in the order of their declaration.</summary>
    public static IReadOnlyList<CaseloadMetric> All => Declared;

    /// <summary>Those of which each counts every client once, in the order in which they are shown to outsiders.
    /// </summary>
    public static IReadOnlyList<CellMetric> Partitions { get; } =
        [.. Declared.OfType<CellMetric>().Where(metric => metric.Protection is Protection.Partition)];

    /// <summary>
    /// What is known of every client who stands somewhere: one of whom nothing but the registration is known has no
    /// referral, and one whose referral was not investigated, or not answered yet, has one.
    /// </summary>
    public static IReadOnlyList<Implication> Implications { get; } =
    [
        new(Group(ByStatus, CaseStatus.Registered), new CellGroup(ByReason.Index, [WithoutReferral])),
        new(
            Group(ByStatus, CaseStatus.Referred, CaseStatus.NotInvestigated, CaseStatus.Contacted),
            Group(ByReason, Enum.GetValues<ReferralReason>())),
    ];

    /// <summary>The metric that a table counts by; null for the municipality.</summary>
    public static CaseloadMetric? By(CaseloadDimension dimension) =>
        Declared.Find(metric => metric.Name.Dimension == dimension);

    /// <summary>Does something with each of them.</summary>
    public static void ForEach(IMetricForms forms)
    {
        foreach (var metric in Declared)
        {
            metric.Accept(forms);
        }
    }

    /// <summary>The figures of an answer, all zero, each at its metric's <see cref="CaseloadMetric.Index"/>.</summary>
    internal static object[] NewFigures()
    {
        var figures = new object[Declared.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            figures[i] = Declared[i].NewFigures();
        }
        return figures;
    }

    private static CellGroup Group<TEnum>(EnumMetric<TEnum> metric, params TEnum[] members)
        where TEnum : struct, Enum => new(metric.Index, [.. members.Select(EnumMetric<TEnum>.NumberOf)]);

    private static TMetric Declare<TMetric>(TMetric metric)
        where TMetric : CaseloadMetric
    {
        metric.Index = Declared.Count;
        Declared.Add(metric);
        return metric;
    }

    private static LateCounter<TColumn> Late<TColumn>(
        EnumMetric<OverdueKind> metric, OverdueKind kind, Func<DueRule, int> before)
        where TColumn : struct, IColumn => new(metric, EnumMetric<OverdueKind>.NumberOf(kind), before);

    /// <summary>
    /// Of which statuses any client can be late in this way. Clients of others wait for a contact only if they have an
    /// open referral, which outsiders do not know.
    /// </summary>
    private static IReadOnlyList<CaseStatus> StatusesOf(OverdueKind kind) => kind switch
    {
        OverdueKind.Contact => [CaseStatus.Referred],
        OverdueKind.Review => [CaseStatus.InPlan],
        OverdueKind.MeetingOutcome =>
        [
            CaseStatus.MeetingBooked, CaseStatus.Met, CaseStatus.Assessed, CaseStatus.NoClientship, CaseStatus.InPlan,
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing says who can be late in this way."),
    };

    private readonly struct Status : IColumn
    {
        public static int Of(CaseloadTable table, int place) => table.Statuses[place];
    }

    private readonly struct Reason : IColumn
    {
        public static int Of(CaseloadTable table, int place) => table.Reasons[place];
    }

    private readonly struct BirthYear : IColumn
    {
        public static int Of(CaseloadTable table, int place) =>
            Math.Clamp(table.BirthYears[place] - FirstBirthYear, 0, BirthYears - 1);
    }

    private readonly struct Worker : IColumn
    {
        public static int Of(CaseloadTable table, int place) => table.Workers[place];
    }

    private readonly struct Methods : IBitColumn
    {
        public static ulong Of(CaseloadTable table, int place) => table.Methods[place];
    }

    private readonly struct WaitsForContact : IColumn
    {
        public static int Of(CaseloadTable table, int place) => table.WaitsForContactSinceAt(place);
    }

    private readonly struct ReviewAgreed : IColumn
    {
        public static int Of(CaseloadTable table, int place) =>
            table.IsClosedAt(place) ? 0 : table.ReviewDueOnAt(place);
    }

    /// <summary>The day of the last review where no day was agreed for the next one.</summary>
    private readonly struct ReviewByInterval : IColumn
    {
        public static int Of(CaseloadTable table, int place) =>
            table.IsClosedAt(place) || table.ReviewDueOnAt(place) != 0 ? 0 : table.ReviewedOnAt(place);
    }

    private readonly struct NextMeeting : IColumn
    {
        public static int Of(CaseloadTable table, int place) => table.NextMeetingOnAt(place);
    }
}
