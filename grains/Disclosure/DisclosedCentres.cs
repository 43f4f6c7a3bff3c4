using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>A drop-in centre's figures as everybody but the municipality's own staff may see them.</summary>
public static class DisclosedCentres
{
    /// <summary>A year without its small cells.</summary>
    public static CentreYear Disclosed(this CentreYear year)
    {
        var shown = year with
        {
            Visits = Shown(year.Visits),
            Persons = Shown(year.Persons),
            Attendance = Shown(year.Attendance),
            AgeBands = Bands(year.AgeBands),
        };
        return shown with
        {
            Withheld = (shown.Visits, shown.Persons, shown.Attendance, shown.AgeBands.Count)
                != (year.Visits, year.Persons, year.Attendance, year.AgeBands.Count),
        };
    }

    /// <summary>Age bands: all, or none where one is small.</summary>
    public static IReadOnlyList<AgeBandVisits> Bands(IReadOnlyList<AgeBandVisits> bands) =>
        bands.All(band => SmallCells.MayShow(band.Visits)) ? bands : [];

    private static int? Shown(int? count) => count is { } number && !SmallCells.MayShow(number) ? null : count;
}
