using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Measures;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>A drop-in centre's figures as outsiders may see them: callers who are not the municipality's own staff.
/// </summary>
public static class DisclosedCentres
{
    private const int MostPoints = MeasureDefinition.HighestScore / 10;

    private static readonly CountGrid Grid = CountGrid.Default;

    /// <summary>
    /// The centre without the days of weeks that are not over by what the log has seen: no visit shows as it happens.
    /// </summary>
    /// <param name="centre">The centre as its own staff know it.</param>
    /// <param name="seen">The day on which the last event of the log was recorded.</param>
    public static DropInCentreState Told(this DropInCentreState centre, DateOnly seen)
    {
        var monday = CentreWeeks.MondayOf(seen);
        return centre with { Days = centre.Days.RemoveRange(centre.Days.Keys.Where(day => day >= monday)) };
    }

    /// <summary>A year without its small cells; persons and participants on the grid of counts.</summary>
    /// <param name="year">The year as it is.</param>
    /// <param name="visits">What may be shown of the centre's visits.</param>
    public static CentreYear Disclosed(this CentreYear year, DisclosedVisits visits)
    {
        var showsVisits = visits.ShowsYear(year.Year);
        return year with
        {
            Visits = showsVisits ? year.Visits : null,
            Persons = showsVisits || year.Visits is null ? Persons(year) : null,
            Attendance = Grid.Shown(year.Attendance ?? 0),
            AgeBands = showsVisits ? Bands(year) : [],
            Withheld = true, // Always: a "no" would say that a number of the grid is the number itself.
        };
    }

    /// <summary>A period's figures from the weeks that may be shown.</summary>
    public static DropInFigures DisclosedFigures(this DropInCentreState centre, DateOnly from, DateOnly to)
    {
        var (days, withheld) = new DisclosedVisits(centre).Within(from, to);
        return DropInFigures.Of(centre with { Days = days }, from, to) with { Withheld = withheld };
    }

    /// <summary>
    /// Answers to measures of years that are over by what the log has seen: the sets on the grid of counts, and a mean
    /// in whole points, of as many as the grid shows, unless all answers are at one end of the scale.
    /// </summary>
    /// <param name="centre">The centre as its own staff know it.</param>
    /// <param name="seen">The day on which the last event of the log was recorded.</param>
    public static IReadOnlyList<CentreMeasure> DisclosedMeasures(this DropInCentreState centre, DateOnly seen) =>
    [
        .. centre.Answers.Where(of => of.Year < seen.Year && Grid.Shown(of.Sets) is not null)
            .Select(of => new CentreMeasure(
                of.Year, of.Measure, of.Version, Grid.Shown(of.Sets), WholePoints(of), Withheld: true)),
    ];

    private static double? WholePoints(AnswerSum of) =>
        Grid.Shown(of.Scored) is not null && of.Mean is { } mean
        && Math.Round(mean) is > 0 and < MostPoints and var shown
            ? shown
            : null;

    /// <summary>
    /// Persons on the grid. They are no more than the visits, and where these say more of them nothing is shown.
    /// </summary>
    private static int? Persons(CentreYear year) => Grid.Shown(year.Persons ?? 0) is { } shown
        && (year.Visits is not { } visits || visits >= Grid.Known(shown).Most)
        ? shown
        : null;

    /// <summary>
    /// Age bands on the grid, those that can be shown. With the visits of no known age they are the year's visits,
    /// which must leave each of them open.
    /// </summary>
    private static IReadOnlyList<AgeBandVisits> Bands(CentreYear year)
    {
        var shown = year.AgeBands.Where(band => Grid.Shown(band.Visits) is not null)
            .Select(band => band with { Visits = Grid.Shown(band.Visits)!.Value }).ToList();
        return (year.Visits ?? 0) - shown.Sum(band => band.Visits) >= Grid.Known(null).Most ? shown : [];
    }
}
