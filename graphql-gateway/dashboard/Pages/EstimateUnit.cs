using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>How estimates are written: for people in their unit, for programs as the contract has them.</summary>
/// <param name="Mark">A number without its unit, as on a scale.</param>
/// <param name="Write">A difference with its unit.</param>
/// <param name="Value">A cell of one group's estimate.</param>
/// <param name="Difference">A cell of a difference of two groups.</param>
public sealed record EstimateUnit(
    Func<double, string> Mark, Func<double, string> Write, Func<double?, Cell> Value, Func<double?, Cell> Difference)
{
    /// <summary>The last number of a scale, which says the unit in few letters.</summary>
    public Func<double, string> End { get; init; } = Write;

    /// <summary>Shares of clients; differences in percentage points.</summary>
    public static EstimateUnit Shares(Language words) => new(
        value => words.Number(value * 100, 0), value => words.Say("unit.points", ("n", words.Number(value * 100, 0))),
        value => Cells.Share(value, words), value => Cells.Points(value, words));

    /// <summary>Months, and whatever else is a number of its own.</summary>
    public static EstimateUnit Numbers(Language words) => new(
        value => words.Number(value, 1), value => words.Number(value, 1),
        value => Cells.Number(value, 2, words), value => Cells.Number(value, 2, words));

    /// <summary>Shares of residents, which are small: of a thousand.</summary>
    public static EstimateUnit Thousandths(Language words) => new(
        value => words.Number(value * 1000, 1),
        value => words.Say("unit.thousandths", ("n", words.Number(value * 1000, 1))),
        value => Cells.Thousandths(value, words), value => Cells.Thousandths(value, words))
    {
        End = value => $"{words.Number(value * 1000, 1)}\u00a0\u2030",
    };
}
