namespace OsstOrleans.Grains;

/// <summary>
/// Finland's public holidays, computed for any year since 1992, when Epiphany and Ascension Day went back to their own
/// days. Midsummer Day is the Saturday between 20 and 26 June, All Saints' Day the one between 31 October and
/// 6 November (laki kirkkolain muuttamisesta; the civil holidays: laki vapunpäivän järjestämisestä 272/1944 and
/// laki itsenäisyyspäivän viettämisestä 388/1937).
/// </summary>
public static class FinnishHolidays
{
    /// <summary>True on a public holiday; an ordinary Sunday is not one.</summary>
    public static bool Contains(DateOnly day) =>
        IsFixed(day) || IsMidsummerDay(day) || IsAllSaintsDay(day) || IsOfEaster(day);

    /// <summary>
    /// True on Christmas Eve and Midsummer Eve: no holidays, but days on which no time limit ends (laki
    /// säädettyjen määräaikain laskemisesta 150/1930, 5 §).
    /// </summary>
    public static bool IsEve(DateOnly day) =>
        day is { Month: 12, Day: 24 } or { DayOfWeek: DayOfWeek.Friday, Month: 6, Day: >= 19 and <= 25 };

    /// <summary>Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of 1876).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - moon - (rest % 4)) % 7;
        var late = (golden + (11 * moon) + (22 * weekday)) / 451;
        var days = moon + weekday - (7 * late) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }

    /// <summary>New Year, Epiphany, May Day, Independence Day, Christmas Day and St Stephen's Day.</summary>
    private static bool IsFixed(DateOnly day) =>
        (day.Month, day.Day) is (1, 1) or (1, 6) or (5, 1) or (12, 6) or (12, 25) or (12, 26);

    private static bool IsMidsummerDay(DateOnly day) =>
        day is { DayOfWeek: DayOfWeek.Saturday, Month: 6, Day: >= 20 and <= 26 };

    private static bool IsAllSaintsDay(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday && (day is { Month: 10, Day: 31 } or { Month: 11, Day: <= 6 });

    /// <summary>Good Friday, Easter Sunday and Monday, Ascension Day (a Thursday) and Whit Sunday.</summary>
    private static bool IsOfEaster(DateOnly day) =>
        day.Month is >= 3 and <= 6 && day.DayNumber - EasterSunday(day.Year).DayNumber is -2 or 0 or 1 or 39 or 49;
}
