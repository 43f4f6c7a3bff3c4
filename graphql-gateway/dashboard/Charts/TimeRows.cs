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
        Years(sketch);
        var y = Top;
        foreach (var (label, marks) in Rows)
        {
            y = sketch.Words(0, y + Sketch.LineHeight, Sketch.Wrap(label, sketch.Width), "strong");
            var top = y - Sketch.LineHeight + 6;
            foreach (var mark in marks)
            {
                y = Draw(sketch, mark, y);
            }
            Lines(sketch, top, y);
        }
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

    private void Years(Sketch sketch)
    {
        foreach (var day in FirstDays())
        {
            sketch.Words(At(sketch, day), 16, day.Year.ToString(CultureInfo.InvariantCulture), "soft");
        }
    }

    /// <summary>Where years begin, below a row's words and not through them.</summary>
    private void Lines(Sketch sketch, double top, double bottom)
    {
        foreach (var day in FirstDays())
        {
            sketch.Line(At(sketch, day), top, At(sketch, day), bottom - Sketch.LineHeight + 6, "grid");
        }
        sketch.Line(0, bottom, sketch.Width, bottom, "grid");
    }

    private IEnumerable<DateOnly> FirstDays() => Enumerable.Range(From.Year, Through.Year - From.Year + 1)
        .Select(year => new DateOnly(year, 1, 1)).Select(day => day < From ? From : day);

    private double At(Sketch sketch, DateOnly day) => Margin + (
        (double)(Math.Clamp(day.DayNumber, From.DayNumber, Through.DayNumber) - From.DayNumber)
        / Math.Max(1, Through.DayNumber - From.DayNumber) * (sketch.Width - (2 * Margin)));
}
