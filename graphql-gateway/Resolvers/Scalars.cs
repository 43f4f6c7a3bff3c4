using System.Globalization;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>JSON text that is written into an answer as it is.</summary>
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);

/// <summary>The schema's custom scalars.</summary>
internal static class Scalars
{
    private const string DateForm = "yyyy-MM-dd";
    private const string MonthForm = "yyyy-MM";

    /// <summary>JSON numbers are exact in every client up to this one.</summary>
    private const long LargestExact = (1L << 53) - 1;

    public static ResolverMap AddScalars(this ResolverMap map) => map
        .Scalar<DateOnly>("Date", "a day such as 2018-05-01", (day, json) => json.Quoted(day, DateForm), TryReadDate)
        .Scalar<DateTimeOffset>(
            "DateTime", "an instant such as 2018-05-01T09:30:00Z",
            (instant, json) => json.Quoted(instant.UtcDateTime, "yyyy-MM-ddTHH:mm:ss.fffZ"), TryReadInstant)
        .Scalar<string>("Month", "a month such as 2018-05", (month, json) => json.Text(month), TryReadMonth)
        .Scalar<long>("Long", "a whole number of at most 53 bits", (number, json) => json.Number(number), TryReadLong)
        .Scalar<Guid>("UUID", "a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e",
            (id, json) => json.Quoted(id), TryReadGuid)
        .Scalar<RawJson>("JSON", "nothing: this scalar is for answers only", (raw, json) => json.Raw(raw.Utf8.Span),
            (object _, out RawJson value) => { value = default; return false; })
        .Scalar<PersonalText>("PersonalText", "a text", WritePersonal, TryReadPersonal, isPersonal: true);

    private static bool TryReadDate(object raw, out DateOnly day)
    {
        day = default;
        return raw is string text
            && DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static bool TryReadInstant(object raw, out DateTimeOffset instant)
    {
        instant = default;
        return raw is string text && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    private static bool TryReadMonth(object raw, out string month)
    {
        month = raw as string ?? "";
        return DateOnly.TryParseExact(month, MonthForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static bool TryReadLong(object raw, out long number)
    {
        number = raw switch
        {
            int small => small,
            long large => large,
            double real when Math.Floor(real) == real && Math.Abs(real) <= LargestExact => (long)real,
            _ => long.MinValue,
        };
        return number is >= -LargestExact and <= LargestExact;
    }

    private static bool TryReadGuid(object raw, out Guid id)
    {
        id = default;
        return raw is string text && Guid.TryParseExact(text, "D", out id);
    }

    private static void WritePersonal(PersonalText text, JsonSink json)
    {
        if (text.Reveal() is { } words)
        {
            json.Text(words);
        }
        else
        {
            json.Null();
        }
    }

    private static bool TryReadPersonal(object raw, out PersonalText text)
    {
        text = new PersonalText(raw as string);
        return raw is string;
    }
}
