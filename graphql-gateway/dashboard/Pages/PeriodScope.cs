using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>
/// Whose figures of which months a page is about, as its address says. An address that another viewer follows asks the
/// same as that viewer; nothing in it is about a person.
/// </summary>
/// <param name="Where"><c>own</c>, <c>all</c> or the code of an arm.</param>
/// <param name="From">The first month, as 2018-01; null for the beginning.</param>
/// <param name="To">The last month, which counts; null for the end.</param>
/// <param name="Source">From whom referrals came; null for all.</param>
public sealed partial record PeriodScope(string Where, string? From, string? To, string? Source)
{
    public const string Own = "own";
    public const string All = "all";
    private const string Seen = "seen";

    /// <summary>Years that can be chosen without a programme that says them.</summary>
    private static readonly int[] s_years = [2018, 2019];

    /// <summary>There are no figures of another millennium.</summary>
    private const char Millennium = '2';

    /// <summary>Every source of referrals (the contract's <c>ReferralSource</c>).</summary>
    public static IReadOnlyList<string> Sources { get; } =
        ["KELA", "EMPLOYMENT_SERVICES", "OTHER_AUTHORITY", "CLIENT_OWN_CONTACT", "OTHER"];

    /// <summary>True when the first month is after the last one.</summary>
    public bool IsReversed => From is not null && To is not null && string.CompareOrdinal(From, To) > 0;

    /// <summary>The code of the arm; null for no arm.</summary>
    public string? Arm => Where is Own or All ? null : Where;

    /// <summary>The scope as the query of an address, with its question mark; empty for what is usual.</summary>
    public string Query => QueryString.Create(
        new (string Name, string? Value)[] { ("where", Where), ("from", From), ("to", To), ("source", Source) }
            .Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value))).ToString();

    /// <summary>The address's query with the place in the log at which its figures were seen.</summary>
    public string QueryAt(long position) =>
        $"{Query}{(Query.Length == 0 ? '?' : '&')}{Seen}={position.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The place in the log at which a link was made; null for an address that says none.</summary>
    public static long? SeenAt(IQueryCollection query) =>
        long.TryParse(query[Seen], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    /// <summary>What the viewer asks for. What an address has that the viewer may not ask is left out.</summary>
    public static PeriodScope Of(IQueryCollection query, Viewer viewer)
    {
        var own = HasOwn(viewer);
        var where = query["where"].ToString();
        var isArm = Charts.Arm.All.Any(arm => arm.Code.Length > 0 && arm.Code == where);
        where = isArm || where == All || (where == Own && own) ? where : own ? Own : All;
        var isNarrow = IsNarrow(viewer, where);
        var source = query["source"].ToString();
        return new PeriodScope(
            where, MonthOf(query["from"], isNarrow, "01"), MonthOf(query["to"], isNarrow, "12"),
            isNarrow && Sources.Contains(source) ? source : null);
    }

    /// <summary>The same where arms cannot be asked for one by one: those are all municipalities.</summary>
    public static PeriodScope WithoutArms(IQueryCollection query, Viewer viewer) =>
        Of(query, viewer) is var scope && scope.Arm is null ? scope : scope with { Where = All };

    /// <summary>The same of a place that there is no choice of, whose single months may be asked for.</summary>
    public static PeriodScope ByMonth(IQueryCollection query, string where) =>
        new(where, MonthOf(query["from"], true, "01"), MonthOf(query["to"], true, "12"), null);

    /// <summary>The years of a programme, and one after it.</summary>
    public static IReadOnlyList<int> YearsOf(ProgrammeAnswer? programme) => programme is { } known
        ? [.. Enumerable.Range(known.StartsOn.Year, known.EndsOn.Year - known.StartsOn.Year + 2)]
        : s_years;

    /// <summary>True for who may ask for single months and sources: who coordinates the municipality.</summary>
    public bool IsNarrowFor(Viewer viewer) => IsNarrow(viewer, Where);

    /// <summary>The municipalities to ask for; null for all.</summary>
    public IReadOnlyList<string>? MunicipalitiesFor(Viewer viewer) =>
        Where == Own ? viewer.Municipalities : null;

    /// <summary>Whose figures they are, for files: codes of municipalities, an arm, or all.</summary>
    public string NameFor(Viewer viewer) =>
        MunicipalitiesFor(viewer) is { } own ? string.Join(' ', own) : Where;

    /// <summary>True for who works with the clients of some municipalities, as those of a wellbeing county.</summary>
    public static bool HasOwn(Viewer viewer) => viewer is { ReadsClients: true, Municipalities.Count: > 0 };

    private static bool IsNarrow(Viewer viewer, string where) => where == Own && viewer.Coordinates;

    /// <summary>A year stands for its first or its last month.</summary>
    private static string? MonthOf(string? text, bool isNarrow, string month) =>
        text is null || !Month().IsMatch(text) || text[0] != Millennium
            ? null
            : isNarrow && text.Length > 4 ? text : $"{text[..4]}-{month}";

    [GeneratedRegex(@"^\d{4}(-(0[1-9]|1[0-2]))?$")]
    private static partial Regex Month();
}
