using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>A drop-in centre of the simulation.</summary>
/// <param name="Weekdays">The weekdays it is open.</param>
/// <param name="DailyVisits">The range of visits on one opening day.</param>
/// <param name="Synthetic">True when the centre itself is made up, false when only its visits are.</param>
internal sealed record Centre(
    GrainName Grain,
    string Municipality,
    IReadOnlyList<Weekday> Weekdays,
    DateOnly From,
    DateOnly Until,
    (int Least, int Most) DailyVisits,
    bool Synthetic)
{
    public bool IsOpenOn(DateOnly day) =>
        !WorkingDays.IsHolidayOrEve(day) && Weekdays.Contains(WeekdayOf(day));

    /// <summary>ISO 8601 numbers Sunday 7, .NET numbers it 0.</summary>
    public static Weekday WeekdayOf(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Sunday ? Weekday.Sunday : (Weekday)(int)day.DayOfWeek;
}

/// <summary>The two known centres of Kemijärvi, and a synthetic one in every other OSST municipality.</summary>
internal static class Centres
{
    public static IReadOnlyList<Centre> Of(OsstDataSet dataSet, CentreAssumptions assumed) =>
    [
        .. dataSet.File.DropInCentres.Select(entry => new Centre(
            GrainName.DropInCentre(entry.Key),
            entry.Municipality,
            entry.Opening.Weekdays,
            entry.Opening.OpenedOn,
            dataSet.EndsOn,
            entry.PeakWeek is null ? assumed.DailyVisitsInVillage : assumed.DailyVisits,
            Synthetic: false)),
        .. dataSet.File.Municipalities
            .Select(entry => entry.Code)
            .Where(code => dataSet.ArmOf(code) is StudyArm.OsstAndEmployment
                && dataSet.File.DropInCentres.All(entry => entry.Municipality != code))
            .Select(code => new Centre(
                GrainName.DropInCentre($"syn-asukastupa-{code}"),
                code,
                [Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday],
                dataSet.StartsOn,
                dataSet.ObservedUntil(code) ?? dataSet.EndsOn,
                assumed.DailyVisits,
                Synthetic: true)),
    ];

    public static DateOnly OpenOnOrAfter(Centre centre, DateOnly day)
    {
        while (!centre.IsOpenOn(day))
        {
            day = day.AddDays(1);
        }
        return day;
    }
}
