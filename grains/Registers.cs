using System.Collections.Frozen;
using System.Text.Json;

namespace OsstOrleans.Grains;

/// <summary>
/// A wellbeing county (<em>hyvinvointialue</em>): from its first day on the controller of the data about clients of its
/// municipalities (703/2023 13 §).
/// </summary>
/// <param name="Code">The code of its register: <c>hva-</c> and Statistics Finland's code.</param>
/// <param name="Display">Its name.</param>
/// <param name="From">The first day on which its municipalities form one register.</param>
/// <param name="Municipalities">Its municipalities.</param>
public sealed record County(
    string Code, CodeDisplay Display, DateOnly From, IReadOnlyList<CountyPart> Municipalities);

/// <summary>A municipality of a county.</summary>
/// <param name="Code">The municipality's code.</param>
/// <param name="From">The first day; the county's when null.</param>
/// <param name="Through">The last day; none when null.</param>
public sealed record CountyPart(string Code, DateOnly? From = null, DateOnly? Through = null);

/// <summary>
/// Which register a municipality's clients are in on a day: its own, that of the municipality into which it was merged,
/// or that of its county, where this installation keeps counties. The only place that says so.
/// </summary>
public sealed class Registers
{
    /// <summary><em>Kunnat</em>, as Statistics Finland numbers them; each ends when it merges into another.</summary>
    public const string MunicipalityList = "statfi:municipalities";

    /// <summary>With what a county's code begins, and no municipality's does.</summary>
    private const string CountyPrefix = "hva-";

    private readonly FrozenDictionary<string, CodeLine> _ended;
    private readonly IReadOnlyList<County> _counties;
    private readonly DateOnly[] _turns;
    private readonly OnDay?[] _spans;

    /// <param name="codes">Which municipality took the place of which.</param>
    /// <param name="counties">The counties whose municipalities form one register each.</param>
    public Registers(CodeRegister codes, params IReadOnlyList<County> counties)
    {
        _ended = (codes.Find(MunicipalityList)?.Codes ?? []).Where(line => line.ReplacedBy is not null)
            .ToFrozenDictionary(line => line.Code, StringComparer.Ordinal);
        _counties = counties;
        _turns =
        [
            .. (from county in counties
                from part in county.Municipalities
                from day in (DateOnly?[])[county.From, part.From, part.Through?.AddDays(1)]
                select day).Concat(_ended.Values.Select(line => line.ValidTo?.AddDays(1)))
                .OfType<DateOnly>().Distinct().Order(),
        ];
        _spans = new OnDay?[_turns.Length + 1];
    }

    /// <summary>Every county that is known, read once from <c>grains/Counties</c>.</summary>
    public static IReadOnlyList<County> KnownCounties { get; } = Load();

    /// <summary>Each municipality keeps its own register, as in the time of the experiment.</summary>
    public static Registers OfMunicipalities { get; } = new(CodeRegister.BuiltIn);

    /// <summary>True for the code of a county, whether it keeps a register here or not.</summary>
    public static bool IsCountyCode(string code) => code.StartsWith(CountyPrefix, StringComparison.Ordinal);

    /// <summary>The register that a municipality's clients are in; a register's code is its own.</summary>
    public string Of(string municipality, DateOnly day) =>
        At(day).RegisterOf.GetValueOrDefault(municipality, municipality);

    /// <summary>
    /// The first day since which a municipality's clients have been in the register of this day without a break. What
    /// was said of workers before it, was said of another register's: the same identifier is another person here.
    /// </summary>
    public DateOnly SinceOf(string municipality, DateOnly day)
    {
        var register = Of(municipality, day);
        for (var span = SpanOf(day); span > 0; span--)
        {
            if (In(span - 1).RegisterOf.GetValueOrDefault(municipality, municipality) != register)
            {
                return _turns[span - 1];
            }
        }
        return DateOnly.MinValue;
    }

    /// <summary>True for a code that others' clients are not kept under: a register's own.</summary>
    public bool IsOwn(string code, DateOnly day) => Of(code, day) == code;

    /// <summary>True for a code whose register is its own, and no other municipality's.</summary>
    public bool IsAlone(string code, DateOnly day) =>
        At(day) is var on && !on.RegisterOf.ContainsKey(code) && !on.Parts.ContainsKey(code);

    /// <summary>True for a county that keeps a register here on the day.</summary>
    public bool IsCounty(string code, DateOnly day) =>
        _counties.Any(county => county.Code == code && county.From <= day);

    /// <summary>
    /// The municipalities whose clients are in a register, in order, also those that have ended; of any other code,
    /// itself.
    /// </summary>
    public IReadOnlyList<string> MunicipalitiesOf(string register, DateOnly day) =>
        At(day).Parts.TryGetValue(register, out var parts) ? parts : [register];

    /// <summary>The municipality that took the place of one that has ended by a day; itself of any other.</summary>
    public string SuccessorOf(string municipality, DateOnly day)
    {
        var (now, steps) = (municipality, 0);
        // A list that leads in a circle was made by hand: it leads nowhere.
        while (_ended.TryGetValue(now, out var line) && line.ValidTo < day && steps++ < _ended.Count)
        {
            now = line.ReplacedBy!;
        }
        return now;
    }

    private OnDay At(DateOnly day) => In(SpanOf(day));

    /// <summary>How many turns lie behind on a day: between two of them nothing changes.</summary>
    private int SpanOf(DateOnly day)
    {
        var found = Array.BinarySearch(_turns, day);
        return found >= 0 ? found + 1 : ~found;
    }

    private OnDay In(int span) => _spans[span] ??= Make(span == 0 ? DateOnly.MinValue : _turns[span - 1]);

    private OnDay Make(DateOnly day)
    {
        var registers = (from county in _counties
                         where county.From <= day
                         from part in county.Municipalities
                         where (part.From ?? county.From) <= day && !(part.Through < day)
                         select (Municipality: part.Code, Register: county.Code))
            .ToDictionary(it => it.Municipality, it => it.Register, StringComparer.Ordinal);
        foreach (var ended in _ended.Keys)
        {
            if (SuccessorOf(ended, day) is var successor && successor != ended)
            {
                registers[ended] = registers.GetValueOrDefault(successor, successor);
            }
        }
        var parts = registers.GroupBy(it => it.Value, it => it.Key).ToFrozenDictionary(
            register => register.Key,
            register => register.Concat(IsCounty(register.Key, day) ? [] : [register.Key])
                .Order(StringComparer.Ordinal).ToArray());
        return new OnDay(registers.ToFrozenDictionary(StringComparer.Ordinal), parts);
    }

    private static IReadOnlyList<County> Load()
    {
        var assembly = typeof(Registers).Assembly;
        var name = assembly.GetManifestResourceNames().Single(resource =>
            resource.EndsWith(".Counties.counties.json", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<CountyFile>(stream, CodeRegister.Json)!.Counties;
    }

    private sealed record CountyFile(string Source, IReadOnlyList<County> Counties);

    private sealed record OnDay(
        FrozenDictionary<string, string> RegisterOf, FrozenDictionary<string, string[]> Parts);
}
