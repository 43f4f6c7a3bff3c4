namespace OsstOrleans.Dashboard.Charts;

/// <summary>An estimate with its interval, one line of a forest.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Text">The figures in words.</param>
/// <param name="Estimate">Null for none: the words say why.</param>
/// <param name="Low">The interval's lower end; null for no interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Arm">Gives mark and colour.</param>
public sealed record ForestRow(
    string Label, string Text, double? Estimate, double? Low, double? High, Arm? Arm = null);

/// <summary>Estimates below each other on one scale, with intervals as lines (a forest plot).</summary>
/// <param name="Rows">From above.</param>
/// <param name="MarkOf">How a mark of the scale is written.</param>
public sealed record Forest(IReadOnlyList<ForestRow> Rows, Func<double, string> MarkOf) : IDrawing
{
    private const double Label = 300;
    private const double Figures = 690;
    private const double Gap = 20;

    /// <summary>Between the words of two rows.</summary>
    private const double Padding = 14;

    /// <summary>The line of an estimate below its words, on a phone.</summary>
    private const double NarrowLine = 26;

    /// <summary>How the last mark is written, which says the unit; as the others where null.</summary>
    public Func<double, string>? LastMarkOf { get; init; }

    /// <summary>The value that means no difference; null where none does.</summary>
    public double? Zero { get; init; }

    /// <summary>What a value below it means, and one above.</summary>
    public (string Below, string Above)? Directions { get; init; }

    /// <summary>The ends of the scale where they are given by what is measured, as 0 and 1 for shares.</summary>
    public IReadOnlyList<double> Ends { get; init; } = [];

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var (left, right) = isNarrow ? (8.0, sketch.Width - 8) : (Label + Gap, Figures - Gap);
        var values = Rows.SelectMany(row => new[] { row.Estimate, row.Low, row.High }).OfType<double>();
        var scale = new Scale(
            [.. values, .. Ends, .. Zero is { } zero ? (double[])[zero] : []], left, right, isNarrow ? 4 : 5);
        var top = Begin(sketch, isNarrow ? 0 : left);
        Grid(sketch, scale, top, HeightOf(sketch) + top + 6);
        var y = top + 6;
        foreach (var row in Rows)
        {
            y = isNarrow ? Narrow(sketch, row, scale, y) : Wide(sketch, row, scale, y);
        }
        Axis(sketch, scale, top, y);
        return sketch;
    }

    private double Begin(Sketch sketch, double left)
    {
        if (Directions is not var (below, above))
        {
            return 4;
        }
        var y = sketch.Words(left, 16, Sketch.Wrap($"\u2190 {below}", sketch.Width - left), "soft");
        foreach (var line in Sketch.Wrap($"{above} \u2192", sketch.Width - left))
        {
            sketch.Words(sketch.IsNarrow ? sketch.Width : Figures - Gap, y, line, "soft", "end");
            y += Sketch.LineHeight;
        }
        return y - 8;
    }

    private static void Grid(Sketch sketch, Scale scale, double top, double bottom)
    {
        foreach (var mark in scale.Marks)
        {
            sketch.Line(scale.At(mark), top, scale.At(mark), bottom, "grid");
        }
    }

    /// <summary>All rows together.</summary>
    private double HeightOf(Sketch sketch) => Rows.Sum(row => sketch.IsNarrow
        ? ((Sketch.Wrap(row.Label, sketch.Width).Count + Sketch.Wrap(row.Text, sketch.Width).Count) * Sketch.LineHeight)
            + NarrowLine
        : HeightOf(sketch, row));

    private static double HeightOf(Sketch sketch, ForestRow row) => Padding + (Sketch.LineHeight * Math.Max(
        Sketch.Wrap(row.Label, Label).Count, Sketch.Wrap(row.Text, sketch.Width - Figures).Count));

    private static double Wide(Sketch sketch, ForestRow row, Scale scale, double y)
    {
        var label = Sketch.Wrap(row.Label, Label);
        var figures = Sketch.Wrap(row.Text, sketch.Width - Figures);
        var height = HeightOf(sketch, row);
        var middle = y + (height / 2);
        sketch.Words(0, Base(middle, label.Count), label);
        sketch.Words(Figures, Base(middle, figures.Count), figures, "strong");
        Estimate(sketch, row, scale, middle);
        return y + height;
    }

    private static double Base(double middle, int lines) => middle + 5 - ((lines - 1) * Sketch.LineHeight / 2);

    private static double Narrow(Sketch sketch, ForestRow row, Scale scale, double y)
    {
        var end = sketch.Words(0, y + 15, Sketch.Wrap(row.Label, sketch.Width));
        end = sketch.Words(0, end, Sketch.Wrap(row.Text, sketch.Width), "strong");
        Estimate(sketch, row, scale, end - 3);
        return end - 15 + NarrowLine;
    }

    private static void Estimate(Sketch sketch, ForestRow row, Scale scale, double y) => sketch.Of(row.Arm, () =>
    {
        if (row is { Low: { } low, High: { } high })
        {
            sketch.Line(scale.At(low), y, scale.At(high), y, "whisker");
            sketch.Line(scale.At(low), y - 5, scale.At(low), y + 5, "whisker");
            sketch.Line(scale.At(high), y - 5, scale.At(high), y + 5, "whisker");
        }
        if (row.Estimate is { } estimate)
        {
            sketch.Mark(row.Arm, scale.At(estimate), y);
        }
    });

    private void Axis(Sketch sketch, Scale scale, double top, double y)
    {
        var marks = scale.Marks.ToArray();
        sketch.Line(scale.At(marks[0]), y + 6, scale.At(marks[^1]), y + 6, "axis");
        foreach (var mark in marks)
        {
            sketch.Line(scale.At(mark), y + 6, scale.At(mark), y + 11, "axis");
            var isEnd = sketch.IsNarrow && mark == marks[^1];
            var anchor = isEnd ? "end" : sketch.IsNarrow && mark == marks[0] ? "start" : "middle";
            var write = mark == marks[^1] ? LastMarkOf ?? MarkOf : MarkOf;
            sketch.Words(scale.At(mark), y + 28, write(mark), "soft", anchor);
        }
        if (Zero is { } zero)
        {
            sketch.Line(scale.At(zero), top, scale.At(zero), y + 6, "zero");
        }
        sketch.Height = y + 34;
    }
}
