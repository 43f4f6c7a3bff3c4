using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>
/// Evaluations for a given caller: own staff of all municipalities asked for get them from exact sums; all others from
/// tables without small cells, of all municipalities, for whole calendar years, without subgroups.
/// </summary>
public sealed class Evaluations(Caseloads caseloads, Figures figures)
{
    /// <summary>So often an answer is computed again when the log went on meanwhile.</summary>
    private const int MostTries = 5;

    /// <summary>The day on which the log ends: what is later is not known.</summary>
    private DateOnly LastDay => DateOnly.FromDateTime(caseloads.Clock.Now.RecordedAt.UtcDateTime);

    /// <summary>
    /// The answer, and up to where the log is in it. One that is not settled may mix two positions: events came each
    /// time while it was computed.
    /// </summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this.</exception>
    public (AsOf AsOf, EvaluationResult Result) Ask(
        Caller caller, EvaluationQuestion question, IReadOnlyList<string>? municipalities)
    {
        for (var tries = 1; ; tries++)
        {
            // A batch changes municipalities, then one book after the other, and the clock last: its turn says so.
            var (turn, before) = (caseloads.Clock.Turn, caseloads.Clock.Now);
            var result = AnswerTo(caller, question, municipalities);
            if (turn % 2 == 0 && turn == caseloads.Clock.Turn)
            {
                return (before, result);
            }
            if (tries == MostTries)
            {
                return (before, result with
                {
                    IsSettled = false,
                    Notes =
                    [
                        .. result.Notes,
                        "Not settled: the log went on while this was computed, so it may mix two positions. Ask again "
                            + "when less is recorded.",
                    ],
                });
            }
        }
    }

    /// <summary>The answer as it is handed on.</summary>
    /// <exception cref="DisclosureRefused">The caller may not ask for this.</exception>
    public EvaluationReport Report(Caller caller, EvaluationQuestion question, IReadOnlyList<string>? municipalities)
    {
        var (asOf, result) = Ask(caller, question, municipalities);
        return new EvaluationReport(
            question, asOf.Position, asOf.RecordedAt,
            Coverage(municipalities).ToDictionary(it => it.Code, it => it.Months), result);
    }

    /// <summary>The municipalities asked for, or all, with what of registers is complete there.</summary>
    public IEnumerable<(string Code, IReadOnlyList<CoveredMonths> Months)> Coverage(
        IReadOnlyList<string>? municipalities) => (municipalities ?? caseloads.Codes)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(code => (code, caseloads.Ask(code, static caseload => caseload.Municipality)?.Coverage ?? []))
        .Where(it => it.Item2.Count > 0);

    private EvaluationResult AnswerTo(
        Caller caller, EvaluationQuestion question, IReadOnlyList<string>? municipalities)
    {
        var codes = municipalities?.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (question.Subject is EvaluationSubject.Panel)
        {
            return Panel(question, codes); // Published statistics: there is no one from whom to keep them.
        }
        if ((codes ?? caseloads.Codes).All(code => AccessPolicy.SeesExactFigures(caller, code)))
        {
            return AccessPolicy.SeesNarrowFigures(caller) || IsWide(question) ? Exactly(question, codes)
                : throw new DisclosureRefused(
                    "Subgroups, gaps of other than two months, and single months of a register's clients are for its "
                    + "coordinators; ask from January of a year to December.");
        }
        if (codes is not null)
        {
            throw new DisclosureRefused(
                "Only a municipality's own staff may evaluate it; others ask for all municipalities.");
        }
        if (!question.IsPlain || question.IsForOwnStaff)
        {
            throw new DisclosureRefused(
                "Only own staff may ask for subgroups, for exits of other than two months, for those whose assistance "
                + "began, for all outcomes beside each other, or month by month.");
        }
        if (!OutcomeYears.AreWhole(question.FromMonth, question.ToMonth))
        {
            throw new DisclosureRefused("The period must be whole calendar years, January to December.");
        }
        return question.Subject is EvaluationSubject.Avain
            ? AvainEvaluation.Of(figures.Avain(
                caller, new OutcomeScope(null, new OutcomePeriod(question.FromMonth, question.ToMonth, null)))) with
            {
                Municipalities = caseloads.Codes,
            }
            // What may be shown of time that is not over depends on the day, and programmes decide for municipalities.
            : figures.ForOthers((question, LastDay, caseloads.Programmes.Changes), () => Answer(
                question, Units(caseloads.Codes, question, isExact: false)));
    }

    private static bool IsWide(EvaluationQuestion question) => question.IsPlain
        && !question.IsForOwnStaff
        && OutcomeYears.AreWhole(question.FromMonth, question.ToMonth);

    /// <summary>The same from exact sums, for who reads the log itself.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="codes">Municipalities; all when null.</param>
    public EvaluationResult Exactly(EvaluationQuestion question, IReadOnlyList<string>? codes) =>
        question.Subject is EvaluationSubject.Panel
            ? Panel(question, codes)
            : Answer(question, Units(codes ?? caseloads.Codes, question, isExact: true));

    private EvaluationResult Panel(EvaluationQuestion question, IReadOnlyList<string>? codes)
    {
        PanelUnit[] units =
        [
            .. (codes ?? caseloads.Codes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(code => (code, caseloads.MunicipalityOf(code))).Where(it => it.Item2 is not null)
                .Select(it => new PanelUnit(it.code, it.Item2!)),
        ];
        return PanelEvaluation.Of(question, units) with
        {
            Municipalities = [.. units.Select(unit => unit.Code)],
            IsExact = true,
        };
    }

    private EvaluationResult Answer(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var result = Estimates(question, units);
        return (question.IsOfSubgroup ? result.WithoutTests() : result) with
        {
            Municipalities = [.. units.Select(unit => unit.Code)],
            IsExact = units.All(unit => unit.IsExact),
            Excluded = question.Incident
                ? Exclusions.WithPrevalent(question, units, result.Excluded)
                : result.Excluded,
        };
    }

    private EvaluationResult Estimates(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units) =>
        question.Subject switch
        {
            EvaluationSubject.Exit => ExitEvaluation.Of(question, units),
            EvaluationSubject.Change => ChangeEvaluation.Of(question, units),
            EvaluationSubject.Chain => ChainEvaluation.Of(question, units, LastDay),
            EvaluationSubject.Avain => AvainEvaluation.Of(units, LastDay),
            EvaluationSubject.Inclusion => InclusionEvaluation.Of(question, units, LastDay),
            EvaluationSubject.Methods => MethodEvaluation.Of(question, units, LastDay),
            EvaluationSubject.Employment => EmploymentEvaluation.Of(question, units, LastDay),
            EvaluationSubject.EventStudy => EventStudyEvaluation.Of(question, units),
            EvaluationSubject.Baseline => BaselineEvaluation.Of(question, units),
            EvaluationSubject.Family => FamilyEvaluation.Of(ResultsOf(question, units)),
            _ => throw new ArgumentOutOfRangeException(nameof(question)),
        };

    private Dictionary<EvaluationSubject, EvaluationResult> ResultsOf(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units) => FamilyEvaluation.Subjects
        .Select(subject => subject is EvaluationSubject.Panel
            ? new EvaluationQuestion(subject, question.FromMonth, question.ToMonth)
            : question with { Subject = subject })
        .Where(part => part.Problem() is null)
        .ToDictionary(part => part.Subject, part => part.Subject is EvaluationSubject.Panel
            ? Panel(part, [.. units.Select(unit => unit.Code)])
            : Estimates(part, units));

    /// <summary>In the order of codes: it is the order of every sum of floating-point numbers.</summary>
    private List<EvaluationUnit> Units(IReadOnlyList<string> codes, EvaluationQuestion question, bool isExact)
    {
        OutcomePeriod? plans = question.Subject is EvaluationSubject.Avain
            ? new OutcomePeriod(question.FromMonth, question.ToMonth, null)
            : null;
        return
        [
            .. codes.Order(StringComparer.Ordinal).Select(code => Decided(question, figures.UnitOf(code, plans)) with
            {
                IsExact = isExact,
            }),
        ];
    }

    /// <summary>What the programme decided on methods holds for its municipalities like their own decisions.</summary>
    private EvaluationUnit Decided(EvaluationQuestion question, EvaluationUnit unit) =>
        question.Subject is EvaluationSubject.Methods
            ? unit with
            {
                MethodDecisions = [.. unit.MethodDecisions, .. caseloads.Programmes.DecidedFor(unit.Code)],
            }
            : unit;
}
