using System.Reflection;
using System.Text.Json;

namespace OsstOrleans.Grains.Codes;

/// <summary>
/// The code systems of the program and their names. An unknown list is data that is missing, not code: an official
/// export joins them by an import (<see cref="CodeRegister"/>), and what was stored under the local name keeps its
/// meaning.
/// </summary>
public static class CodeSystems
{
    /// <summary><em>Tuen tarve</em>.</summary>
    public const string SupportNeeds = "1.2.246.537.6.1282";

    /// <summary><em>Tilannetekijät</em>, in part.</summary>
    public const string Factors = "1.2.246.537.6.1290";

    /// <summary>Placeholder of <em>tilannetekijät</em>: the areas of life of the working-age assessment.</summary>
    public const string LocalFactors = "local:situational-factors";

    /// <summary><em>Asiakkuuden tavoitteet</em>; its values are not known until they are imported.</summary>
    public const string Goals = "1.2.246.537.6.1292";

    /// <summary><em>Sosiaalihuollon ammattihenkilön menetelmät</em>; not known until imported.</summary>
    public const string Methods = "1.2.246.537.6.1293";

    /// <summary><em>Palvelutehtävät</em>; not known until imported.</summary>
    public const string ServiceTasks = "1.2.246.537.6.1221";

    /// <summary>Placeholder of <em>asiakkuuden tavoitteet</em> (1292): main classes and subclasses.</summary>
    public const string LocalGoals = "local:avain-goals";

    /// <summary>Placeholder of <em>sosiaalihuollon ammattihenkilön menetelmät</em> (1293).</summary>
    public const string LocalMethods = "local:osst-methods";

    /// <summary><em>Sosiaalipalvelut</em>, in part.</summary>
    public const string SocialServices = "1.2.246.537.6.1222";

    /// <summary>Placeholder of those <em>sosiaalipalvelut</em> whose 1222 codes are not known.</summary>
    public const string LocalSocialServices = "local:social-services";

    /// <summary>Codes A, the services the client has now. The same number means another service in codes B.</summary>
    public const string ServicesNow = "sosmeta:1506.15020/services-now";

    /// <summary>Codes B, planned services.</summary>
    public const string PlannedServices = "sosmeta:1506.15020/services-planned";

    /// <summary><em>Kunnat</em>, as Statistics Finland numbers them; each ends when it merges into another.</summary>
    public const string Municipalities = Registers.MunicipalityList;

    /// <summary>Municipalities that there never were, for synthetic clients.</summary>
    public const string MadeUpMunicipalities = "local:made-up-municipalities";

    /// <summary>All code systems, ordered by their identifiers.</summary>
    public static IReadOnlyList<CodeSystem> All => CodeRegister.BuiltIn.All;

    /// <summary>One code system; null when there is none of that name.</summary>
    public static CodeSystem? Find(string? system) => CodeRegister.BuiltIn.Find(system);

    /// <summary>True when the code is in its system, as far as the system is known.</summary>
    public static bool Exists(CodedValue value) => Line(value) is not null;

    /// <summary>A code's names; null for a code that is not known.</summary>
    public static CodeDisplay? Display(CodedValue value) => Line(value)?.Display;

    /// <summary>True when the code is a main class, under which only its subclasses are recorded.</summary>
    public static bool IsMainClass(CodedValue value) => CodeRegister.BuiltIn.IsMainClass(value);

    /// <summary>The main class of a code, for grouping; the code itself where its list is flat.</summary>
    public static CodedValue ClassOf(CodedValue value) =>
        Line(value)?.Parent is { } parent ? value with { Code = parent } : value;

    /// <summary>
    /// The code of an enumeration member whose official list is closed; null where the official field is left empty
    /// (it is not known whether a service was used) or the enumeration has no list.
    /// </summary>
    public static CodedValue? CodeOf<TEnum>(TEnum member)
        where TEnum : struct, Enum
    {
        var name = JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString());
        return Find(typeof(TEnum).GetCustomAttribute<CodedInAttribute>()?.System) is { } system
            && system.Codes.FirstOrDefault(line => line.Value == name) is { } found
                ? new CodedValue(system.System, found.Code)
                : null;
    }

    private static CodeLine? Line(CodedValue value) => CodeRegister.BuiltIn.Line(value);
}
