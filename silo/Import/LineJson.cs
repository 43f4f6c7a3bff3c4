using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { CommandForms.AddFields, CommandForms.LeaveOutEmpty },
        },
        Converters =
        {
            new TextFormJson(),
            new PersonalTextFormJson(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    private static readonly Dictionary<ImportKind, IReadOnlyDictionary<string, Type>> s_fields =
        ImportKinds.All.ToDictionary(kind => kind, kind => PropertiesOf(ImportKinds.LineOf(kind)));

    /// <summary>A line from a JSON object; else the problem.</summary>
    public static (IImportLine? Line, Rejection? Problem) Read(ImportKind kind, ReadOnlySpan<byte> utf8)
    {
        try
        {
            if (NullIn(kind, utf8) is { } empty)
            {
                return (null, empty);
            }
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
    public static IReadOnlyDictionary<string, Type> FieldsOf(ImportKind kind) => s_fields[kind];

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
        : type == typeof(CodedValue) ? "a code with its system"
        : type.IsEnum
            ? $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName))}"
        : ElementOf(type) is not null ? "a list of records, none of them null"
        : IsRecord(type) ? "a record with all that it needs"
        : "a text";

    /// <summary>The message names known fields only: an unknown name may hold anything.</summary>
    private static Rejection ProblemOf(ImportKind kind, JsonException fault)
    {
        string[] path = fault.Path is ['$', '.', .. var given] ? given.Split('.') : [];
        var (known, fields, type) = (new List<string>(), FieldsOf(kind), default(Type));
        foreach (var part in path)
        {
            var name = part.Split('[')[0];
            if (!fields.TryGetValue(name, out type))
            {
                return LineRules.Problem(
                    ImportCodes.FieldUnknown, known.Count == 0 ? "line" : string.Join('.', known),
                    "The line has a field that is not known here.");
            }
            known.Add(part);
            type = part.EndsWith(']') ? ElementOf(type) ?? type : type;
            fields = IsRecord(type) ? PropertiesOf(type) : new Dictionary<string, Type>();
        }
        return type is null
            ? Unreadable
            : LineRules.Problem(
                ImportCodes.FieldUnreadable, string.Join('.', known), $"This field takes {FormOf(type)}.");
    }

    /// <summary>A list has no places without a value; types say so, and what reads JSON does not look.</summary>
    private static Rejection? NullIn(ImportKind kind, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.Contains((byte)'['))
        {
            return null;
        }
        var reader = new Utf8JsonReader(utf8);
        var (field, lists) = ("", new Stack<bool>());
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when lists.Count == 1:
                    field = reader.GetString()!;
                    break;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType is JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var isList) && isList
                    && FieldsOf(kind).TryGetValue(field, out var type):
                    return LineRules.Problem(ImportCodes.FieldUnreadable, field, $"This field takes {FormOf(type)}.");
                default:
                    break;
            }
        }
        return null;
    }

    /// <summary>True for a record of the domain that has fields of its own.</summary>
    internal static bool IsRecord(Type type) =>
        !type.IsEnum && type != typeof(PersonalText) && type.Assembly == typeof(ICommand).Assembly;

    /// <summary>What a list holds; null for what is no list.</summary>
    internal static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>The fields of a line, or of a record within one.</summary>
    internal static IReadOnlyDictionary<string, Type> PropertiesOf(Type type) =>
        Options.GetTypeInfo(type).Properties.Where(property => property.Get is not null).ToDictionary(
            property => property.Name,
            property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
}
