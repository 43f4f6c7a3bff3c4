using System.Globalization;

namespace OsstOrleans.Grains;

/// <summary>A calendar month, written <c>yyyy-MM</c>. The months of a benefit are whole calendar months.</summary>
/// <param name="Year">The year, 1-9999.</param>
/// <param name="Number">The month of the year, 1-12.</param>
public readonly record struct CalendarMonth(int Year, int Number)
{
    /// <summary>Months since January of the year 0: differences are numbers of months.</summary>
    public int Ordinal => (Year * 12) + Number - 1;

    /// <summary>The month's first day.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    public static CalendarMonth Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads <c>yyyy-MM</c>; anything else is refused.</summary>
    public static bool TryParse(string? text, out CalendarMonth month)
    {
        var read = DateOnly.TryParseExact(
            text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var firstDay);
        month = read ? Of(firstDay) : default;
        return read;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");
}
