namespace OsstOrleans.Dashboard.Charts;

/// <summary>A step, and how those came there.</summary>
/// <param name="Label">The step.</param>
/// <param name="Share">Of those at the first step, 0-1; its bar.</param>
/// <param name="Figures">The figures in words.</param>
/// <param name="Way">How the step before was left, in words; null for the first step.</param>
public sealed record FunnelBar(string Label, double Share, string Figures, string? Way);

/// <summary>Steps below each other, each as broad as those who reached it; between them how long it took.</summary>
public sealed record Funnel(IReadOnlyList<FunnelBar> Bars) : IDrawing
{
    private const double Label = 190;
    private const double Figures = 210;
    private const double Thickness = 26;

    public Sketch Draw(bool isNarrow)
    {
        var sketch = new Sketch(isNarrow);
        var left = isNarrow ? 0 : Label;
        var y = 2.0;
        foreach (var bar in Bars)
        {
            if (bar.Way is { } way)
            {
                sketch.Path($"M{Sketch.N(left + 6)} {Sketch.N(y - 2)}v14m-4 -5l4 5l4 -5", "axis");
                y = sketch.Words(left + 20, y + 12, Sketch.Wrap(way, sketch.Width - left - 20), "soft") - 4;
            }
            y = isNarrow ? Narrow(sketch, bar, y) : Wide(sketch, bar, y);
        }
        sketch.Height = y + 2;
        return sketch;
    }

    private static double Wide(Sketch sketch, FunnelBar bar, double y)
    {
        var most = sketch.Width - Label - Figures;
        sketch.Words(0, y + 18, bar.Label);
        Track(sketch, bar, Label, y, most);
        sketch.Words(sketch.Width - Figures + 14, y + 18, bar.Figures, "strong");
        return y + Thickness + 8;
    }

    private static double Narrow(Sketch sketch, FunnelBar bar, double y)
    {
        sketch.Words(0, y + 15, bar.Label);
        sketch.Words(sketch.Width, y + 15, bar.Figures, "strong", "end");
        Track(sketch, bar, 0, y + 22, sketch.Width);
        return y + 22 + Thickness + 8;
    }

    private static void Track(Sketch sketch, FunnelBar bar, double x, double y, double most)
    {
        sketch.Box(x, y, most, Thickness, "track");
        sketch.Box(x, y, most * Math.Clamp(bar.Share, 0, 1), Thickness, "fill");
    }
}
