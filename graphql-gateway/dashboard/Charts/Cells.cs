using System.Globalization;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>Cells of what a sheet holds: never blank for people, and plain for programs.</summary>
public static class Cells
{
    public static Cell Of(string text, string? code = null) => new(text, code ?? text);

    public static Cell Of(Figure figure, Language words) =>
        new(FigureWords.Of(figure, words), figure.HasValue ? Plain(figure.Value) : "");

    /// <summary>A share from 0 to 1.</summary>
    public static Cell Share(double? share, Language words) =>
        share is { } value ? new(words.Percent(value), Plain(value)) : None(words);

    /// <summary>A difference of two shares, in percentage points for people.</summary>
    public static Cell Points(double? difference, Language words) => difference is { } value
        ? new(words.Say("unit.points", ("n", words.Number(value * 100, 1))), Plain(value))
        : None(words);

    /// <summary>A small share or a difference of two, of a thousand for people.</summary>
    public static Cell Thousandths(double? share, Language words) => share is { } value
        ? new(words.Say("unit.thousandths", ("n", words.Number(value * 1000, 1))), Plain(value))
        : None(words);

    public static Cell Number(double? number, int decimals, Language words) =>
        number is { } value ? new(words.Number(value, decimals), Plain(value)) : None(words);

    public static Cell Number(long? number, Language words) =>
        number is { } value ? new(words.Number(value), Plain(value)) : None(words);

    private static Cell None(Language words) => new(words["figure.none"], "");

    private static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
