using System.Text.Json;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage;

/// <summary>Notes whose value is JSON. The names in it are stored, so they may only grow.</summary>
internal static class NoteJson
{
    /// <summary>A row with a value.</summary>
    public static NoteRow Row<T>(string shelf, string key, T value) =>
        new(shelf, key, JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    /// <summary>The value of a row.</summary>
    /// <exception cref="StoreFault">The row is damaged.</exception>
    public static T Read<T>(in NoteRow row)
        where T : class =>
        TryRead<T>(row) ?? throw StoreFault.Damaged($"The note {row.Shelf}/{row.Key}");

    /// <summary>The value of a row; null when it is damaged.</summary>
    public static T? TryRead<T>(in NoteRow row)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Value.Span, JsonSerializerOptions.Web);
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            return null;
        }
    }
}
