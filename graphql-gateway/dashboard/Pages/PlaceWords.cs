using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>The places of whose figures a page can be: the own municipality, all, or an arm.</summary>
public static class PlaceWords
{
    public static IReadOnlyList<(string Code, string Name)> All(
        Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
    [
        .. viewer.OwnMunicipality is { } own
            ? (IEnumerable<(string, string)>)[(PeriodScope.Own, NameOf(own, municipalities, words))]
            : [],
        (PeriodScope.All, words["place.all"]),
        .. Arm.All.Where(arm => arm.Code.Length > 0).Select(arm => (arm.Code, words.Of("arm", arm.Code))),
    ];

    public static string Name(
        PeriodScope scope, Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        All(viewer, municipalities, words).First(one => one.Code == scope.Where).Name;

    public static string NameOf(string code, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        municipalities.FirstOrDefault(one => one.Code == code) is { } known
            ? words.Code == "sv" ? known.SwedishName ?? known.Name : known.Name
            : code;
}
