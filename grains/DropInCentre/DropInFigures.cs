using System.Globalization;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Visits of one ISO 8601 week.</summary>
public sealed record WeekVisits(int Year, int Week, DateOnly StartsOn, int Visits);

/// <summary>
/// Some centres over a period, in numbers. A visitor count is an output (tuotos): it depends on opening days and on the
/// kind of work, and intensive one-to-one work means fewer visitors.
/// </summary>
/// <param name="CountedDays">Centre-days with counted visits.</param>
/// <param name="PeakWeek">The week with the most visits, the earliest of equals; null without a count.</param>
/// <param name="Groups">Groups that ran at some time in the period.</param>
/// <param name="HelperDays">Peer experts and volunteers, counted per day and summed.</param>
public sealed record DropInFigures(
    int Centres, int Visits, int CountedDays, IReadOnlyList<WeekVisits> Weeks, WeekVisits? PeakWeek, int Groups,
    int Sessions, int HelperDays)
{
    /// <summary>Visits of some weeks are not in these figures.</summary>
    public bool Withheld { get; init; }

    /// <summary>Mean visits per counted day; null when none were counted.</summary>
    public double? VisitsPerCountedDay => CountedDays == 0 ? null : (double)Visits / CountedDays;

    /// <summary>One centre's figures of a period, both days included.</summary>
    public static DropInFigures Of(DropInCentreState centre, DateOnly from, DateOnly to)
    {
        var days = centre.Days.Where(d => d.Key >= from && d.Key <= to).ToList();
        var counted = days.Where(d => d.Value.Visits is not null).ToList();
        var weeks = counted
            .GroupBy(d => CentreWeeks.MondayOf(d.Key), d => d.Value.Visits!.Value)
            .OrderBy(week => week.Key)
            .Select(week => WeekOf(week.Key, week.Sum()))
            .ToList();
        return new DropInFigures(
            1, weeks.Sum(w => w.Visits), counted.Count, weeks, weeks.MaxBy(w => w.Visits),
            centre.Groups.Count(g => g.StartedOn <= to && (g.EndedOn ?? to) >= from),
            days.Sum(d => d.Value.Sessions), days.Sum(d => d.Value.PeerExperts + d.Value.Volunteers));
    }

    /// <summary>The figures of several centres.</summary>
    public static DropInFigures Sum(IReadOnlyCollection<DropInFigures> parts)
    {
        var weeks = parts.SelectMany(part => part.Weeks).GroupBy(week => week.StartsOn)
            .OrderBy(week => week.Key)
            .Select(week => WeekOf(week.Key, week.Sum(part => part.Visits)))
            .ToList();
        return new DropInFigures(
            parts.Sum(p => p.Centres), parts.Sum(p => p.Visits), parts.Sum(p => p.CountedDays), weeks,
            weeks.MaxBy(week => week.Visits), parts.Sum(p => p.Groups), parts.Sum(p => p.Sessions),
            parts.Sum(p => p.HelperDays))
        {
            Withheld = parts.Any(part => part.Withheld),
        };
    }

    private static WeekVisits WeekOf(DateOnly monday, int visits)
    {
        var start = monday.ToDateTime(TimeOnly.MinValue);
        return new WeekVisits(ISOWeek.GetYear(start), ISOWeek.GetWeekOfYear(start), monday, visits);
    }
}
