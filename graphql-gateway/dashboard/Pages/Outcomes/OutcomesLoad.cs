using System.Globalization;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Asks what the page of outcomes shows, as its viewer.</summary>
public static class OutcomesLoad
{
    private const int MonthsAYear = 12;

    /// <exception cref="InquiryRefused">A question was refused.</exception>
    public static async Task<OutcomesModel> Load(IDesk desk, Viewer viewer, PeriodScope scope, Language words)
    {
        var municipalities = scope.MunicipalitiesFor(viewer);
        var all = desk.Ask<OutcomesAnswer>(
            viewer, Document.Outcomes, new { municipalities, scope.From, scope.To, language = words.Code });
        var decisions = desk.Ask<MethodDecisionsAnswer>(
            viewer, Document.MethodDecisions, new { language = words.Code });
        var months = scope.IsNarrowFor(viewer)
            ? await desk.Ask<EventStudyAnswer>(
                viewer, Document.EventStudy, new { municipalities, scope.From, scope.To })
            : null;
        var answer = await all;
        return new OutcomesModel(scope, viewer, answer, months?.Evaluation.EventStudy)
        {
            Years = answer.Evaluation.Exit is { Withheld: true, IsExact: false }
                ? await Years(desk, viewer, municipalities, answer)
                : [],
            Decisions = await decisions,
        };
    }

    /// <summary>Whether each year of the period is shown: a sum does not say which of its years it lacks.</summary>
    private static async Task<IReadOnlyList<(int Year, bool IsShown)>> Years(
        IDesk desk, Viewer viewer, IReadOnlyList<string>? municipalities, OutcomesAnswer answer)
    {
        var asked = answer.Evaluation.Exit.Definition;
        var years = PeriodScope.YearsOf(answer.Programme)
            .Where(year => YearOf(asked.From) <= year && year <= YearOf(asked.To)).ToArray();
        var shown = await Task.WhenAll(years.Select(year => desk.Ask<OutcomeYearAnswer>(
            viewer, Document.OutcomeYear,
            new { municipalities, From = Month(year, 1), To = Month(year, MonthsAYear) })));
        return [.. years.Zip(shown, (year, one) => (year, one.Evaluation.Exit.Groups.Count > 0))];
    }

    private static int YearOf(string month) => int.Parse(month[..4], CultureInfo.InvariantCulture);

    private static string Month(int year, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}");
}
