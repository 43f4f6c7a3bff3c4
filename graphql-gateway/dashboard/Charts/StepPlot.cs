namespace OsstOrleans.Dashboard.Charts;

/// <summary>A curve that stays until it falls (Kaplan and Meier).</summary>
/// <param name="Arm">Gives colour, mark and line.</param>
/// <param name="Name">Stands in the legend.</param>
/// <param name="Points">By month: the share, and how many are followed.</param>
/// <param name="Intervals">By month, where they are given: they are the curve's band.</param>
public sealed record StepCurve(
    Arm Arm, string Name, IReadOnlyList<(int Month, double Share, long AtRisk)> Points,
    IReadOnlyList<(int Month, double Low, double High)> Intervals)
{
    /// <summary>
    /// True where only these points are known: they are joined, because a step would say that nothing happens between.
    /// </summary>
    public bool IsJoined { get; init; }
}

/// <summary>Curves by month on one scale from 0 to 1, with the numbers at risk beneath.</summary>
/// <param name="Curves">In the order of the legend.</param>
/// <param name="Percent">How a share is written.</param>
/// <param name="Number">How a count is written.</param>
public sealed record StepPlot(
    IReadOnlyList<StepCurve> Curves, Func<double, string> Percent, Func<long, string> Number) : IDrawing
{
    private const double Left = 48;
    private const double Height = 280;
    private const double RiskRow = 22;

    /// <summary>What the months are counted from.</summary>
    public required string Months { get; init; }

    /// <summary>Heads the numbers at risk.</summary>
    public required string AtRisk { get; init; }

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var top = Legend(sketch) + 10;
        var last = Math.Max(1, Curves.SelectMany(curve => curve.Points).Max(point => point.Month));
        var x = new Scale([0, last], Left, sketch.Width - 16, pieces: last);
        var y = new Scale([0, 1], top + Height, top, pieces: 4);
        foreach (var share in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            sketch.Line(Left, y.At(share), sketch.Width - 16, y.At(share), share == 0 ? "axis" : "grid");
            sketch.Words(Left - 8, y.At(share) + 5, Percent(share), "soft", "end");
        }
        int[] months = [.. Enumerable.Range(0, last + 1).Where(month => month % (isNarrow ? 6 : 3) == 0)];
        foreach (var month in months)
        {
            sketch.Line(x.At(month), top + Height, x.At(month), top + Height + 5, "axis");
            sketch.Words(x.At(month), top + Height + 22, Number(month), "soft", "middle");
        }
        sketch.Words(sketch.Width - 16, top + Height + 42, Months, "soft", "end");
        foreach (var curve in Curves)
        {
            Band(sketch, curve, x, y);
        }
        foreach (var curve in Curves)
        {
            Curve(sketch, curve, x, y);
        }
        Risk(sketch, months, x, top + Height + 66);
        return sketch;
    }

    private double Legend(Sketch sketch)
    {
        var y = 16.0;
        foreach (var curve in Curves)
        {
            sketch.Of(curve.Arm, () =>
            {
                sketch.Line(0, y - 5, 34, y - 5, "curve");
                sketch.Mark(curve.Arm, 17, y - 5);
            });
            y = sketch.Words(44, y, Sketch.Wrap(curve.Name, sketch.Width - 44));
        }
        return y - 12;
    }

    /// <summary>
    /// Each interval holds until the next month, or is joined with the next one, as the curve does; bands lie under all
    /// curves.
    /// </summary>
    private static void Band(Sketch sketch, StepCurve curve, Scale x, Scale y)
    {
        if (curve.Intervals.Count == 0)
        {
            return;
        }
        if (curve.IsJoined)
        {
            var corners = curve.Intervals.Select(one => (one.Month, Share: one.High))
                .Concat(curve.Intervals.Reverse().Select(one => (one.Month, Share: one.Low)))
                .Select(corner => $"{Sketch.N(x.At(corner.Month))} {Sketch.N(y.At(corner.Share))}");
            sketch.Of(curve.Arm, () => sketch.Path($"M{string.Join('L', corners)}Z", "band"));
            return;
        }
        var last = curve.Points[^1].Month;
        var steps = curve.Intervals.Zip(
            curve.Intervals.Skip(1).Select(one => one.Month).Append(Math.Max(last, curve.Intervals[^1].Month)),
            (one, until) => (From: Sketch.N(x.At(one.Month)), Until: Sketch.N(x.At(until)), one.Low, one.High))
            .ToArray();
        var over = string.Concat(steps.Select((step, i) =>
            $"{(i == 0 ? "M" : "L")}{step.From} {Sketch.N(y.At(step.High))}H{step.Until}"));
        var under = string.Concat(steps.Reverse().Select(step =>
            $"L{step.Until} {Sketch.N(y.At(step.Low))}H{step.From}"));
        sketch.Of(curve.Arm, () => sketch.Path($"{over}{under}Z", "band"));
    }

    private static void Curve(Sketch sketch, StepCurve curve, Scale x, Scale y) =>
        sketch.Of(curve.Arm, () =>
        {
            var path = $"M{Sketch.N(x.At(0))} {Sketch.N(y.At(1))}" + string.Concat(curve.Points.Select(point =>
                curve.IsJoined
                    ? $"L{Sketch.N(x.At(point.Month))} {Sketch.N(y.At(point.Share))}"
                    : $"H{Sketch.N(x.At(point.Month))}V{Sketch.N(y.At(point.Share))}"));
            sketch.Path(path, "curve");
            foreach (var point in curve.IsJoined ? curve.Points : [])
            {
                sketch.Mark(curve.Arm, x.At(point.Month), y.At(point.Share));
            }
            var end = curve.Points[^1];
            sketch.Mark(curve.Arm, x.At(end.Month), y.At(end.Share));
        });

    private void Risk(Sketch sketch, IReadOnlyList<int> months, Scale x, double y)
    {
        sketch.Words(0, y, AtRisk, "soft");
        foreach (var curve in Curves)
        {
            y += RiskRow;
            sketch.Of(curve.Arm, () => sketch.Mark(curve.Arm, 8, y - 5));
            foreach (var month in months)
            {
                // The last point that is not later: between two points nothing happened.
                var point = curve.Points.LastOrDefault(one => one.Month <= month);
                if (curve.Points[0].Month <= month)
                {
                    sketch.Words(x.At(month), y, Number(point.AtRisk), "", "middle");
                }
            }
        }
        sketch.Height = y + 8;
    }
}
