using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Calls;

/// <summary>
/// The municipalities for whose clients a caller holds a role: none, some, all, or all but some. What is not said is
/// none.
/// </summary>
[JsonConverter(typeof(ReachJson))]
public sealed class Reach : IEquatable<Reach>
{
    /// <summary>Every municipality; said, and never for a role that reads clients.</summary>
    public static readonly Reach All = new([], isAll: true, []);

    /// <summary>No municipality.</summary>
    public static readonly Reach None = new([], isAll: false, []);

    private readonly string[] _municipalities;
    private readonly string[] _others;

    private Reach(string[] municipalities, bool isAll, string[] others)
    {
        (_municipalities, IsAll, _others) = (municipalities, isAll, others);
        Name = !isAll ? string.Join(',', municipalities)
            : others.Length == 0 ? ReachJson.Every
            : $"{ReachJson.EveryBut}{string.Join(',', others)}";
    }

    /// <summary>True for every municipality, known now or later, but for those that keep the caller out.</summary>
    public bool IsAll { get; }

    /// <summary>True for more than one.</summary>
    public bool AreSeveral => IsAll || _municipalities.Length > 1;

    /// <summary>The codes in order; empty for none and for all.</summary>
    public IReadOnlyList<string> Municipalities => _municipalities;

    /// <summary>The one municipality that is held; null for none, several and all.</summary>
    public string? Only => _municipalities is [var one] ? one : null;

    /// <summary>The codes in one text, <c>*</c> for all: equal for reaches that are equal.</summary>
    public string Name { get; }

    /// <summary>These municipalities, in any order, each once.</summary>
    public static Reach Of(params IEnumerable<string> municipalities)
    {
        var codes = InOrder(municipalities);
        return codes.Length == 0 ? None : new Reach(codes, isAll: false, []);
    }

    /// <summary>
    /// These registers, and the municipalities whose clients are in them on a day. A code that is no register of its
    /// own then, as a county's municipality, reaches nothing.
    /// </summary>
    public static Reach Of(Registers registers, IEnumerable<string> codes, DateOnly day) => Of(codes
        .Where(code => registers.IsOwn(code, day))
        .SelectMany(code => registers.MunicipalitiesOf(code, day).Prepend(code)));

    /// <summary>Every municipality but these.</summary>
    public static Reach AllBut(params IEnumerable<string> municipalities)
    {
        var codes = InOrder(municipalities);
        return codes.Length == 0 ? All : new Reach([], isAll: true, codes);
    }

    public bool Holds(string municipality) => IsAll
        ? Array.IndexOf(_others, municipality) < 0
        : Array.IndexOf(_municipalities, municipality) >= 0;

    /// <summary>What both hold.</summary>
    public Reach Within(Reach other) =>
        IsAll && other.IsAll ? AllBut(_others.Concat(other._others))
        : IsAll ? Of(other._municipalities.Where(Holds))
        : Of(_municipalities.Where(other.Holds));

    public bool Equals(Reach? other) => other is not null && Name == other.Name;

    public override bool Equals(object? obj) => Equals(obj as Reach);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    private static string[] InOrder(IEnumerable<string> codes) =>
        [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>
/// A reach as messages between processes have it: a list of codes, <c>*</c> for all, or <c>*-</c> and codes for all but
/// those. What a message does not say is none. A process of an earlier version says one code as a text, and so takes
/// all but some for none.
/// </summary>
internal sealed class ReachJson : JsonConverter<Reach>
{
    public const string Every = "*";
    public const string EveryBut = "*-";

    public override Reach Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? reader.GetString()! is var text && text == Every ? Reach.All
                : text.StartsWith(EveryBut, StringComparison.Ordinal)
                    ? Reach.AllBut(text[EveryBut.Length..].Split(','))
                : Reach.Of(text)
            : Reach.Of(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, Reach value, JsonSerializerOptions options)
    {
        if (value.IsAll)
        {
            writer.WriteStringValue(value.Name);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Municipalities, options);
        }
    }
}
