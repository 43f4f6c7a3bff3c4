using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// Places in a list as opaque text: numbers of the list's own order, so a cursor stays right whatever comes or goes.
/// </summary>
internal static class Cursors
{
    private const int MaxLength = 128;

    /// <param name="list">Which list's order it is; keeps cursors of different lists apart.</param>
    /// <param name="place">The place, as numbers of that order.</param>
    public static string Write(string list, params ReadOnlySpan<long> place)
    {
        var text = new StringBuilder(list);
        foreach (var number in place)
        {
            text.Append(CultureInfo.InvariantCulture, $":{number}");
        }
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>The place that an argument gives; null when it is not given.</summary>
    /// <exception cref="FieldFault">It is no place of this list.</exception>
    public static IReadOnlyList<long>? Asked(FieldCall call, string argument, string list, int numbers) =>
        call.Arguments.GetOrDefault<string>(argument) is { } cursor
            ? Read(list, cursor, numbers) ?? throw OfNoList(argument)
            : null;

    public static FieldFault OfNoList(string argument) =>
        CaseloadResolvers.BadInput(argument, "The cursor is not one of this list.");

    /// <summary>The numbers of a place; null when the text is no cursor of this list.</summary>
    public static IReadOnlyList<long>? Read(string list, string cursor, int numbers)
    {
        var bytes = new byte[MaxLength];
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor)
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            || Encoding.ASCII.GetString(bytes, 0, length).Split(':') is not [var name, .. var parts]
            || name != list || parts.Length != numbers)
        {
            return null;
        }
        var place = new long[numbers];
        for (var i = 0; i < numbers; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out place[i]))
            {
                return null;
            }
        }
        return place;
    }
}
