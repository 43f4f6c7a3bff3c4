using System.Globalization;

namespace OsstOrleans.Dashboard.Words;

/// <summary>
/// A language of the dashboard: its words, and how it writes numbers and days. The formats stand here and not in the
/// machine's culture data: every process writes alike, and none needs ICU.
/// </summary>
public sealed class Language
{
    /// <summary>All languages; the first is the one for a viewer whose languages are not known.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("en", "English", new NumberSigns('\u00a0', '.', "%"), "d MMM yyyy"),
        new("fi", "Suomi", new NumberSigns('\u00a0', ',', "\u00a0%"), "d.M.yyyy"),
        new("sv", "Svenska", new NumberSigns('\u00a0', ',', "\u00a0%"), "d.M.yyyy"),
    ];

    private readonly NumberFormatInfo _numbers;
    private readonly string _percent;

    private Language(string code, string name, NumberSigns signs, string day)
    {
        (Code, Name, DayFormat, _percent) = (code, name, day, signs.Percent);
        Texts = TextFile.Read(code);
        _numbers = new NumberFormatInfo
        {
            NumberGroupSeparator = signs.Group.ToString(),
            NumberDecimalSeparator = signs.Point.ToString(),
            NegativeSign = "\u2212",
        };
    }

    /// <summary>The code of ISO 639-1, for <c>lang</c>.</summary>
    public string Code { get; }

    /// <summary>Its own name.</summary>
    public string Name { get; }

    /// <summary>Every text by its key.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    private string DayFormat { get; }

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text; a test keeps this from happening.</exception>
    public string this[string key] => Texts[key];

    /// <summary>The language of that code; null when there is none.</summary>
    public static Language? Find(string? code) => All.FirstOrDefault(one => one.Code == code);

    /// <summary>The first of a browser's languages (<c>Accept-Language</c>) that there is.</summary>
    public static Language Preferred(string? accepted) => (accepted ?? "").Split(',')
        .Select(part => part.Split(';')[0].Trim().Split('-')[0].ToUpperInvariant())
        .Select(code => All.FirstOrDefault(one => one.Code.Equals(code, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(found => found is not null) ?? All[0];

    /// <summary>The text of a key with its places <c>{name}</c> filled.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var text = Texts[key];
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", Shown(value), StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>The text of a code of the contract, as <c>status.IN_PLAN</c>.</summary>
    public string Of(string group, string code) => Texts[$"{group}.{code}"];

    /// <summary>The text for a number of things: <c>key.one</c> or <c>key.many</c>, where <c>{n}</c> is the number.
    /// </summary>
    public string Count(string key, long count, params ReadOnlySpan<(string Name, object Value)> values) =>
        Say($"{key}.{(count == 1 ? "one" : "many")}", [("n", count), .. values]);

    public string Number(long value) => value.ToString("N0", _numbers);

    public string Number(double value, int decimals) =>
        value.ToString($"N{decimals.ToString(CultureInfo.InvariantCulture)}", _numbers);

    /// <summary>A share from 0 to 1.</summary>
    public string Percent(double share) => Number(share * 100, 0) + _percent;

    public string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>An instant by the clock of Finland.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, FinnishClock.Zone);
        var minutes = local.ToString(Texts["format.minutes"], CultureInfo.InvariantCulture);
        return Say("format.instant", ("day", DateOnly.FromDateTime(local.DateTime)), ("minutes", minutes));
    }

    private string Shown(object value) => value switch
    {
        string text => text,
        int number => Number(number),
        long number => Number(number),
        DateOnly day => Day(day),
        DateTimeOffset instant => Instant(instant),
        _ => throw new ArgumentException($"Nothing says how to write a {value.GetType().Name}.", nameof(value)),
    };

    private readonly record struct NumberSigns(char Group, char Point, string Percent);
}
