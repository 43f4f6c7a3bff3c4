using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Settings;

/// <summary>
/// Reads settings: a JSON object of sections, <c>{"graphql": {"maxDepth": 20}, "http": {"executionTime": 5}}</c>. What
/// it leaves out keeps its default; an unknown name is refused.
/// </summary>
internal sealed class SettingsFile
{
    private readonly string _path;

    private SettingsFile(string path) => _path = path;

    /// <exception cref="StoreRefusal">The file is unusable; the sentence names the field.</exception>
    public static GatewaySettings Read(string path)
    {
        var file = new SettingsFile(path);
        try
        {
            using var text = File.OpenRead(path);
            using var json = JsonDocument.Parse(text); // A stream may begin with a byte order mark, bytes may not.
            return file.Read(json.RootElement);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The settings file {path} cannot be read.");
        }
        catch (JsonException fault)
        {
            throw new StoreRefusal($"The settings file {path} is no JSON: line {fault.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new StoreRefusal($"The settings file {path} holds text that is not valid Unicode.");
        }
    }

    /// <summary>The sections, by their names in the file.</summary>
    public static IEnumerable<PropertyInfo> Sections => typeof(GatewaySettings).GetProperties();

    /// <summary>The settings of a section.</summary>
    public static IEnumerable<PropertyInfo> SettingsOf(PropertyInfo section) => section.PropertyType.GetProperties();

    public static string NameOf(PropertyInfo section) => section.Name.ToLowerInvariant();

    public static string NameOf(PropertyInfo section, PropertyInfo setting) =>
        $"{NameOf(section)}.{JsonNamingPolicy.CamelCase.ConvertName(setting.Name)}";

    private GatewaySettings Read(JsonElement root)
    {
        var settings = new GatewaySettings();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in Fields(root, "The settings"))
        {
            var section = Sections.FirstOrDefault(s => NameOf(s) == given.Name)
                ?? throw Fault($"there is no section \"{given.Name}\".");
            foreach (var entry in Fields(given.Value, $"\"{given.Name}\""))
            {
                var name = $"{given.Name}.{entry.Name}";
                var setting = SettingsOf(section).FirstOrDefault(s => NameOf(section, s) == name)
                    ?? throw Fault($"there is no setting {name}.");
                if (!seen.Add(name))
                {
                    throw Fault($"{name} stands there twice.");
                }
                // Both are records that are not handed out yet: their init-only properties may still be set.
                setting.SetValue(section.GetValue(settings), Value(name, setting, entry.Value));
            }
        }
        return settings;
    }

    private JsonElement.ObjectEnumerator Fields(JsonElement json, string what) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : throw Fault($"{what} is no JSON object.");

    private object Value(string name, PropertyInfo setting, JsonElement json)
    {
        if (setting.PropertyType == typeof(IReadOnlyList<IssuerSettings>))
        {
            return IssuerReader.Read(name, json, Fault);
        }
        if (setting.IsDefined(typeof(AddressAttribute)))
        {
            return json.ValueKind == JsonValueKind.String
                && Uri.TryCreate(json.GetString(), UriKind.Absolute, out var address)
                && address is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" }
                ? json.GetString()!
                : throw Fault($"{name} takes an address as https://osst.example.fi.");
        }
        if (setting.PropertyType == typeof(string))
        {
            return json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } path
                ? path
                : throw Fault($"{name} takes the path of a file.");
        }
        if (setting.PropertyType == typeof(IReadOnlyList<int>))
        {
            return Days(name, json);
        }
        if (setting.PropertyType == typeof(IReadOnlyList<Role>))
        {
            return Each(name, json, $"a list of roles ({string.Join(", ", RoleNames.All)})", RoleOf);
        }
        if (setting.IsDefined(typeof(CountiesAttribute)))
        {
            var counties = Each(name, json, "a list of counties (hva-08), or all alone", CountyOf);
            return counties is [KeptRegisters.All] || !counties.Contains(KeptRegisters.All) ? counties
                : throw Fault($"{name} takes all alone.");
        }
        if (setting.IsDefined(typeof(OriginsAttribute)))
        {
            return Each(name, json, "a list of origins (https://host, nothing behind it)", OriginOf);
        }
        var range = setting.GetCustomAttribute<RangeAttribute>()
            ?? throw new NotSupportedException($"Nothing says how {name} is read.");
        var isTime = setting.PropertyType == typeof(TimeSpan);
        var fits = json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number)
            && number >= Bound(range.Minimum) && number <= Bound(range.Maximum)
            && (isTime || number == Math.Floor(number));
        return !fits ? throw Fault($"{name} takes {Range(range, isTime)}, not {Shown(json)}.")
            : isTime ? TimeSpan.FromSeconds(json.GetDouble())
            : (int)json.GetDouble();
    }

    /// <summary>The entries of a list, each of which <paramref name="read"/> understands.</summary>
    private List<T> Each<T>(string name, JsonElement json, string what, Func<string, (bool Fits, T Value)> read)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Fault($"{name} takes {what}.");
        }
        var entries = new List<T>();
        foreach (var item in json.EnumerateArray())
        {
            var (fits, value) = item.ValueKind == JsonValueKind.String ? read(item.GetString()!) : default;
            entries.Add(fits ? value : throw Fault($"{name} takes {what}, not {Shown(item)}."));
        }
        return entries;
    }

    private List<int> Days(string name, JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var day) && day is >= 1 and <= 31)
            ? [.. json.EnumerateArray().Select(item => item.GetInt32())]
            : throw Fault($"{name} takes a list of days of the month (1 to 31).");

    private static (bool Fits, string Value) CountyOf(string text) =>
        (text == KeptRegisters.All || KeptRegisters.Known.Contains(text), text);

    private static (bool Fits, Role Value) RoleOf(string text) => (RoleNames.TryParse(text, out var role), role);

    /// <summary>Browsers compare origins with nothing behind the host and port, so one with more would never fit.
    /// </summary>
    private static (bool Fits, string Value) OriginOf(string text) =>
        (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0, text);

    /// <summary>What a setting may be; both ends are allowed, times are in seconds.</summary>
    private static string Range(RangeAttribute range, bool isTime) => string.Create(
        CultureInfo.InvariantCulture,
        $"a {(isTime ? "number of seconds" : "whole number")} from {range.Minimum} to {range.Maximum}");

    private static double Bound(object end) => end is int whole ? whole : (double)end;

    private static string Shown(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= 40 && !text.Contains('\n', StringComparison.Ordinal) ? text : "that";
    }

    private StoreRefusal Fault(string what) => new($"The settings file {_path}: {what}");
}
