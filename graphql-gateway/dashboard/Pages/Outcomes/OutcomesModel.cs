using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>What the page of outcomes knows, of any language but for the names of codes.</summary>
/// <param name="Scope">What was asked for.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="Answer">The estimates.</param>
/// <param name="EventStudy">Month by month; null for others than coordinators of their own municipalities.</param>
public sealed record OutcomesModel(
    PeriodScope Scope, Viewer Viewer, OutcomesAnswer Answer, EvaluationAnswer? EventStudy)
{
    /// <summary>The arm of the experiment, and against what it is compared: the primary control first.</summary>
    public static IReadOnlyList<(string One, string Against)> Pairs { get; } =
    [
        ("OSST_AND_EMPLOYMENT", "EMPLOYMENT_ONLY"), ("OSST_AND_EMPLOYMENT", "NEITHER"),
        ("EMPLOYMENT_ONLY", "NEITHER"),
    ];

    /// <summary>
    /// The years of the period, and whether anything of each may be shown; empty where nothing is withheld.
    /// </summary>
    public IReadOnlyList<(int Year, bool IsShown)> Years { get; init; } = [];

    /// <summary>What was decided on methods.</summary>
    public MethodDecisionsAnswer Decisions { get; init; } = MethodDecisionsAnswer.None;

    public EvaluationAnswer Exit => Answer.Evaluation.Exit;

    public EvaluationAnswer Change => Answer.Evaluation.Change;

    /// <summary>True where the figures are of few municipalities, which have no controls among them.</summary>
    public bool IsOwn => Scope.Where == PeriodScope.Own;

    public bool IsWithheld => Exit.Withheld || Change.Withheld || Answer.AvainOutcomes.Withheld;

    /// <summary>The comparisons of an answer in their order.</summary>
    public static IEnumerable<ComparisonAnswer> Of(EvaluationAnswer answer) => Pairs
        .Select(pair => answer.Comparisons.FirstOrDefault(one => (one.Label, one.Against) == pair))
        .OfType<ComparisonAnswer>();
}
