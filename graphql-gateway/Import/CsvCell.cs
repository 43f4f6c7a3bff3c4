using System.Globalization;
using System.Text;
using System.Text.Json;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// One cell as the value that the other form of file would have. Spreadsheets write truth values and days in the way of
/// their language; the ways of Finland are read, and whatever else a cell holds stays a text for the line's own rules.
/// </summary>
internal static class CsvCell
{
    private const string FinnishDay = "d.M.yyyy";

    /// <summary>The field of a calendar month, which is a text in the other form of file.</summary>
    private const string Month = "month";

    /// <summary>A spreadsheet shows a month as its first day, or as month and year.</summary>
    private static readonly string[] s_finnishMonths = ["1.M.yyyy", "01.M.yyyy", "M.yyyy", "M/yyyy"];

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static ReadOnlySpan<byte> NoBreakSpace => "\u00a0"u8;

    /// <summary>The cell without blanks at its ends.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> cell)
    {
        while (true)
        {
            cell = cell.Trim(Blanks);
            if (cell.StartsWith(NoBreakSpace))
            {
                cell = cell[NoBreakSpace.Length..];
            }
            else if (cell.EndsWith(NoBreakSpace))
            {
                cell = cell[..^NoBreakSpace.Length];
            }
            else
            {
                return cell;
            }
        }
    }

    /// <param name="json">Takes the value.</param>
    /// <param name="cell">A cell that is not empty.</param>
    /// <param name="name">The column's field.</param>
    /// <param name="type">What it takes.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> cell, string name, Type type)
    {
        if (type == typeof(IReadOnlyList<string>) || (type == typeof(IReadOnlyList<CodedValue>) && cell[0] != '['))
        {
            json.WriteStartArray();
            foreach (var part in cell.Split((byte)'|'))
            {
                Write(json, cell[part], name, type.GetGenericArguments()[0]);
            }
            json.WriteEndArray();
        }
        else if (type == typeof(CodedValue) && cell.LastIndexOf((byte)'#') is > 0 and var at)
        {
            json.WriteStartObject();
            json.WriteString("system", cell[..at]);
            json.WriteString("code", cell[(at + 1)..]);
            json.WriteEndObject();
        }
        else if (IsStructured(type) && !cell.IsEmpty && cell[0] is (byte)'[' or (byte)'{'
            && IsJson(cell))
        {
            json.WriteRawValue(cell, skipInputValidation: true);
        }
        else if ((type == typeof(int) || type == typeof(long)) && IsWhole(cell))
        {
            json.WriteRawValue(cell, skipInputValidation: true);
        }
        else if (type == typeof(bool) && TruthOf(cell) is { } truth)
        {
            json.WriteBooleanValue(truth);
        }
        else if (type == typeof(DateOnly) && DateOnly.TryParseExact(
            Encoding.UTF8.GetString(cell), FinnishDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else if (name == Month && DateOnly.TryParseExact(
            Encoding.UTF8.GetString(cell), s_finnishMonths, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var month))
        {
            json.WriteStringValue(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteStringValue(cell);
        }
    }

    /// <summary>Records, and lists of them: a cell holds them as the other form of file has them.</summary>
    private static bool IsStructured(Type type) => !type.IsEnum && !type.IsPrimitive && type != typeof(string)
        && type != typeof(PersonalText) && type != typeof(DateOnly);

    private static bool IsJson(ReadOnlySpan<byte> cell)
    {
        try
        {
            var reader = new Utf8JsonReader(cell);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A number as JSON writes it: nothing before the digits but a minus, and no leading zero.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> cell)
    {
        var digits = cell[0] == (byte)'-' ? cell[1..] : cell;
        return digits.Length is > 0 and < 19 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != (byte)'0' || digits.Length == 1);
    }

    /// <summary>As JSON has it, or as a spreadsheet in English, Finnish or Swedish shows it.</summary>
    private static bool? TruthOf(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell).ToUpperInvariant() switch
    {
        "TRUE" or "TOSI" or "SANT" => true,
        "FALSE" or "EPÄTOSI" or "FALSKT" => false,
        _ => null,
    };
}
