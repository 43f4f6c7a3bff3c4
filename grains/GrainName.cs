using System.Buffers;

namespace OsstOrleans.Grains;

/// <summary>The kinds of virtual actors. The numbers are stored: they may only grow.</summary>
public enum GrainKind : byte
{
    Client = 1,
    Municipality = 2,
    DropInCentre = 3,
    Programme = 4,
    ExternalId = 5,
    Receiver = 6,
}

/// <summary>
/// The identity of one grain, written <c>kind/key</c>, e.g. <c>municipality/837</c>. It is also the name of the
/// grain's stream in the event log. A client's key is a random internal id, never a personal identity code.
/// </summary>
public readonly record struct GrainName(GrainKind Kind, string Key)
{
    private static readonly GrainKind[] Kinds = Enum.GetValues<GrainKind>();

    private static readonly SearchValues<char> KeyLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Longest accepted key; keys are indexed on disk.</summary>
    public const int MaxKeyLength = 64;

    public static GrainName Client(string key) => new(GrainKind.Client, key);

    public static GrainName Municipality(string code) => new(GrainKind.Municipality, code);

    public static GrainName DropInCentre(string key) => new(GrainKind.DropInCentre, key);

    public static GrainName Programme(string key) => new(GrainKind.Programme, key);

    /// <param name="hash">A keyed hash of system and identifier, never the identifier itself.</param>
    public static GrainName ExternalId(string hash) => new(GrainKind.ExternalId, hash);

    public static GrainName Receiver(string key) => new(GrainKind.Receiver, key);

    /// <summary>True when a key is 1-64 characters of letters a-z, digits, <c>-</c> or <c>_</c>.</summary>
    public static bool IsValidKey(string? key) =>
        key is { Length: > 0 and <= MaxKeyLength } && !key.AsSpan().ContainsAnyExcept(KeyLetters);

    public static bool TryParse(string text, out GrainName id)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && KindOf(text[..slash]) is { } kind && IsValidKey(text[(slash + 1)..]))
        {
            id = new GrainName(kind, text[(slash + 1)..]);
            return true;
        }
        id = default;
        return false;
    }

    public override string ToString() => $"{NameOf(Kind)}/{Key}";

    /// <summary>A kind as written in names of streams.</summary>
    public static string NameOf(GrainKind kind) => kind switch
    {
        GrainKind.Client => "client",
        GrainKind.Municipality => "municipality",
        GrainKind.DropInCentre => "drop-in-centre",
        GrainKind.Programme => "programme",
        GrainKind.ExternalId => "external-id",
        GrainKind.Receiver => "receiver",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static GrainKind? KindOf(string name)
    {
        foreach (var kind in Kinds)
        {
            if (NameOf(kind) == name)
            {
                return kind;
            }
        }
        return null;
    }
}
