using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Calls;

/// <summary>
/// The municipalities for whose clients a caller holds a role: none, some, or all. What is not said is none.
/// </summary>
[JsonConverter(typeof(ReachJson))]
public sealed class Reach : IEquatable<Reach>
{
    /// <summary>Every municipality; said, and never for a role that reads clients.</summary>
    public static readonly Reach All = new([], isAll: true);

    /// <summary>No municipality.</summary>
    public static readonly Reach None = new([], isAll: false);

    private readonly string[] _municipalities;

    private Reach(string[] municipalities, bool isAll)
    {
        (_municipalities, IsAll) = (municipalities, isAll);
        Name = isAll ? ReachJson.Every : string.Join(',', municipalities);
    }

    /// <summary>True for every municipality, known now or later.</summary>
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
        string[] codes = [.. municipalities.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return codes.Length == 0 ? None : new Reach(codes, isAll: false);
    }

    public bool Holds(string municipality) => IsAll || Array.IndexOf(_municipalities, municipality) >= 0;

    /// <summary>What both hold.</summary>
    public Reach Within(Reach other) =>
        other.IsAll ? this : IsAll ? other : Of(_municipalities.Where(other.Holds));

    public bool Equals(Reach? other) => other is not null && Name == other.Name;

    public override bool Equals(object? obj) => Equals(obj as Reach);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>
/// A reach as messages between processes have it: a list of codes, or <c>*</c> for all. What a message does not say is
/// none. A process of an earlier version says one code as a text.
/// </summary>
internal sealed class ReachJson : JsonConverter<Reach>
{
    public const string Every = "*";

    public override Reach Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? reader.GetString() is Every ? Reach.All : Reach.Of(reader.GetString()!)
            : Reach.Of(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, Reach value, JsonSerializerOptions options)
    {
        if (value.IsAll)
        {
            writer.WriteStringValue(Every);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Municipalities, options);
        }
    }
}
