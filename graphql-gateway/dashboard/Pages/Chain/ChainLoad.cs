using System.Globalization;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages.Chain;

/// <summary>Asks what the page of the referral chain shows, as its viewer.</summary>
public static class ChainLoad
{
    /// <exception cref="InquiryRefused">A question was refused.</exception>
    public static async Task<ChainModel> Load(IDesk desk, Viewer viewer, PeriodScope scope)
    {
        var all = await Ask(desk, viewer, scope);
        var attendance = scope.Arm is not null ? null : await desk.Ask<AttendanceAnswer>(
            viewer, Document.Attendance,
            new { municipalities = scope.MunicipalitiesFor(viewer), scope.From, scope.To });
        var years = YearsIn(scope, PeriodScope.YearsOf(all.Programme)).ToArray();
        var byYear = await Task.WhenAll(years.Select(year => Ask(
            desk, viewer, scope with { From = $"{Name(year)}-01", To = $"{Name(year)}-12" })));
        string[] sources = scope.IsNarrowFor(viewer) && scope.Source is null ? [.. PeriodScope.Sources] : [];
        var bySource = await Task.WhenAll(
            sources.Select(source => Ask(desk, viewer, scope with { Source = source })));
        return new ChainModel(
            scope, viewer, all, attendance?.Evaluation.Chain,
            [.. years.Zip(byYear.Select(one => one.ReferralFunnel))],
            [.. sources.Zip(bySource.Select(one => one.ReferralFunnel))]);
    }

    private static Task<ChainAnswer> Ask(IDesk desk, Viewer viewer, PeriodScope scope) => desk.Ask<ChainAnswer>(
        viewer, Document.Chain,
        new { municipalities = scope.MunicipalitiesFor(viewer), scope.Arm, scope.Source, scope.From, scope.To });

    private static IEnumerable<int> YearsIn(PeriodScope scope, IReadOnlyList<int> years) => years.Where(year =>
        (scope.From is null || YearOf(scope.From) <= year) && (scope.To is null || year <= YearOf(scope.To)));

    private static int YearOf(string month) => int.Parse(month[..4], CultureInfo.InvariantCulture);

    private static string Name(int year) => year.ToString(CultureInfo.InvariantCulture);
}
