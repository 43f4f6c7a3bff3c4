using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What all questions of an evaluation share.</summary>
internal sealed record EvaluationView(IReadOnlyList<string>? Municipalities, int FromMonth, int ToMonth);

/// <summary>An answer with what is needed to repeat it.</summary>
internal sealed record EvaluationResultView(EvaluationDefinitionView Definition, EvaluationResult Result);

internal sealed record EvaluationDefinitionView(
    EvaluationQuestion Question, AsOf AsOf, IReadOnlyList<MunicipalityCoverageView> Coverage);

internal sealed record MunicipalityCoverageView(string Municipality, IReadOnlyList<CoveredMonths> Months);

/// <summary>Estimates of what worked.</summary>
internal sealed class EvaluationResolvers(Platform platform, Evaluations evaluations)
{
    private const string FirstMonth = "2018-01";
    private const string LastMonth = "2019-12";

    public ResolverMap AddTo(ResolverMap map)
    {
        AddQuestions(map);
        AddDefinition(map);
        return AddEstimates(map);
    }

    private void AddQuestions(ResolverMap map) => map
        .Root("Query", "evaluation", View)
        .Object<EvaluationView>("Evaluation")
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "exit", Answer(EvaluationSubject.Exit))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "change", Answer(EvaluationSubject.Change))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "chain", Answer(EvaluationSubject.Chain))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "avain", Answer(EvaluationSubject.Avain))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "inclusion", Answer(EvaluationSubject.Inclusion))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "methods", Answer(EvaluationSubject.Methods))
        .Batch<EvaluationView, EvaluationResultView>(
            "Evaluation", "eventStudy", Answer(EvaluationSubject.EventStudy))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "baseline", Answer(EvaluationSubject.Baseline))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "family", Answer(EvaluationSubject.Family))
        .Batch<EvaluationView, EvaluationResultView>("Evaluation", "panel", Answer(EvaluationSubject.Panel))
        .Batch<EvaluationView, EvaluationResultView>(
            "Evaluation", "employment", Answer(EvaluationSubject.Employment))
        .Object<EvaluationResultView>("EvaluationResult")
        .Plain<EvaluationResultView, IReadOnlyList<EvaluationGroup>>(
            "EvaluationResult", "groups", v => v.Result.Groups)
        .Plain<EvaluationResultView, IReadOnlyList<EvaluationComparison>>(
            "EvaluationResult", "comparisons", v => v.Result.Comparisons)
        .Plain<EvaluationResultView, IReadOnlyList<Exclusion>>(
            "EvaluationResult", "excluded", v => v.Result.Excluded)
        .Plain<EvaluationResultView, IReadOnlyList<EvaluationRefusal>>(
            "EvaluationResult", "refused", v => v.Result.Refused)
        .Plain<EvaluationResultView, IReadOnlyList<string>>(
            "EvaluationResult", "municipalities", v => v.Result.Municipalities)
        .Plain<EvaluationResultView, bool>("EvaluationResult", "isExact", v => v.Result.IsExact)
        .Plain<EvaluationResultView, bool>("EvaluationResult", "withheld", v => v.Result.Withheld)
        .Plain<EvaluationResultView, IReadOnlyList<string>>("EvaluationResult", "notes", v => v.Result.Notes);

    private static void AddDefinition(ResolverMap map) => map
        .Object<EvaluationDefinitionView>("EvaluationDefinition")
        .Plain<EvaluationDefinitionView, EvaluationSubject>(
            "EvaluationDefinition", "subject", d => d.Question.Subject)
        .Plain<EvaluationDefinitionView, int>("EvaluationDefinition", "version", _ => EvaluationQuestion.Version)
        .Plain<EvaluationDefinitionView, string>("EvaluationDefinition", "from", d => Text(d.Question.FromMonth))
        .Plain<EvaluationDefinitionView, string>("EvaluationDefinition", "to", d => Text(d.Question.ToMonth))
        .Plain<EvaluationDefinitionView, int>("EvaluationDefinition", "gapMonths", d => d.Question.Gap)
        .Plain<EvaluationDefinitionView, AgeGroup?>("EvaluationDefinition", "age", d => d.Question.Age)
        .Plain<EvaluationDefinitionView, ReferralReason?>(
            "EvaluationDefinition", "reason", d => d.Question.Reason)
        .Plain<EvaluationDefinitionView, PanelMeasure?>(
            "EvaluationDefinition", "measure", d => d.Question.Measure)
        .Plain<EvaluationDefinitionView, bool>("EvaluationDefinition", "incident", d => d.Question.Incident)
        .Plain<EvaluationDefinitionView, string>(
            "EvaluationDefinition", "primaryOutcome", _ => $"{FamilyEvaluation.Primary}")
        .Plain<EvaluationDefinitionView, IReadOnlyList<string>>(
            "EvaluationDefinition", "secondaryOutcomes", _ => [.. FamilyEvaluation.Secondary.Select(it => $"{it}")])
        .Object<MunicipalityCoverageView>("MunicipalityCoverage");

    private static ResolverMap AddEstimates(ResolverMap map) => map
        .Object<EvaluationGroup>("EvaluationGroup").Object<EvaluationComparison>("EvaluationComparison")
        .Object<Estimate>("Estimate").Object<Interval>("Interval").Object<CurvePoint>("CurvePoint")
        .Object<Exclusion>("Exclusion").Object<EvaluationRefusal>("EvaluationRefusal")
        .Plain<Estimate, double?>("Estimate", "estimate", e => e.Value);

    private async ValueTask<EvaluationView> View(FieldCall call)
    {
        await CaseloadResolvers.Seen(platform, call);
        var view = new EvaluationView(
            call.MunicipalitiesAsked(platform),
            MonthSet.NumberOf(call.Arguments.GetOrDefault<string>("from") ?? FirstMonth),
            MonthSet.NumberOf(call.Arguments.GetOrDefault<string>("to") ?? LastMonth));
        return view.ToMonth < view.FromMonth
            ? throw CaseloadResolvers.BadInput("to", "The last month is before the first.")
            : view;
    }

    private Func<IReadOnlyList<EvaluationView>, FieldCall, ValueTask<IReadOnlyList<EvaluationResultView>>> Answer(
        EvaluationSubject subject) => async (views, call) =>
        {
            var results = new List<EvaluationResultView>(views.Count);
            foreach (var view in views)
            {
                var answer = Of(view, subject, call);
                await Counted(platform, call.Caller(), view.Municipalities, subject, answer.Result);
                results.Add(answer);
            }
            return results;
        };

    /// <summary>The line of the use log for an evaluation from a register's exact sums. Published statistics have none.
    /// </summary>
    public static ValueTask Counted(
        Platform platform, Caller caller, IReadOnlyList<string>? municipalities, EvaluationSubject subject,
        EvaluationResult result) =>
        result.IsExact && subject is not EvaluationSubject.Panel
            ? OwnFigures.Counted(platform, caller, municipalities, OwnFigures.Evaluation)
            : ValueTask.CompletedTask;

    private EvaluationResultView Of(EvaluationView view, EvaluationSubject subject, FieldCall call)
    {
        var gap = call.Arguments.GetOrDefault<int?>("gapMonths") ?? EvaluationQuestion.UsualGap;
        if (gap is < 1 or > EvaluationQuestion.LongestGap)
        {
            throw CaseloadResolvers.BadInput("gapMonths", $"This is from 1 to {EvaluationQuestion.LongestGap}.");
        }
        var question = new EvaluationQuestion(
            subject, view.FromMonth, view.ToMonth, gap, call.Arguments.GetOrDefault<AgeGroup?>("age"),
            call.Arguments.GetOrDefault<ReferralReason?>("reason"),
            call.Arguments.GetOrDefault<PanelMeasure?>("measure"),
            call.Arguments.GetOrDefault<bool?>("incident") ?? false);
        if (question.Problem() is { } problem)
        {
            throw CaseloadResolvers.BadInput(problem.Field, problem.Message);
        }
        try
        {
            var (asOf, result) = evaluations.Ask(call.Caller(), question, view.Municipalities);
            return new EvaluationResultView(
                new EvaluationDefinitionView(question, asOf,
                [
                    .. evaluations.Coverage(view.Municipalities)
                        .Select(it => new MunicipalityCoverageView(it.Code, it.Months)),
                ]),
                result);
        }
        catch (DisclosureRefused refused)
        {
            throw new FieldFault(ErrorCodes.SmallCellRule, refused.Message);
        }
    }

    private static string Text(int month) => new CalendarMonth(month / 12, (month % 12) + 1).ToString();
}
