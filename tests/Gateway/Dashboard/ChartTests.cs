using System.Xml.Linq;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>Drawings fit their sheet, wide and narrow, and say with words what they show.</summary>
public sealed class ChartTests
{
    private static readonly Language English = Language.All[0];

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-0.09, 0.19, "-0.1 0 0.1 0.2")]
    [InlineData(3, 3, "3 3.2")]
    [InlineData(-7.5, 12, "-10 -5 0 5 10 15")]
    public void A_scale_of_fractions_has_round_marks_and_holds_all_values(double low, double high, string marks)
    {
        var scale = new Scale([low, high], 100, 200);
        Assert.Equal(marks, string.Join(' ', scale.Marks.Select(Sketch.N)));
        Assert.InRange(scale.At(low), 100, 200);
        Assert.InRange(scale.At(high), scale.At(low), 200);
        Assert.Equal(200, scale.At(1e9));
    }

    [Fact]
    public void Words_break_where_they_must_and_none_is_lost()
    {
        var lines = Sketch.Wrap("Referred because assistance was reduced", 150);
        Assert.Equal("Referred because assistance was reduced", string.Join(' ', lines));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 20));
    }

    public static TheoryData<string> Drawings => ["forest", "funnel"];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_drawing_stays_on_its_sheet_on_any_screen(string which)
    {
        foreach (var isNarrow in (bool[])[false, true])
        {
            var sketch = DrawingOf(which).Draw(isNarrow);
            var drawn = XDocument.Parse($"<svg>{sketch.Markup}</svg>").Root!;
            foreach (var text in drawn.Descendants("text"))
            {
                var (x, y) = (Number(text, "x"), Number(text, "y"));
                Assert.InRange(x, 0, sketch.Width);
                Assert.InRange(y, 10, sketch.Height);
            }
            Assert.DoesNotContain(drawn.Descendants(), element => element.Attribute("style") is not null);
            Assert.Contains("a &lt;b&gt; c", sketch.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_chart_is_a_file_by_itself_and_its_figures_run_nothing()
    {
        var chart = new Chart(
            "key", "Title & more", "What it <says>", new Sheet(["Of", "Share"], ["of", "share"],
            [
                [Cells.Of("+1", "=A"), Cells.Share(0.25, English)], [Cells.Of("B, b"), Cells.Share(null, English)],
            ]),
            DrawingOf("forest"))
        {
            Caveats = ["Mind this."],
        };
        var svg = XDocument.Parse(ChartFile.Svg(chart, "As of event 7")).Root!;
        var said = string.Join('|', svg.Descendants().Select(element => element.Value));
        Assert.Contains("What it <says>", said, StringComparison.Ordinal);
        Assert.Contains("Mind this.", said, StringComparison.Ordinal);
        Assert.Contains("As of event 7", said, StringComparison.Ordinal);
        var origin = new FileOrigin(7, new DateTimeOffset(2026, 11, 28, 3, 4, 5, TimeSpan.Zero), "837", true, true)
        {
            From = "2018-01",
            To = "2019-12",
        };
        const string From = "7,2026-11-28T03:04:05Z,2018-01,2019-12,837,true,possible\r\n";
        Assert.Equal(
            $"of,share,{FileOrigin.Names}\r\n'=A,0.25,{From}\"B, b\",,{From}", ChartFile.Csv(chart.Sheet, origin));
        Assert.Equal("837-2018-01-2019-12", origin.Suffix);
    }

    [Fact]
    public void A_negative_number_stays_a_number_and_what_only_looks_like_one_runs_nothing()
    {
        var origin = new FileOrigin(null, default, "all", false, false);
        var sheet = new Sheet(
            ["Of"], ["of", "low"],
            [
                [Cells.Of("x"), Cells.Number(-0.014772, 2, English)], [Cells.Of("-2+3"), Cells.Of("-1e9")],
                [Cells.Of("=1"), Cells.Of("+358")],
            ]);
        var rows = ChartFile.Csv(sheet, origin).Split("\r\n").Skip(1).Select(row => row.Split(',')).ToArray();
        Assert.Equal(["x", "-0.014772"], rows[0][..2]);
        Assert.Equal(["'-2+3", "'-1e9"], rows[1][..2]);
        Assert.Equal(["'=1", "+358"], rows[2][..2]);
    }

    private static IDrawing DrawingOf(string which) => which switch
    {
        "forest" => new Forest(
            [
                new ForestRow("a <b> c", "1.0 (0.5 to 2.0)", 1, 0.5, 2, Arm.All[1]),
                new ForestRow("A label of many words that needs a second line at least", "-1.0", -1, null, null),
                new ForestRow("None", "none to give", null, null, null),
            ],
            value => English.Number(value, 1))
        {
            Zero = 0,
            Directions = ("less of it in the first of the two", "more of it in the first of the two"),
        },
        _ => new Funnel([new FunnelBar("First", 1, "100", null), new FunnelBar("a <b> c", 0.5, "50", "So they came.")]),
    };

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
