using System.Collections.Concurrent;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>What is estimated.</summary>
public enum EvaluationSubject
{
    /// <summary>Exit from assistance.</summary>
    Exit = 1,

    /// <summary>Change in months on assistance.</summary>
    Change = 2,

    /// <summary>Attendance by the reason of the referral.</summary>
    Chain = 3,

    /// <summary>Attainment of goals in AVAIN.</summary>
    Avain = 4,

    /// <summary>Share on assistance month by month around the index.</summary>
    EventStudy = 5,

    /// <summary>Published statistics of all residents, month by month.</summary>
    Panel = 6,

    /// <summary>Who is in the estimates, and how alike the arms were at the index.</summary>
    Baseline = 7,

    /// <summary>The primary outcome and the secondary ones, with Holm's adjustment.</summary>
    Family = 8,

    /// <summary>Change of inclusion by clients' own answers (ESIS).</summary>
    Inclusion = 9,

    /// <summary>Attainment before and after decisions on methods.</summary>
    Methods = 10,

    /// <summary>Time to the first work, study and service.</summary>
    Employment = 11,
}

/// <summary>A definition of an evaluation: with a position of the log it gives the same digits for ever.</summary>
/// <param name="Subject">What is estimated.</param>
/// <param name="FromMonth">First index month, as <see cref="MonthSet.NumberOf(DateOnly)"/> counts.</param>
/// <param name="ToMonth">Last index month, which belongs to it.</param>
/// <param name="Gap">Months without assistance that make an exit, 1-3.</param>
/// <param name="Age">Only this age group; null for all.</param>
/// <param name="Reason">Only this referral reason; null for all.</param>
/// <param name="Measure">Of the panel: whose share of residents; null for who is on assistance.</param>
/// <param name="Incident">Only clients on assistance in the index month, and in none of the twelve before it.</param>
public sealed record EvaluationQuestion(
    EvaluationSubject Subject, int FromMonth, int ToMonth, int Gap = EvaluationQuestion.UsualGap,
    AgeGroup? Age = null, ReferralReason? Reason = null, PanelMeasure? Measure = null,
    bool Incident = false)
{
    /// <summary>The version of all definitions: raised when the same question gives other digits.</summary>
    public const int Version = 4;

    /// <summary>Months without assistance that make an exit, unless asked otherwise.</summary>
    public const int UsualGap = 2;

    /// <summary>The longest of these that can be asked for.</summary>
    public const int LongestGap = FollowUp.LongestGap;

    /// <summary>Fewer municipalities are no arm.</summary>
    public const int FewestMunicipalities = SmallCells.FewestMunicipalities;

    private const string Undivided = "Statistics of all residents have no subgroups.";

    /// <summary>True for some ages or reasons alone.</summary>
    public bool IsOfSubgroup => Age is not null || Reason is not null;

    /// <summary>True for the question as it is usually asked: what outsiders may ask.</summary>
    public bool IsPlain => !IsOfSubgroup && Gap == UsualGap && !Incident;

    /// <summary>True where single months or single reasons are shown: for own staff alone.</summary>
    public bool IsForOwnStaff =>
        Subject is EvaluationSubject.EventStudy or EvaluationSubject.Baseline or EvaluationSubject.Family;

    /// <summary>Which field cannot be asked so, and why; null when all can.</summary>
    public (string Field, string Message)? Problem() =>
        Incident && Subject is (EvaluationSubject.Avain or EvaluationSubject.Panel or EvaluationSubject.Inclusion
            or EvaluationSubject.Methods)
            ? ("incident", "This evaluation has no index month.")
        : Reason is not null && Subject is (EvaluationSubject.Inclusion or EvaluationSubject.Methods)
            ? ("reason", "This evaluation is not of referrals.")
        : Age is not null && Subject is EvaluationSubject.Methods ? ("age", "Plans are not told apart by age here.")
        : Incident && Subject is EvaluationSubject.Employment
            ? ("incident", "Months on assistance are no part of this evaluation.")
        : Subject is EvaluationSubject.Family && IsOfSubgroup
            ? (Age is not null ? "age" : "reason", "The study's outcomes were fixed for all clients.")
        : Subject is EvaluationSubject.Family && Gap != UsualGap
            ? ("gap", "The study's outcomes were fixed for exits of two months.")
        : Subject is not EvaluationSubject.Panel ? null
        : Age is not null ? ("age", Undivided)
        : Reason is not null ? ("reason", Undivided)
        : FromMonth <= PanelPeriod.BaseThrough
            ? ("from", "The panel's months are those after its base, which ends 2017-07.")
        : ToMonth > PanelPeriod.Latest ? ("to", "The panel's months are those of the ten years after its base.")
        : Measure is PanelMeasure.Residents ? ("measure", "Shares are of residents: all of them are no outcome.")
        : null;

    internal PanelMeasure PanelMeasure => Measure ?? Municipality.PanelMeasure.OnAssistance;

    internal OutcomePeriod Period => new(FromMonth, ToMonth, null);

    internal bool Takes(IndexGroup group) => group.Month >= FromMonth && group.Month <= ToMonth
        && (!Incident || group.IsIncident) && (Age is null || group.Age == Age)
        && (Reason is null || group.Reason == Reason);
}

/// <summary>What an evaluation knows of one municipality: integers and dated facts, no client.</summary>
/// <param name="Code">Its code.</param>
/// <param name="State">Its exposures.</param>
/// <param name="Coverage">Which months of its registers are complete, and for whom.</param>
public sealed record EvaluationUnit(string Code, MunicipalityState State, CoverageFacts Coverage)
{
    // One unit serves many questions, also at the same time.
    private readonly ConcurrentDictionary<(int, int), IReadOnlyList<(int From, int Through)>> _runs = [];

    /// <summary>In whose register its clients are: its own, or its county's.</summary>
    public string Register { get; init; } = Code;

    /// <summary>Clients by index month, age and reason.</summary>
    public Dictionary<IndexGroup, IndexCell> Cells { get; init; } = [];

    /// <summary>How their time on assistance ended.</summary>
    public Dictionary<SpellKey, int> Spells { get; init; } = [];

    /// <summary>Clients who answered measures, by the month of their first answers.</summary>
    public Dictionary<InclusionGroup, InclusionCell> Inclusion { get; init; } = [];

    /// <summary>How long clients waited for the steps of their first Kela referral.</summary>
    public Dictionary<WaitKey, int> Waits { get; init; } = [];

    /// <summary>First plan episodes as clients, by the month of the first plan.</summary>
    public Dictionary<int, PlanMonth> PlanMonths { get; init; } = [];

    /// <summary>What was decided on methods, by the municipality or for it by the programme.</summary>
    public IReadOnlyList<MethodDecision> MethodDecisions { get; init; } = [];

    /// <summary>When they first began work, study and services.</summary>
    public PathSums Employment { get; init; } = new();

    /// <summary>The last month of which any work with clients was recorded; of later ones nothing is known. Null where
    /// that sets no bound.</summary>
    public int? RecordedThrough { get; init; }

    /// <summary>First plan episodes of the question's period, where the question is about plans.</summary>
    public AvainOutcomes Avain { get; init; } = new();

    /// <summary>False: only a table without small cells may be used of this municipality.</summary>
    public bool IsExact { get; init; }

    /// <summary>The arm in an index month: it stays the client's, whatever happens later.</summary>
    internal StudyArm? ArmIn(int month) => State.ArmOn(MonthSet.FirstDayOf(month));

    /// <summary>
    /// The last covered month around a group's index month, where the twelve months before are covered, too; null
    /// otherwise.
    /// </summary>
    internal int? CoveredThrough(IndexGroup group)
    {
        foreach (var (from, through) in _runs.GetOrAdd(
            (group.KnownAfter, group.KnownUntil), key => Coverage.RunsBetween(key.Item1, key.Item2)))
        {
            if (from <= group.Month - BenefitOutcome.WindowMonths && group.Month <= through)
            {
                return through;
            }
        }
        return null;
    }

    /// <summary>
    /// True when the change of months of all who were referred in a year is known, but for the erased: there is no more
    /// to come.
    /// </summary>
    internal bool IsComplete(int year) => CoveredThrough(new IndexGroup(MonthSet.LastOf(year), default, default))
            >= MonthSet.LastOf(year) + BenefitOutcome.WindowMonths
        && Cells.Keys.Where(group => group.Month / 12 == year).All(group => group.IsErased || HasWindow(group));

    /// <summary>True when the twelve months after a group's index month are covered, too.</summary>
    internal bool HasWindow(IndexGroup group) =>
        CoveredThrough(group) >= group.Month + BenefitOutcome.WindowMonths;

    /// <summary>Clients by arm, of index months in a period whose 25 months are all covered.</summary>
    public Dictionary<StudyArm, IndexCell> CoveredByArm(OutcomePeriod period)
    {
        var arms = new Dictionary<StudyArm, IndexCell>();
        foreach (var (group, cell) in Cells)
        {
            if (period.Takes(group.Month, ArmIn) && ArmIn(group.Month) is { } arm && HasWindow(group))
            {
                arms.CellOf(arm).Merge(cell);
            }
        }
        return arms;
    }
}
