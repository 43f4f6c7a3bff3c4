using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Import;

/// <summary>Reads lines strictly: nothing is guessed, and no problem repeats a value.</summary>
public static class LineJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
        Converters =
        {
            new TextFormJson(),
            new PersonalTextFormJson(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    /// <summary>A line from a JSON object; else the problem.</summary>
    public static (IImportLine? Line, Rejection? Problem) Read(ImportKind kind, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, ImportKinds.LineOf(kind), Options) is IImportLine line
                ? (line, null)
                : (null, Unreadable);
        }
        catch (JsonException fault)
        {
            return (null, ProblemOf(kind, fault));
        }
        catch (InvalidOperationException)
        {
            return (null, Unreadable); // Half a surrogate pair, which no text is.
        }
    }

    /// <summary>The fields of a kind's lines with their types, by their names in files.</summary>
    public static IReadOnlyDictionary<string, Type> FieldsOf(ImportKind kind) => ImportKinds.LineOf(kind)
        .GetProperties()
        .ToDictionary(
            property => JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    /// <summary>A line's content in one form, wherever it came from. It holds personal words: never store it.</summary>
    public static byte[] Write(IImportLine line) =>
        JsonSerializer.SerializeToUtf8Bytes(line, line.GetType(), Options);

    private static Rejection Unreadable { get; } =
        LineRules.Problem(ImportCodes.LineUnreadable, "line", "The line is no JSON object.");

    private static string FormOf(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(DateOnly) ? "a day as 2018-03-01"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(IReadOnlyList<string>) ? "a list of codes"
        : type.IsEnum
            ? $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName))}"
        : "a text";

    /// <summary>The message names known fields only: an unknown name may hold anything.</summary>
    private static Rejection ProblemOf(ImportKind kind, JsonException fault)
    {
        var name = fault.Path is ['$', '.', .. var path] ? path.Split('.', '[')[0] : "";
        return name.Length == 0 ? Unreadable
            : FieldsOf(kind).TryGetValue(name, out var type)
                ? LineRules.Problem(ImportCodes.FieldUnreadable, name, $"This field takes {FormOf(type)}.")
            : LineRules.Problem(ImportCodes.FieldUnknown, "line", "The line has a field that is not known here.");
    }
}
