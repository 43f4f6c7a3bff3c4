using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>The stored form of events and snapshots: coded JSON in clear, personal words sealed beside it.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new PersonalTextConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    /// <param name="value">What is stored.</param>
    /// <param name="sealing">What seals the words; asked only if there are some. Null where there are none.</param>
    /// <param name="place">Where the words are bound to: stream, version and kind.</param>
    /// <exception cref="InvalidOperationException">Personal words, and no client whose key could seal them.</exception>
    public static (byte[] Coded, byte[] Sealed) Write(object value, Func<Sealing?>? sealing, Place place)
    {
        var words = new List<string>();
        PersonalTextConverter.Use(words, place.IsSnapshot);
        try
        {
            var coded = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);
            return (coded, Seal(words, sealing, place));
        }
        finally
        {
            PersonalTextConverter.Use(null);
        }
    }

    public static object Read(
        Type type, ReadOnlyMemory<byte> coded, ReadOnlyMemory<byte> sealedPart, ClientCipher? cipher, Place place)
    {
        PersonalTextConverter.Use(Open(sealedPart, cipher, place));
        try
        {
            return JsonSerializer.Deserialize(coded.Span, type, Options)
                ?? throw new JsonException($"A stored {type.Name} is null.");
        }
        finally
        {
            PersonalTextConverter.Use(null);
        }
    }

    /// <summary>The coded JSON and the words in clear: for comparing in memory, never for storing.</summary>
    public static string Plain(object value)
    {
        var words = new List<string>();
        PersonalTextConverter.Use(words);
        try
        {
            return JsonSerializer.Serialize(value, value.GetType(), Options) + string.Join('\0', words);
        }
        finally
        {
            PersonalTextConverter.Use(null);
        }
    }

    private static byte[] Seal(List<string> words, Func<Sealing?>? sealing, Place place)
    {
        if (words.Count == 0)
        {
            return [];
        }
        if (sealing?.Invoke() is not var (cipher, form))
        {
            throw new InvalidOperationException("Personal text outside a client's stream cannot be sealed.");
        }
        return cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(words), place.ToString(), form.Span);
    }

    private static List<string>? Open(ReadOnlyMemory<byte> sealedPart, ClientCipher? cipher, Place place) =>
        sealedPart.IsEmpty || cipher is null
            ? null
            : JsonSerializer.Deserialize<List<string>>(cipher.Open(sealedPart.Span, place.ToString()));
}

/// <summary>Where a sealed part belongs: a sealed part moved elsewhere does not open.</summary>
internal readonly record struct Place(GrainName Grain, long Version, bool IsSnapshot)
{
    public override string ToString() => IsSnapshot ? $"{Grain}@{Version}/snapshot" : $"{Grain}@{Version}";
}
