namespace OsstOrleans.Dashboard.Charts;

/// <summary>A value of an arm for each calendar month.</summary>
/// <param name="Arm">Gives colour and line.</param>
/// <param name="Name">Stands in the legend.</param>
/// <param name="Points">By month, counted from the year 0.</param>
public sealed record ArmLine(Arm Arm, string Name, IReadOnlyList<(int Month, double Value)> Points);

/// <summary>Arms month by month on one scale from nought, with the years below.</summary>
/// <param name="Lines">In the order of the legend.</param>
/// <param name="MarkOf">How a mark of the scale is written.</param>
/// <param name="Year">How a year is written.</param>
public sealed record ArmLines(
    IReadOnlyList<ArmLine> Lines, Func<double, string> MarkOf, Func<int, string> Year) : IDrawing
{
    private const double Left = 58;
    private const double Height = 240;
    private const int MonthsAYear = 12;

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var top = Legend(sketch) + 10;
        var all = Lines.SelectMany(line => line.Points).ToArray();
        var (first, last) = (all.Min(one => one.Month), all.Max(one => one.Month));
        var x = new Scale([first, last], Left + 4, sketch.Width - 10, pieces: Math.Max(1, last - first));
        var y = new Scale([0, .. all.Select(one => one.Value)], top + Height, top, pieces: 4);
        foreach (var mark in y.Marks)
        {
            sketch.Line(Left, y.At(mark), sketch.Width, y.At(mark), mark == 0 ? "axis" : "grid");
            sketch.Words(Left - 8, y.At(mark) + 5, MarkOf(mark), "soft", "end");
        }
        foreach (var month in Enumerable.Range(first, last - first + 1).Where(month => month % MonthsAYear == 0))
        {
            sketch.Line(x.At(month), top, x.At(month), top + Height + 5, "grid");
            sketch.Words(x.At(month), top + Height + 22, Year(month / MonthsAYear), "soft", "middle");
        }
        foreach (var line in Lines.Where(line => line.Points.Count > 0))
        {
            sketch.Of(line.Arm, () =>
            {
                sketch.Path("M" + string.Join('L', line.Points.Select(
                    one => $"{Sketch.N(x.At(one.Month))} {Sketch.N(y.At(one.Value))}")), "curve");
                sketch.Mark(line.Arm, x.At(line.Points[^1].Month), y.At(line.Points[^1].Value));
            });
        }
        sketch.Height = top + Height + 30;
        return sketch;
    }

    private double Legend(Sketch sketch)
    {
        var y = 16.0;
        foreach (var line in Lines)
        {
            sketch.Of(line.Arm, () =>
            {
                sketch.Line(0, y - 5, 34, y - 5, "curve");
                sketch.Mark(line.Arm, 17, y - 5);
            });
            y = sketch.Words(44, y, Sketch.Wrap(line.Name, sketch.Width - 44));
        }
        return y - 12;
    }
}
