namespace OsstOrleans.Dashboard.Charts;

/// <summary>One value for each month before and after an event.</summary>
/// <param name="Title">What is compared with what.</param>
/// <param name="Arm">Gives colour and mark.</param>
/// <param name="Points">By month, with intervals where there are any.</param>
public sealed record MonthPanel(
    string Title, Arm Arm, IReadOnlyList<(int Month, double Value, double? Low, double? High)> Points)
{
    /// <summary>By how much the values rose each month before the event; null for no such line.</summary>
    public double? Slope { get; init; }
}

/// <summary>Panels below each other on one scale: months around an event (an event study).</summary>
/// <param name="Panels">From above.</param>
/// <param name="MarkOf">How a mark of the scale is written.</param>
/// <param name="Month">How a month is written.</param>
public sealed record MonthPlot(
    IReadOnlyList<MonthPanel> Panels, Func<double, string> MarkOf, Func<long, string> Month) : IDrawing
{
    private const double Left = 58;
    private const double Height = 190;

    /// <summary>About so many marks fit on the line of months.</summary>
    private const int MonthsOfMarks = 48;

    /// <summary>What the months are counted from.</summary>
    public required string Months { get; init; }

    /// <summary>The month against which all others are compared; the middle of several.</summary>
    public double Reference { get; init; } = -1;

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var all = Panels.SelectMany(panel => panel.Points).ToArray();
        double[] values = [0, .. all.SelectMany(one => new[] { one.Value, one.Low ?? 0, one.High ?? 0 })];
        var (first, last) = (all.Min(one => one.Month), all.Max(one => one.Month));
        var x = new Scale([first, last], Left + 6, sketch.Width - 10, pieces: last - first);
        var step = (isNarrow ? 6 : 3) * (int)Math.Ceiling((double)(last - first + 1) / MonthsOfMarks);
        var y = 0.0;
        foreach (var panel in Panels)
        {
            y = sketch.Words(0, y + 16, Sketch.Wrap(panel.Title, sketch.Width), "strong");
            var scale = new Scale(values, y + Height, y, pieces: 4);
            Grid(sketch, scale, x, y);
            Draw(sketch, panel, x, scale, first);
            y += Height;
            for (var month = (int)Math.Ceiling(first / 3.0) * 3; month <= last; month += step)
            {
                sketch.Words(x.At(month), y + 20, Month(month), "soft", "middle");
            }
            y += 32;
        }
        foreach (var line in Sketch.Wrap(Months, sketch.Width))
        {
            sketch.Words(sketch.Width, y + 8, line, "soft", "end");
            y += Sketch.LineHeight;
        }
        sketch.Height = y - Sketch.LineHeight + 16;
        return sketch;
    }

    private void Grid(Sketch sketch, Scale scale, Scale x, double top)
    {
        foreach (var mark in scale.Marks)
        {
            sketch.Line(Left, scale.At(mark), sketch.Width, scale.At(mark), mark == 0 ? "axis" : "grid");
            sketch.Words(Left - 8, scale.At(mark) + 5, MarkOf(mark), "soft", "end");
        }
        sketch.Line(x.At(0), top, x.At(0), top + Height, "zero");
    }

    private void Draw(Sketch sketch, MonthPanel panel, Scale x, Scale y, int first)
    {
        if (panel.Slope is { } slope)
        {
            sketch.Line(x.At(first), y.At(slope * (first - Reference)), x.At(0), y.At(slope * -Reference), "trend");
        }
        sketch.Of(panel.Arm, () =>
        {
            foreach (var (month, value, low, high) in panel.Points)
            {
                if (low is { } from && high is { } to)
                {
                    sketch.Line(x.At(month), y.At(from), x.At(month), y.At(to), "whisker");
                }
                sketch.Mark(panel.Arm, x.At(month), y.At(value));
            }
        });
    }
}
