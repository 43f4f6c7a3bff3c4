using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>A question that would let small cells be computed. The message says what may be asked instead.</summary>
public sealed class DisclosureRefused(string message) : Exception(message);

/// <summary>Which municipalities and months an outcome is asked for.</summary>
/// <param name="Municipalities">Null for all of them.</param>
/// <param name="Period">Which months.</param>
/// <param name="Source">Whose referrals, where referrals are asked for; null for all.</param>
public sealed record OutcomeScope(
    IReadOnlyList<string>? Municipalities, OutcomePeriod Period, ReferralSource? Source = null)
{
    /// <summary>True for whole calendar years of all sources: nothing is narrowed to single clients.</summary>
    public bool IsWide => Source is null && OutcomeYears.AreWhole(Period.FromMonth, Period.ToMonth);
}

/// <summary>Months that make whole calendar years.</summary>
internal static class OutcomeYears
{
    public static bool AreWhole(int fromMonth, int toMonth) => fromMonth % 12 == 0 && toMonth % 12 == 11;
}

/// <summary>
/// Every aggregate that leaves the platform, for a given caller: exact for the municipality's own staff, protected for
/// all others. What is narrowed by a filter counts single clients, so it is exact for the register's coordinators
/// alone; its other staff count the clients who are their matter.
/// </summary>
/// <param name="caseloads">The figures.</param>
/// <param name="registerOf">Whose clients a municipality's are: who knows one part of a register knows all of it. Null
/// where each municipality keeps its own.</param>
public sealed class Figures(Caseloads caseloads, Func<string, string>? registerOf = null)
{
    /// <summary>Every year is protected by itself, so an answer costs its number of years.</summary>
    private const int MostYears = 100;

    private static readonly StudyArm[] Arms = Enum.GetValues<StudyArm>();

    private readonly OutcomeParts _parts = new(caseloads);
    private readonly KeptAnswers _kept = new();

    /// <summary>True when the caller gets the figures of a scope exactly.</summary>
    public static bool IsExact(Caller caller, OutcomeScope scope) =>
        IsOfOwn(caller, scope) && (AccessPolicy.SeesNarrowFigures(caller) || scope.IsWide);

    private static bool IsOfOwn(Caller caller, OutcomeScope scope) => scope.Municipalities is { Count: > 0 } codes
        && codes.All(code => AccessPolicy.SeesExactFigures(caller, code));

    /// <summary>
    /// Figures of some municipalities, and how much of the log they have seen: each one's part is exact and live, or as
    /// it was released to all outsiders.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="municipalities">Codes; all when null.</param>
    /// <param name="filter">Which clients are meant.</param>
    /// <param name="today">What is late depends on it.</param>
    /// <param name="sightIn">Where the caller stands in a register; null for one who sees all of it.</param>
    /// <exception cref="DisclosureRefused">A filter other than by arm on another municipality's clients.</exception>
    public (AsOf AsOf, DisclosedMetrics Metrics) Metrics(
        Caller caller, IReadOnlyList<string>? municipalities, CaseloadFilter filter, DateOnly today,
        Func<string, Standing?> sightIn)
    {
        var codes = municipalities ?? caseloads.Codes;
        if (!filter.TakesAll && !codes.All(code => AccessPolicy.SeesExactFigures(caller, code)))
        {
            throw new DisclosureRefused(
                "Only a municipality's own staff may filter its clients; others may filter by arm.");
        }
        var (answer, asOf, edition) = (new DisclosedMetrics(), caseloads.Clock.Now, caseloads.Edition);
        foreach (var code in codes.Distinct(StringComparer.Ordinal))
        {
            if (AccessPolicy.SeesExactFigures(caller, code))
            {
                var part = new CaseloadMetrics();
                var seen = filter.TakesAll ? filter : filter with { SeenBy = sightIn(code) };
                caseloads.Gather([code], part, (caseload, metrics) => caseload.AddTo(metrics, seen, today));
                answer.AddExactly(part, isWhole: seen.SeenBy is null);
            }
            else if (caseloads.Ask(code, static caseload => caseload.Municipality) is { } state
                && (filter.Arm is null || state.ArmOn(today) == filter.Arm))
            {
                answer.AddReleased(edition.Of(code));
                asOf = edition.AsOf;
            }
        }
        return (asOf, answer);
    }

    /// <summary>Referrals by reason, and whether some are withheld.</summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this scope.</exception>
    public (Dictionary<ReferralReason, ReferralFunnel> ByReason, bool Withheld) Funnel(
        Caller caller, OutcomeScope scope)
    {
        if (IsExact(caller, scope))
        {
            return (Sum(PartsOf(scope.Municipalities!), part => part.Funnel(scope.Period, scope.Source)), false);
        }
        var (answer, withheld) = (new Dictionary<ReferralReason, ReferralFunnel>(), false);
        var (groups, _) = GroupsFor(caller, scope);
        foreach (var unit in Units(scope))
        {
            var tables = groups.ConvertAll(group => Sum(group, part => part.Funnel(unit, scope.Source)));
            withheld |= DisclosedOutcomes.Add(answer, Sum(tables, table => table), tables);
        }
        return (answer, withheld);
    }

    /// <summary>AVAIN outcomes, and whether some are withheld.</summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this scope.</exception>
    public DisclosedAvain Avain(Caller caller, OutcomeScope scope)
    {
        if (IsExact(caller, scope))
        {
            var exact = new DisclosedAvain();
            exact.AddExactly(Sum(PartsOf(scope.Municipalities!), part => part.Avain(scope.Period)));
            return exact;
        }
        MustBeForOthers(caller, scope);
        var own = string.Join(' ', caseloads.Codes.Where(code => AccessPolicy.SeesExactFigures(caller, code)));
        return ForOthers((nameof(Avain), scope.Period, own), () => AvainForOthers(caller, scope));
    }

    /// <summary>
    /// An answer of all municipalities for who may not see one of them: computed once, until something of them changes.
    /// </summary>
    /// <param name="question">Equal for equal questions of callers with equal sight.</param>
    /// <param name="answer">Computes it.</param>
    internal TAnswer ForOthers<TAnswer>(object question, Func<TAnswer> answer)
        where TAnswer : class =>
        _kept.Of(question, [.. caseloads.Codes.Select(code => (_parts.Of(code).Stamp, RegisterOf(code)))], answer);

    private DisclosedAvain AvainForOthers(Caller caller, OutcomeScope scope)
    {
        var answer = new DisclosedAvain();
        var (groups, others) = GroupsFor(caller, scope);
        foreach (var unit in Units(scope))
        {
            var tables = groups.ConvertAll(group => Sum(group, part => part.Avain(unit)));
            answer.AddProtected(
                Sum(tables, table => table), Sum(others, part => part.Avain(unit)), tables, unit.Arm!.Value);
        }
        return answer;
    }

    /// <summary>Months on assistance before and after by arm, and whether some are withheld.</summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this scope.</exception>
    public (IReadOnlyDictionary<StudyArm, IndexCell> ByArm, bool Withheld) Benefits(Caller caller, OutcomeScope scope)
    {
        var period = scope.Period;
        if (!IsExact(caller, scope))
        {
            MustBeForOthers(caller, scope);
            var question = new EvaluationQuestion(EvaluationSubject.Change, period.FromMonth, period.ToMonth);
            var (released, withheld) = ChangeEvaluation.ReleasedByArm(
                question, [.. caseloads.Codes.Select(code => UnitOf(code))]);
            return (released.Where(arm => period.Arm is null || arm.Key == period.Arm).ToDictionary(), withheld);
        }
        var table = new Dictionary<StudyArm, IndexCell>();
        foreach (var (arm, cell) in scope.Municipalities!.Distinct().Order(StringComparer.Ordinal)
            .SelectMany(code => UnitOf(code).CoveredByArm(period)))
        {
            if (!table.TryGetValue(arm, out var sum))
            {
                table.Add(arm, sum = new IndexCell());
            }
            sum.Merge(cell);
        }
        return (table, false);
    }

    /// <summary>What evaluations need of one municipality; exactly.</summary>
    /// <param name="code">Which.</param>
    /// <param name="plans">Of which period the first plan episodes are needed; null for no plans.</param>
    public EvaluationUnit UnitOf(string code, OutcomePeriod? plans = null)
    {
        var part = _parts.Of(code);
        var unit = part.Unit() with { Register = RegisterOf(code) };
        return plans is { } period ? unit with { Avain = part.Avain(period) } : unit;
    }

    private string RegisterOf(string code) => registerOf?.Invoke(code) ?? code;

    /// <summary>
    /// What may be known apart from the whole: each register by itself, all its municipalities together, but those of a
    /// caller who holds several, which that one takes away at once. And all but the caller's own.
    /// </summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this scope.</exception>
    private (List<OutcomePart[]> Groups, OutcomePart[] Others) GroupsFor(Caller caller, OutcomeScope scope)
    {
        MustBeForOthers(caller, scope);
        var isOwn = caseloads.Codes.ToLookup(code => AccessPolicy.SeesExactFigures(caller, code));
        var (own, others) = (PartsOf(isOwn[true]), PartsOf(isOwn[false]));
        OutcomePart[][] groups =
        [
            own,
            .. isOwn[false].Zip(others).GroupBy(it => RegisterOf(it.First), it => it.Second)
                .Select(register => register.ToArray()),
        ];
        return ([.. groups.Where(group => group.Length > 0)], others);
    }

    /// <summary>Arm by arm and year by year.</summary>
    private static IEnumerable<OutcomePeriod> Units(OutcomeScope scope) =>
        from arm in Arms
        where scope.Period.Arm is null || scope.Period.Arm == arm
        from year in scope.Period.Years()
        select year with { Arm = arm };

    private static void MustBeForOthers(Caller caller, OutcomeScope scope)
    {
        if (IsOfOwn(caller, scope))
        {
            throw new DisclosureRefused(
                "Single months and sources of a register's clients are for its coordinators; ask without source, from "
                + "January of a year to December.");
        }
        if (scope.Municipalities is not null)
        {
            throw new DisclosureRefused(
                "Only a municipality's own staff may ask for its outcomes; "
                + "others ask for all municipalities or an arm.");
        }
        if (scope.Source is not null)
        {
            // Cells add up over sources: those of all but one would be a difference, however small.
            throw new DisclosureRefused("Only a municipality's own staff may ask for one source of referrals.");
        }
        if (!OutcomeYears.AreWhole(scope.Period.FromMonth, scope.Period.ToMonth))
        {
            throw new DisclosureRefused("The period must be whole calendar years, January to December.");
        }
        if (scope.Period.ToMonth - scope.Period.FromMonth >= MostYears * 12)
        {
            throw new DisclosureRefused($"The period must be at most {MostYears} years.");
        }
    }

    private OutcomePart[] PartsOf(IEnumerable<string> codes) =>
        [.. codes.Distinct(StringComparer.Ordinal).Select(_parts.Of)];

    /// <summary>What one part has is handed on as it is, and only read.</summary>
    private static Dictionary<ReferralReason, ReferralFunnel> Sum<TPart>(
        IReadOnlyList<TPart> parts, Func<TPart, Dictionary<ReferralReason, ReferralFunnel>> tableOf)
    {
        if (parts is [var only])
        {
            return tableOf(only);
        }
        var sum = new Dictionary<ReferralReason, ReferralFunnel>();
        foreach (var (reason, row) in parts.SelectMany(tableOf))
        {
            DisclosedOutcomes.MergeInto(sum, reason, row);
        }
        return sum;
    }

    private static AvainOutcomes Sum<TPart>(IReadOnlyList<TPart> parts, Func<TPart, AvainOutcomes> tableOf)
    {
        if (parts is [var only])
        {
            return tableOf(only);
        }
        var sum = new AvainOutcomes();
        foreach (var part in parts)
        {
            sum.Merge(tableOf(part));
        }
        return sum;
    }
}
