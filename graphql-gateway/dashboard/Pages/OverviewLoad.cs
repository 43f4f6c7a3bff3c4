using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>Asks what the pages show, as their viewer.</summary>
public static class OverviewLoad
{
    /// <exception cref="InquiryRefused">A question was refused.</exception>
    public static async Task<OverviewModel> Overview(IDesk desk, Viewer viewer, DateOnly today)
    {
        string[]? scope = viewer.OwnRegister is { } own ? [own] : null;
        var visits = VisitsOf(desk, viewer, scope);
        var answer = await desk.Ask<OverviewAnswer>(
            viewer, Document.Overview,
            new { scope, register = viewer.OwnRegister ?? "", isOwn = viewer.OwnRegister is not null });
        var lists = viewer.Purpose is null ? null : viewer.OwnRegister;
        var work = lists is null ? null : await WorkIn(desk, viewer, lists);
        var staff = lists is not null && viewer.Coordinates
            ? await desk.Ask<StaffAnswer>(viewer, Document.Staff, new { municipality = lists })
            : null;
        var operations = await Operations(desk, viewer);
        return new OverviewModel(
            viewer, answer, await visits, await OfCards(desk, viewer, answer.Municipalities), work, operations, today)
        {
            Unregistered = staff?.UnregisteredWorkers ?? [],
        };
    }

    /// <summary>The process's figures; null for all but operators.</summary>
    public static async Task<OperationsAnswer?> Operations(IDesk desk, Viewer viewer) =>
        viewer.IsOperator && await desk.Operations(viewer) is { } json ? OperationsAnswer.Read(json) : null;

    /// <summary>The lists of the viewer's municipality; none for whom its staff does not know.</summary>
    private static async Task<OwnWorkAnswer> WorkIn(IDesk desk, Viewer viewer, string municipality)
    {
        try
        {
            return await desk.Ask<OwnWorkAnswer>(viewer, Document.OwnWork, new { municipality });
        }
        catch (InquiryRefused refused) when (refused.Code == InquiryRefused.NotInStaff)
        {
            return new OwnWorkAnswer(null);
        }
    }

    private static async Task<Dictionary<string, DropInAnswer>> OfCards(
        IDesk desk, Viewer viewer, IReadOnlyList<MunicipalityAnswer> municipalities)
    {
        var drawn = municipalities.Count > OverviewModel.MostCards
            ? []
            : municipalities.Where(one => one.DropInCentres.Count > 0).Select(one => one.Code).ToArray();
        var visits = await Task.WhenAll(drawn.Select(code => VisitsOf(desk, viewer, [code])));
        return drawn.Zip(visits).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static async Task<DropInAnswer> VisitsOf(IDesk desk, Viewer viewer, string[]? municipalities) =>
        (await desk.Ask<VisitsAnswer>(viewer, Document.Visits, new { municipalities })).DropInMetrics;
}
