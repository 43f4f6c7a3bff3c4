using System.Security;
using System.Text;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>A chart as files: an SVG that needs no page, and its figures as CSV.</summary>
public static class ChartFile
{
    private const double Edge = 16;

    private const string Style =
        "text{font:15px system-ui,sans-serif;fill:#16202b}.title{font-size:20px;font-weight:600}.soft{fill:#4d5b68}"
        + ".strong{font-weight:600}.axis{stroke:#71808d;fill:none}.grid{stroke:#dde4ea}"
        + ".zero{stroke:#16202b;stroke-dasharray:2 3}.track{fill:#eef2f5}.fill{fill:#0072b2}.trend{fill:none;"
        + "stroke:#4d5b68;stroke-dasharray:7 4}.whisker,.curve{fill:none;stroke-width:2}.arm-osst .whisker,"
        + ".arm-osst .curve{stroke:#0072b2}.arm-employment .whisker,.arm-employment .curve{stroke:#b35900}"
        + ".arm-neither .whisker,.arm-neither .curve{stroke:#595959}.arm-none .whisker,.arm-none .curve{stroke:#4d5b68}"
        + ".band{opacity:.16}.arm-osst .band{fill:#0072b2}.arm-employment .band{fill:#b35900}"
        + ".arm-neither .band{fill:#595959}.arm-none .band{fill:#4d5b68}"
        + ".arm-osst .point{fill:#0072b2}.arm-employment .point{fill:#b35900}.arm-neither .point{fill:#595959}"
        + ".arm-none .point{fill:#4d5b68}.arm-employment .curve{stroke-dasharray:6 4}"
        + ".arm-neither .curve{stroke-dasharray:1.5 4}.year-1 .curve{stroke:#0072b2;stroke-width:2.5}"
        + ".year-2 .curve{stroke:#b35900;stroke-dasharray:6 4}.year-3 .curve{stroke:#4d5b68;stroke-dasharray:1.5 4}";

    /// <summary>
    /// Rows of RFC 4180 under names, with where they are from; a figure that is not shown is empty.
    /// </summary>
    public static string Csv(Sheet sheet, FileOrigin origin)
    {
        var text = new StringBuilder();
        Row([.. sheet.Names, .. FileOrigin.Names.Split(',')]);
        foreach (var row in sheet.Rows)
        {
            Row([.. row.Select(cell => cell.Plain), .. origin.Cells]);
        }
        return text.ToString();

        void Row(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Drawing.Cell)).Append("\r\n");
    }

    /// <summary>The drawing with its title, its sentence, what to know before believing it, and where it is from.
    /// </summary>
    /// <param name="chart">A chart with a drawing.</param>
    /// <param name="source">How much of the log it has seen, in words.</param>
    public static string Svg(Chart chart, string source)
    {
        var drawn = chart.Drawing!.Draw(isNarrow: false);
        var around = new Sketch(isNarrow: false);
        around.Words(Edge, 36, chart.Title, "title");
        var top = around.Words(Edge, 64, Sketch.Wrap(chart.Sentence, drawn.Width), "soft");
        var y = top + drawn.Height + 34;
        foreach (var caveat in chart.Caveats.Append(source))
        {
            y = around.Words(Edge, y, Sketch.Wrap(caveat, drawn.Width), "soft") + 4;
        }
        var (width, height) = (Sketch.N(drawn.Width + (2 * Edge)), Sketch.N(y));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
            <title>{SecurityElement.Escape(chart.Title)}</title>
            <style>{Style}</style><rect width="100%" height="100%" fill="#fff"/>{around.Markup}
            <g transform="translate({Sketch.N(Edge)} {Sketch.N(top)})">{drawn.Markup}</g>
            </svg>
            """;
    }
}
