using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>
/// A page of one evaluation. To add one: a document that asks it by the name <c>asked</c>, what it says and draws, and
/// a line in <see cref="All"/>; addresses, links, files and rights follow.
/// </summary>
/// <param name="Key">The last part of its address.</param>
/// <param name="Title">The key of its heading.</param>
/// <param name="Menu">The key of what links call it.</param>
/// <param name="Document">Asks it.</param>
/// <param name="Lead">What it says in one sentence.</param>
/// <param name="Charts">Its charts, the main question first.</param>
public sealed record EvaluationPage(
    string Key, string Title, string Menu, Document Document, Func<EvaluationModel, Language, string> Lead,
    Func<EvaluationModel, Language, IReadOnlyList<Chart>> Charts)
{
    public const string Outcomes = "/outcomes";

    /// <summary>Every page of an evaluation.</summary>
    public static IReadOnlyList<EvaluationPage> All { get; } =
    [
        new("panel", "panel.title", "panel.menu", Document.Panel, PanelCharts.Lead, PanelCharts.All)
        {
            IsOfResidents = true,
        },
        new("baseline", "baseline.title", "baseline.menu", Document.Baseline, BaselineCharts.Lead, BaselineCharts.All),
        new("family", "family.title", "family.menu", Document.Family, FamilyCharts.Lead, FamilyCharts.All),
    ];

    /// <summary>
    /// True where it is of published statistics of all municipalities, the same for all callers; else of a register's
    /// clients exactly, for those who coordinate it.
    /// </summary>
    public bool IsOfResidents { get; init; }

    public string Address => $"{Outcomes}/{Key}";

    /// <summary>Those that the viewer may see.</summary>
    public static IEnumerable<EvaluationPage> For(Viewer viewer) => All.Where(page => page.MayLook(viewer));

    public bool MayLook(Viewer viewer) => IsOfResidents || viewer.Coordinates;

    /// <summary>Whose figures it shows: there is no choice.</summary>
    public string PlaceFor(Viewer viewer) =>
        !IsOfResidents && PeriodScope.HasOwn(viewer) ? PeriodScope.Own : PeriodScope.All;
}
