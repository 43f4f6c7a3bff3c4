using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Asks what the page of outcomes shows, as its viewer.</summary>
public static class OutcomesLoad
{
    /// <exception cref="InquiryRefused">A question was refused.</exception>
    public static async Task<OutcomesModel> Load(IDesk desk, Viewer viewer, PeriodScope scope, Language words)
    {
        var municipalities = scope.MunicipalitiesFor(viewer);
        var all = desk.Ask<OutcomesAnswer>(
            viewer, Document.Outcomes, new { municipalities, scope.From, scope.To, language = words.Code });
        var months = scope.IsNarrowFor(viewer)
            ? await desk.Ask<EventStudyAnswer>(
                viewer, Document.EventStudy, new { municipalities, scope.From, scope.To })
            : null;
        return new OutcomesModel(scope, viewer, await all, months?.Evaluation.EventStudy);
    }
}
