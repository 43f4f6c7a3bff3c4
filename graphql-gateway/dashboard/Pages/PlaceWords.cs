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
        .. WithoutArms(viewer, municipalities, words),
        .. Arm.All.Where(arm => arm.Code.Length > 0).Select(arm => (arm.Code, words.Of("arm", arm.Code))),
    ];

    /// <summary>The same where arms cannot be asked for one by one.</summary>
    public static IReadOnlyList<(string Code, string Name)> WithoutArms(
        Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
    [
        .. PeriodScope.HasOwn(viewer)
            ? (IEnumerable<(string, string)>)[(PeriodScope.Own, OwnName(viewer, municipalities, words))]
            : [],
        (PeriodScope.All, words["place.all"]),
    ];

    /// <summary>The one place of a page that has no choice of places.</summary>
    public static IReadOnlyList<(string Code, string Name)> Only(
        PeriodScope scope, Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        [.. WithoutArms(viewer, municipalities, words).Where(place => place.Code == scope.Where)];

    public static string Name(
        PeriodScope scope, Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        All(viewer, municipalities, words).First(one => one.Code == scope.Where).Name;

    private static string OwnName(Viewer viewer, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        viewer.OwnMunicipality is { } own ? NameOf(own, municipalities, words) : words["place.own"];

    public static string NameOf(string code, IReadOnlyList<NameAnswer> municipalities, Language words) =>
        municipalities.FirstOrDefault(one => one.Code == code) is { } known
            ? words.Code == "sv" ? known.SwedishName ?? known.Name : known.Name
            : code;
}
