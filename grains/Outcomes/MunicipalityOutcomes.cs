using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>One municipality's outcome statistics as integers by month: parts that add up exactly.</summary>
public sealed class MunicipalityOutcomes
{
    private readonly FunnelTally _funnel = new();
    private readonly AvainTally _avain = new();
    private readonly FollowUpTally _followUps = new();
    private readonly TrendTally _trend = new();
    private readonly InclusionTally _inclusion = new();
    private readonly WaitTally _waits = new();
    private readonly MethodTally _methods = new();
    private readonly PlanRowTally _planRows = new();
    private readonly PathTally _paths = new();
    private CoverageFacts _coverage = CoverageFacts.None;

    /// <summary>What was said of the municipality's registers.</summary>
    public CoverageFacts Coverage => _coverage;

    /// <summary>How often anything here changed, since this process has it: what was read at the same count is the
    /// same.</summary>
    public long Changes { get; private set; }

    /// <summary>Adds the referrals of a period, by reason; of one source, or of all.</summary>
    public void AddTo(
        Dictionary<ReferralReason, ReferralFunnel> answer, OutcomePeriod period, ReferralSource? source,
        MunicipalityState state) => _funnel.AddTo(answer, period, source, ArmsOf(state));

    /// <summary>Adds the clients whose first plan was made in a period.</summary>
    public void AddTo(AvainOutcomes answer, OutcomePeriod period, MunicipalityState state)
    {
        _avain.AddTo(answer, period, ArmsOf(state));
        _planRows.AddTo(answer.Rows, period, ArmsOf(state));
    }

    /// <summary>Adds the clients by index month, and when they began work, study and services.</summary>
    public void AddTo(PathSums sums) => _paths.AddTo(sums);

    /// <summary>Adds the clients by index month, and the ends of their time on assistance.</summary>
    public void AddTo(Dictionary<IndexGroup, IndexCell> cells, Dictionary<SpellKey, int> spells) =>
        _followUps.AddTo(cells, spells);

    /// <summary>Adds the clients who answered measures, by the month of their first answers.</summary>
    public void AddTo(Dictionary<InclusionGroup, InclusionCell> cells) => _inclusion.AddTo(cells);

    /// <summary>Adds how long clients waited for the steps of their first Kela referral.</summary>
    public void AddTo(Dictionary<WaitKey, int> waits) => _waits.AddTo(waits);

    /// <summary>Adds first plan episodes as clients, by the month of the first plan.</summary>
    public void AddTo(Dictionary<int, PlanMonth> months) => _methods.AddTo(months);

    /// <summary>The earliest month of which a trend counts anything; null when none does.</summary>
    public int? FirstTrendMonth => _trend.FirstMonth;

    /// <summary>The latest such month: of later ones no work with clients is recorded.</summary>
    public int? LastTrendMonth => _trend.LastMonth;

    /// <summary>Adds stock and flow of some periods; the index is the measure's number less one.</summary>
    public void AddTo(int[][] sums, TrendPeriods periods) => _trend.AddTo(sums, periods);

    /// <summary>Sums of no client.</summary>
    public static int[][] NoTrend(TrendPeriods periods) => TrendTally.Nothing(periods);

    internal void Add(in MatterTurn turn, int sign) => Changed()._trend.Add(turn, sign);

    internal void Add(int day, CaseloadMeasure measure, int sign) => Changed()._trend.Add(day, measure, sign);

    /// <summary>Takes in an event of the municipality; while clients are counted only one later than all of them.
    /// </summary>
    internal void Take(IEvent happened, long position) => Changed()._coverage = _coverage.With(happened, position);

    internal void Add(FollowUp follow, in IndexAnswer answer, int sign)
    {
        Changed()._followUps.Add(
            follow, answer, _coverage.Before(follow.KnownAt),
            follow.ErasedAt is { } erased ? _coverage.Before(erased) : IndexGroup.NeverErased, sign);
        _paths.Add(follow, sign);
    }

    internal void Add(InclusionChange answers, AgeGroup age, int sign) =>
        Changed()._inclusion.Add(answers, age, sign);

    internal void Add(in WaitKey wait, int sign) => Changed()._waits.Add(wait, sign);

    internal void Add(Episode episode, int sign) => Changed()._funnel.Add(episode, sign);

    internal void AddMeeting(in CourseMark meeting, Episode? episode, int sign) =>
        Changed()._funnel.AddMeeting(meeting, episode, sign);

    internal void Add(PlanEpisode episode, CourseNames names, int sign)
    {
        Changed()._avain.Add(episode, names, sign);
        _methods.Add(episode, names, sign);
        _planRows.Add(episode, names, sign);
    }

    internal void Imprint(Image image)
    {
        _funnel.Imprint(image);
        _avain.Imprint(image);
        _followUps.Imprint(image);
        _trend.Imprint(image);
        _inclusion.Imprint(image);
        _waits.Imprint(image);
        _methods.Imprint(image);
        _planRows.Imprint(image);
        _paths.Imprint(image);
        CoverageFacts.Imprint(image, ref _coverage);
    }

    /// <summary>Every cell as a line that does not depend on the order of counting.</summary>
    internal IEnumerable<string> Lines() =>
    [
        .. _funnel.Lines(), .. _avain.Lines(), .. _followUps.Lines(), .. _trend.Lines(), .. _coverage.Lines(),
        .. _inclusion.Lines(), .. _waits.Lines(), .. _methods.Lines(), .. _planRows.Lines(), .. _paths.Lines(),
    ];

    private MunicipalityOutcomes Changed()
    {
        Changes++;
        return this;
    }

    /// <summary>A month belongs to the arm of its first day.</summary>
    private static Func<int, StudyArm?> ArmsOf(MunicipalityState state) =>
        month => state.ArmOn(MonthSet.FirstDayOf(month));
}
