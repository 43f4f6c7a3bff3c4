using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>What a page of one evaluation knows.</summary>
/// <param name="Page">Which.</param>
/// <param name="Scope">What was asked for.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="Answer">The estimates.</param>
public sealed record EvaluationModel(
    EvaluationPage Page, PeriodScope Scope, Viewer Viewer, OneEvaluationAnswer Answer)
{
    public EvaluationAnswer Asked => Answer.Evaluation.Asked;

    public bool IsOwn => Scope.Where == PeriodScope.Own;

    /// <exception cref="InquiryRefused">The question was refused.</exception>
    public static async Task<EvaluationModel> Load(
        IDesk desk, EvaluationPage page, Viewer viewer, PeriodScope scope) => new(
        page, scope, viewer, await desk.Ask<OneEvaluationAnswer>(
            viewer, page.Document, new { municipalities = scope.MunicipalitiesFor(viewer), scope.From, scope.To }));

    /// <summary>Why no arm is compared with another: a reason and never an empty picture.</summary>
    public string Why(Language words) => Asked.Refused is [var refused, ..]
        ? words.Of("notCompared", refused.Reason)
        : words[IsOwn && Viewer.OwnMunicipality is not null ? "evaluation.ownAlone" : "outcomes.tooFew"];
}
