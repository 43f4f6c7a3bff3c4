using System.Collections.Concurrent;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>Says by being the same object that a part is the same; it holds nothing of the part.</summary>
internal sealed class PartStamp;

/// <summary>What one municipality adds to outcomes. What it hands out is shared by all who ask, and only read.
/// </summary>
internal sealed class OutcomePart(OutcomeBooks books, string code, long changes, MunicipalityState state)
{
    /// <summary>So many answers are kept; then they are computed anew. All years by arm are some sixty.</summary>
    private const int MostAnswers = 256;

    private static readonly Dictionary<ReferralReason, ReferralFunnel> NoReferrals = [];
    private static readonly AvainOutcomes NoPlans = new();

    private readonly ConcurrentDictionary<object, object> _answers = new();

    /// <summary>The same for as long as it is the same part.</summary>
    public PartStamp Stamp { get; } = new();

    /// <summary>True while nothing of the municipality has changed.</summary>
    public bool IsOf(long changesNow, MunicipalityState stateNow) =>
        changes == changesNow && ReferenceEquals(state, stateNow);

    /// <summary>What evaluations need, but for plans; exactly.</summary>
    public EvaluationUnit Unit() => Kept(nameof(Unit), () =>
    {
        var (cells, spells) = (new Dictionary<IndexGroup, IndexCell>(), new Dictionary<SpellKey, int>());
        var plans = new Dictionary<int, PlanMonth>();
        var (inclusion, waits) = (new Dictionary<InclusionGroup, InclusionCell>(), new Dictionary<WaitKey, int>());
        var (coverage, paths, through) = (CoverageFacts.None, new PathSums(), (int?)null);
        books.Gather([code], (_, part) =>
        {
            part.AddTo(cells, spells);
            part.AddTo(inclusion);
            part.AddTo(waits);
            part.AddTo(plans);
            part.AddTo(paths);
            through = part.LastTrendMonth is { } last && !(last < through) ? last : through;
            coverage = part.Coverage; // Every book has all of it.
        });
        return new EvaluationUnit(code, state, coverage)
        {
            Cells = cells,
            Spells = spells,
            Inclusion = inclusion,
            Waits = waits,
            PlanMonths = plans,
            MethodDecisions = state.MethodDecisions,
            Employment = paths,
            RecordedThrough = through,
            IsExact = true,
        };
    });

    /// <summary>Referrals by reason.</summary>
    public Dictionary<ReferralReason, ReferralFunnel> Funnel(OutcomePeriod period, ReferralSource? source) =>
        Kept((period, source), () =>
        {
            var table = new Dictionary<ReferralReason, ReferralFunnel>();
            books.Gather([code], (_, part) => part.AddTo(table, period, source, state));
            return table.Count == 0 ? NoReferrals : table;
        });

    /// <summary>First plan episodes.</summary>
    public AvainOutcomes Avain(OutcomePeriod period) => Kept(period, () =>
    {
        var table = new AvainOutcomes();
        books.Gather([code], (_, part) => part.AddTo(table, period, state));
        return table.Plans == 0 ? NoPlans : table;
    });

    private TAnswer Kept<TAnswer>(object question, Func<TAnswer> answer)
        where TAnswer : class
    {
        if (_answers.TryGetValue(question, out var kept))
        {
            return (TAnswer)kept;
        }
        if (_answers.Count >= MostAnswers)
        {
            _answers.Clear();
        }
        var computed = answer();
        _answers[question] = computed;
        return computed;
    }
}
