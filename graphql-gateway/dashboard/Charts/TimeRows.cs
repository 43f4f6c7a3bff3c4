using System.Globalization;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>Something that holds from a day on.</summary>
/// <param name="Day">The day.</param>
/// <param name="Text">What and by whom: a shape alone says nothing.</param>
/// <param name="Css">Its class.</param>
public sealed record TimeMark(DateOnly Day, string Text, string Css);

/// <summary>Days on a time line, in a row for each thing they are about.</summary>
/// <param name="Rows">From above.</param>
/// <param name="From">The first day that is drawn.</param>
/// <param name="Through">The last one.</param>
public sealed record TimeRows(
    IReadOnlyList<(string Label, IReadOnlyList<TimeMark> Marks)> Rows, DateOnly From, DateOnly Through) : IDrawing
{
    private const double Top = 24;
    private const double Margin = 12;

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var y = Top;
        foreach (var (label, marks) in Rows)
        {
            y = sketch.Words(0, y + Sketch.LineHeight, Sketch.Wrap(label, sketch.Width), "strong");
            foreach (var mark in marks)
            {
                y = Draw(sketch, mark, y);
            }
            sketch.Line(0, y, sketch.Width, y, "grid");
        }
        Years(sketch, y);
        sketch.Height = y + 8;
        return sketch;
    }

    /// <summary>Words stand on the side that has more room.</summary>
    private double Draw(Sketch sketch, TimeMark mark, double y)
    {
        var x = At(sketch, mark.Day);
        var isLate = x > sketch.Width / 2;
        var lines = Sketch.Wrap(mark.Text, (isLate ? x : sketch.Width - x) - Margin);
        sketch.Of(mark.Css, () => sketch.Mark(null, x, y - 5));
        foreach (var line in lines)
        {
            sketch.Words(isLate ? x - Margin : x + Margin, y, line, "", isLate ? "end" : "start");
            y += Sketch.LineHeight;
        }
        return y;
    }

    private void Years(Sketch sketch, double bottom)
    {
        for (var year = From.Year; year <= Through.Year; year++)
        {
            var day = new DateOnly(year, 1, 1);
            var x = At(sketch, day < From ? From : day);
            sketch.Line(x, Top, x, bottom, "grid");
            sketch.Words(x + 2, 16, year.ToString(CultureInfo.InvariantCulture), "soft");
        }
    }

    private double At(Sketch sketch, DateOnly day) => Margin + (
        (double)(Math.Clamp(day.DayNumber, From.DayNumber, Through.DayNumber) - From.DayNumber)
        / Math.Max(1, Through.DayNumber - From.DayNumber) * (sketch.Width - (2 * Margin)));
}
