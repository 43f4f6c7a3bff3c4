using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Live;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>Figures are never blank, and pictures say what they know.</summary>
public sealed class FigureTests
{
    private static readonly Language English = Language.All[0];

    [Fact]
    public void A_sum_of_which_a_part_is_withheld_is_at_least_the_rest()
    {
        Assert.Equal(Figure.Of(12L), Figure.Sum([Figure.Of(5L), Figure.Of(7L)]));
        Assert.Equal(new Figure(FigureState.AtLeast, 5), Figure.Sum([Figure.Of(5L), Figure.Withheld]));
        Assert.Equal(
            new Figure(FigureState.AtLeast, 12), Figure.Sum([new Figure(FigureState.AtLeast, 5), Figure.Of(7L)]));
        Assert.Equal(Figure.Withheld, Figure.Sum([Figure.Withheld, Figure.Withheld]));
        Assert.Equal(Figure.NotYet, Figure.Sum([]));
    }

    [Fact]
    public void Every_state_of_a_figure_has_words()
    {
        Assert.Equal("1\u00a0240", FigureWords.Of(Figure.Of(1_240L), English));
        Assert.Equal("0", FigureWords.Of(Figure.Of(0L), English));
        Assert.Equal("\u2265\u00a01\u00a0240", FigureWords.Of(Figure.OfPartial(1_240, withheld: true), English));
        Assert.Equal("hidden: small group", FigureWords.Of(Figure.Of((int?)null), English));
        Assert.Equal("not covered", FigureWords.Of(Figure.NotCovered, English));
        Assert.Equal("not yet", FigureWords.Of(Figure.NotYet, English));
        Assert.Equal("not counted", FigureWords.Of(Figure.NotCounted, English));
    }

    [Fact]
    public void A_line_breaks_where_nothing_is_known()
    {
        var line = new Line([1, 2, null, 3, null], most: 4);
        Assert.Equal(2, line.Pieces.Count);
        Assert.Equal(2, line.Pieces[0].Split(' ').Length);
        Assert.NotNull(line.End);
        Assert.Null(new Line([null, null], most: 4).End);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 1)]
    [InlineData(9, 2)]
    [InlineData(395, 100)]
    [InlineData(123_456, 50_000)]
    public void A_scale_has_few_round_marks_and_holds_the_most(long most, long step)
    {
        var columns = new Columns(10, most);
        Assert.Equal(step, columns.Step);
        Assert.InRange(columns.Marks.Count(), 2, 6);
        Assert.True(columns.Marks.Last().Value >= most);
    }

    [Fact]
    public void A_file_of_figures_runs_nothing_and_keeps_what_is_withheld()
    {
        var picture = new Picture(
            "x", "T", "S", "L", "U",
            [
                new PictureRow("=cmd()", Figure.Of(3L), "A"), new PictureRow("a, \"b\"", Figure.Withheld, "B"),
            ]);
        const string From = "7,2026-11-28T00:00:00Z,,,211,false,unknown";
        Assert.Equal(
            $"code,label,value,state,{FileOrigin.Names}\r\n"
            + $"A,'=cmd(),3,Shown,{From}\r\nB,\"a, \"\"b\"\"\",,Withheld,{From}\r\n",
            Drawing.Csv(picture, new FileOrigin(
                7, new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), "211", false, false)));
        var svg = Drawing.Svg(picture, English, "source & day");
        Assert.Contains("hidden: small group", svg, StringComparison.Ordinal);
        Assert.NotNull(System.Xml.Linq.XDocument.Parse(svg).Root);
        var columns = picture with { IsTimeLine = true, Marked = 0 };
        Assert.NotNull(System.Xml.Linq.XDocument.Parse(Drawing.Svg(columns, English, "")).Root);
    }

    [Fact]
    public void A_live_page_sends_the_parts_that_have_changed()
    {
        var first = LiveFrame.Of("<div><!--part a-->1<!--end--></div><p><!--part b-->2<!--end--></p>");
        var second = LiveFrame.Of("<div><!--part a-->1<!--end--></div><p><!--part b-->3<!--end--></p>");
        Assert.Equal(["a", "b"], first.ChangesSince(LiveFrame.Empty).Keys.Order());
        Assert.Equal(KeyValuePair.Create("b", "3"), Assert.Single(second.ChangesSince(first)));
        Assert.Empty(second.ChangesSince(second));
    }
}
