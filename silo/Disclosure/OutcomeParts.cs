using System.Collections.Concurrent;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>
/// What each municipality adds to outcomes, kept until something of it changes: questions come more often than changes
/// do, and every question about all municipalities needs the same parts. What is handed out is shared and only read.
/// </summary>
internal sealed class OutcomeParts(Caseloads caseloads)
{
    /// <summary>So many answers of a municipality are kept; then they are computed anew.</summary>
    private const int MostAnswers = 32;

    private readonly ConcurrentDictionary<string, Part> _parts = new(StringComparer.Ordinal);

    /// <summary>What evaluations need of a municipality, but for its plans; exactly.</summary>
    public EvaluationUnit UnitOf(string code) => Of(code, nameof(UnitOf), state =>
    {
        var (cells, spells) = (new Dictionary<IndexGroup, IndexCell>(), new Dictionary<SpellKey, int>());
        var coverage = CoverageFacts.None;
        caseloads.Outcomes.Gather([code], (_, part) =>
        {
            part.AddTo(cells, spells);
            coverage = part.Coverage; // Every book has all of it.
        });
        return new EvaluationUnit(code, state, coverage) { Cells = cells, Spells = spells, IsExact = true };
    });

    /// <summary>A municipality's referrals by reason.</summary>
    public Dictionary<ReferralReason, ReferralFunnel> FunnelOf(
        string code, OutcomePeriod period, ReferralSource? source) => Of(code, (period, source), state =>
    {
        var table = new Dictionary<ReferralReason, ReferralFunnel>();
        caseloads.Outcomes.Gather([code], (_, part) => part.AddTo(table, period, source, state));
        return table;
    });

    /// <summary>A municipality's first plan episodes.</summary>
    public AvainOutcomes AvainOf(string code, OutcomePeriod period) => Of(code, period, state =>
    {
        var table = new AvainOutcomes();
        caseloads.Outcomes.Gather([code], (_, part) => part.AddTo(table, period, state));
        return table;
    });

    private TAnswer Of<TAnswer>(string code, object question, Func<MunicipalityState, TAnswer> answer)
        where TAnswer : class
    {
        // Counted before the sums are read: what changes meanwhile is read once more, and never missed.
        var now = (Changes: caseloads.Outcomes.ChangesOf(code), State: StateOf(code));
        var part = _parts.GetValueOrDefault(code);
        if (part is null || part.Changes != now.Changes || !ReferenceEquals(part.State, now.State)
            || part.Answers.Count >= MostAnswers)
        {
            _parts[code] = part = new Part(now.Changes, now.State);
        }
        return (TAnswer)part.Answers.GetOrAdd(question, _ => answer(part.State));
    }

    /// <summary>Clients count also before their municipality is registered.</summary>
    private MunicipalityState StateOf(string code) =>
        caseloads.Ask(code, static caseload => caseload.Municipality) ?? MunicipalityDecider.Initial;

    private sealed record Part(long Changes, MunicipalityState State)
    {
        public ConcurrentDictionary<object, object> Answers { get; } = new();
    }
}
