using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>A drop-in centre's figures as outsiders may see them: callers who are not the municipality's own staff.
/// </summary>
public static class DisclosedCentres
{
    /// <summary>A year without its small cells.</summary>
    /// <param name="year">The year as it is.</param>
    /// <param name="visits">What may be shown of the centre's visits.</param>
    public static CentreYear Disclosed(this CentreYear year, DisclosedVisits visits)
    {
        var showsVisits = visits.ShowsYear(year.Year);
        var shown = year with
        {
            Visits = showsVisits ? year.Visits : null,
            Persons = Shown(year.Persons),
            Attendance = Shown(year.Attendance),
            AgeBands = showsVisits ? Bands(year) : [],
        };
        return shown with
        {
            Withheld = (shown.Visits, shown.Persons, shown.Attendance, shown.AgeBands.Count)
                != (year.Visits, year.Persons, year.Attendance, year.AgeBands.Count),
        };
    }

    /// <summary>A period's figures from the weeks that may be shown.</summary>
    public static DropInFigures DisclosedFigures(this DropInCentreState centre, DateOnly from, DateOnly to)
    {
        var (days, withheld) = new DisclosedVisits(centre).Within(from, to);
        return DropInFigures.Of(centre with { Days = days }, from, to) with { Withheld = withheld };
    }

    /// <summary>Age bands: all, or none where one is small, or the visits of no known age.</summary>
    private static IReadOnlyList<AgeBandVisits> Bands(CentreYear year) =>
        year.AgeBands.All(band => SmallCells.MayShow(band.Visits))
            && SmallCells.MayShow((year.Visits ?? 0) - year.AgeBands.Sum(band => band.Visits))
            ? year.AgeBands
            : [];

    private static int? Shown(int? count) => count is { } number && !SmallCells.MayShow(number) ? null : count;
}
