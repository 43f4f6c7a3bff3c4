using System.Globalization;
using System.Security;
using System.Text;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>
/// Lines, marks and words of a drawing. A page and a file have the same; the style of each knows the classes. Words in
/// it do not grow with the screen, so each drawing is made twice: wide, and for a phone.
/// </summary>
/// <param name="isNarrow">True for a phone.</param>
public sealed class Sketch(bool isNarrow)
{
    /// <summary>Height of a line of words.</summary>
    public const double LineHeight = 19;

    /// <summary>Mean breadth of a letter; a little too much, so that words end before others begin.</summary>
    private const double LetterWidth = 7.9;

    private const double Radius = 5;

    private readonly StringBuilder _svg = new();

    public bool IsNarrow => isNarrow;

    /// <summary>In units of the drawing; a letter is 15 high.</summary>
    public double Width => isNarrow ? 340 : 860;

    public double Height { get; set; }

    /// <summary>What stands within <c>svg</c>.</summary>
    public string Markup => _svg.ToString();

    /// <summary>Lines of words that fit into a breadth.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width)
    {
        var most = Math.Max(8, (int)(width / LetterWidth));
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > most)
            {
                lines.Add("");
            }
            lines[^1] += lines[^1].Length == 0 ? word : " " + word;
        }
        return lines;
    }

    /// <summary>A line of words whose base is at y.</summary>
    public void Words(double x, double y, string text, string css = "", string anchor = "start") => _svg.Append(
        $"<text class=\"{css}\" x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\">{Xml(text)}</text>");

    /// <summary>Lines of words one below the other; the base after the last one.</summary>
    public double Words(double x, double y, IEnumerable<string> lines, string css = "")
    {
        foreach (var line in lines)
        {
            Words(x, y, line, css);
            y += LineHeight;
        }
        return y;
    }

    public void Path(string path, string css) => _svg.Append($"<path class=\"{css}\" d=\"{path}\"/>");

    public void Line(double x, double y, double toX, double toY, string css) =>
        Path($"M{N(x)} {N(y)}L{N(toX)} {N(toY)}", css);

    public void Box(double x, double y, double width, double height, string css) => _svg.Append(
        $"<rect class=\"{css}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"/>");

    /// <summary>The mark of an arm: its shape, which does not need its colour.</summary>
    public void Mark(Arm? arm, double x, double y)
    {
        switch (arm?.Code)
        {
            case "EMPLOYMENT_ONLY":
                Box(x - Radius, y - Radius, 2 * Radius, 2 * Radius, "point");
                break;
            case "NEITHER":
                Path($"M{N(x)} {N(y - Radius - 1)}L{N(x + Radius + 1)} {N(y + Radius)}H{N(x - Radius - 1)}Z", "point");
                break;
            default:
                _svg.Append($"<circle class=\"point\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(Radius)}\"/>");
                break;
        }
    }

    /// <summary>What is drawn by the action has the colour and the line of an arm.</summary>
    public void Of(Arm? arm, Action draw) => Of((arm ?? Arm.All[0]).Css, draw);

    /// <summary>What is drawn by the action is of a class.</summary>
    public void Of(string css, Action draw)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{css}\">");
        draw();
        _svg.Append("</g>");
    }

    /// <summary>A number as drawings write it.</summary>
    public static string N(double value) => Charts.Line.Number(value);

    private static string Xml(string text) => SecurityElement.Escape(text);
}
