namespace OsstOrleans.Dashboard.Charts;

/// <summary>A year's weeks.</summary>
/// <param name="Name">The year.</param>
/// <param name="Weeks">Values by ISO week; a week that is not there breaks the line.</param>
public sealed record YearLine(string Name, IReadOnlyDictionary<int, long> Weeks);

/// <summary>Years side by side: a line for each, week by week, the last one the strongest.</summary>
/// <param name="Years">From the first to the last.</param>
/// <param name="Number">How a number is written.</param>
public sealed record YearLines(IReadOnlyList<YearLine> Years, Func<long, string> Number) : IDrawing
{
    private const double Left = 52;
    private const double Height = 240;
    private const int LastWeek = 53;

    /// <summary>Kinds of lines that can be kept apart; the last is for all earlier years.</summary>
    private const int Kinds = 3;

    /// <summary>What the weeks are called.</summary>
    public required string Week { get; init; }

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var top = Legend(sketch);
        var x = new Scale([1, LastWeek], Left + 4, sketch.Width - 8, pieces: LastWeek - 1);
        var values = Years.SelectMany(year => year.Weeks.Values).Select(value => (double)value);
        var y = new Scale([0, .. values], top + Height, top, pieces: 4);
        foreach (var mark in y.Marks)
        {
            sketch.Line(Left, y.At(mark), sketch.Width, y.At(mark), mark == 0 ? "axis" : "grid");
            sketch.Words(Left - 8, y.At(mark) + 5, Number((long)mark), "soft", "end");
        }
        for (var week = 1; week <= LastWeek; week += isNarrow ? 13 : 4)
        {
            sketch.Words(x.At(week), top + Height + 22, Number(week), "soft", "middle");
        }
        sketch.Words(sketch.Width, top + Height + 42, Week, "soft", "end");
        for (var i = 0; i < Years.Count; i++)
        {
            sketch.Of(KindOf(i), () => sketch.Path(PathOf(Years[i], x, y), "curve"));
        }
        sketch.Height = top + Height + 50;
        return sketch;
    }

    private double Legend(Sketch sketch)
    {
        var x = 0.0;
        for (var i = 0; i < Years.Count; i++)
        {
            sketch.Of(KindOf(i), () => sketch.Line(x, 11, x + 34, 11, "curve"));
            sketch.Words(x + 42, 16, Years[i].Name);
            x += 96;
        }
        return 34;
    }

    private string KindOf(int i) => $"year-{Sketch.N(Math.Min(Kinds, Years.Count - i))}";

    private static string PathOf(YearLine year, Scale x, Scale y)
    {
        var path = new System.Text.StringBuilder();
        for (var week = 1; week <= LastWeek; week++)
        {
            if (year.Weeks.TryGetValue(week, out var value))
            {
                var command = year.Weeks.ContainsKey(week - 1) ? 'L' : 'M';
                path.Append(command).Append(Sketch.N(x.At(week))).Append(' ').Append(Sketch.N(y.At(value)));
                if (command == 'M' && !year.Weeks.ContainsKey(week + 1))
                {
                    path.Append("h2"); // A week alone would be no line.
                }
            }
        }
        return path.ToString();
    }
}
