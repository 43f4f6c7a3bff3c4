using System.Globalization;
using System.Security;
using System.Text;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>A picture as a file of its own: an SVG that needs no page, and the figures as CSV.</summary>
public static class Drawing
{
    private const int Width = 960;
    private const int RowHeight = 34;
    private const int Labels = 380;

    private const string Style =
        "text{font:15px system-ui,sans-serif;fill:#16202b}.t{font-size:20px;font-weight:600}.s{fill:#4d5b68}"
        + ".b{fill:#0072b2}.m{fill:#b35900}.h{fill:url(#h)}.l{stroke:#d5dde5}";

    /// <summary>How wide a bar is that is not shown.</summary>
    private const double Withheld = 60;

    private const string Hatch =
        "<defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        + "patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"#6b7884\" stroke-width=\"2\"/></pattern></defs>";

    /// <summary>
    /// Rows of RFC 4180: code, label, figure, what is known of it, and where it is from. A figure that is not shown is
    /// empty.
    /// </summary>
    public static string Csv(Picture picture, FileOrigin origin)
    {
        var from = string.Join(',', origin.Cells.Select(Cell));
        var text = new StringBuilder("code,label,value,state,").Append(FileOrigin.Names).Append("\r\n");
        foreach (var row in picture.Rows)
        {
            var value = row.Figure.HasValue ? row.Figure.Value.ToString(CultureInfo.InvariantCulture) : "";
            text.Append(string.Join(',', Cell(row.Code), Cell(row.Label), value, row.Figure.State, from))
                .Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>The drawing with title, sentence and where it is from.</summary>
    /// <param name="picture">What is drawn.</param>
    /// <param name="words">The viewer's language.</param>
    /// <param name="source">How much of the log it has seen, in words.</param>
    public static string Svg(Picture picture, Language words, string source)
    {
        var body = picture.IsTimeLine ? ColumnsOf(picture, words) : BarsOf(picture, words);
        var height = 110 + body.Height + 40;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}">
            <style>{Style}</style>{Hatch}<rect width="100%" height="100%" fill="#fff"/>
            <text class="t" x="16" y="36">{Xml(picture.Title)}</text>
            <text class="s" x="16" y="64">{Xml(picture.Sentence)}</text>
            <g transform="translate(0 90)">{body.Svg}</g>
            <text class="s" x="16" y="{height - 16}">{Xml(source)}</text>
            </svg>
            """);
    }

    private static (string Svg, int Height) BarsOf(Picture picture, Language words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < picture.Rows.Count; i++)
        {
            var (row, y) = (picture.Rows[i], i * RowHeight);
            var share = (double)row.Figure.Value / Math.Max(1, picture.Most);
            var width = row.Figure.HasValue ? share * (Width - Labels - 180) : Withheld;
            text.Append(Words(16, y + 21, row.Label))
                .Append(Rect(row.Figure.HasValue ? "b" : "h", Labels, y + 6, width, 20))
                .Append(Words(Labels + width + 10, y + 21, FigureWords.Of(row.Figure, words)));
        }
        return (text.ToString(), picture.Rows.Count * RowHeight);
    }

    private static (string Svg, int Height) ColumnsOf(Picture picture, Language words)
    {
        var columns = new Columns(picture.Rows.Count, picture.Most);
        var text = new StringBuilder();
        foreach (var (value, y) in columns.Marks)
        {
            var mark = $"<path class=\"l\" d=\"M{Shown(Columns.Start)} {Shown(y)}H{Shown(Columns.Width)}\"/>";
            text.Append(mark)
                .Append(Words(Columns.Start - 6, y + 5, words.Number(value), "end"));
        }
        for (var i = 0; i < picture.Rows.Count; i++)
        {
            var figure = picture.Rows[i].Figure;
            if (figure is { HasValue: false, State: not FigureState.Withheld })
            {
                continue; // What was not counted is a gap: a bar would be a figure.
            }
            var y = figure.HasValue ? columns.Y(figure.Value) : columns.Y(0) - 40;
            var kind = !figure.HasValue ? "h" : picture.Marked == i ? "m" : "b";
            text.Append(Rect(kind, columns.X(i), y, columns.Breadth, Columns.Base - y));
        }
        text.Append(Words(Columns.Start, Columns.Height - 6, picture.Rows[0].Label))
            .Append(Words(Columns.Width, Columns.Height - 6, picture.Rows[^1].Label, "end"));
        return (text.ToString(), Columns.Height);
    }

    private static string Rect(string kind, double x, double y, double width, double height) =>
        $"<rect class=\"{kind}\" x=\"{Shown(x)}\" y=\"{Shown(y)}\" "
        + $"width=\"{Shown(width)}\" height=\"{Shown(height)}\"/>";

    private static string Words(double x, double y, string text, string anchor = "start") =>
        $"<text x=\"{Shown(x)}\" y=\"{Shown(y)}\" text-anchor=\"{anchor}\">{Xml(text)}</text>";

    private static string Shown(double value) => Charts.Line.Number(value);

    private static string Xml(string text) => SecurityElement.Escape(text);

    /// <summary>
    /// A cell that begins like a formula is written so that no spreadsheet runs it. A number runs nothing, and stays a
    /// number for who reads it.
    /// </summary>
    internal static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@', ..] && !IsNumber(text) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static bool IsNumber(string text) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
