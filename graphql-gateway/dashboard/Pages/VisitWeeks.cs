using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>
/// Which counted weeks a picture shows. One visit after a long silence must not move the picture away from what was
/// counted, so it ends with the last week of a run, and what came later is named beside it.
/// </summary>
public sealed class VisitWeeks
{
    /// <summary>A centre may close for a summer; a longer silence ends a run.</summary>
    private const int LongestPause = 8;

    /// <summary>Fewer weeks are no run.</summary>
    private const int FewestWeeks = 4;

    private const int Week = 7;

    /// <param name="weeks">Counted weeks, in order.</param>
    /// <param name="today">The day in Finland.</param>
    /// <param name="ends">The last day of the programme, which may cut a week; null where there is none.</param>
    public VisitWeeks(IReadOnlyList<WeekAnswer> weeks, DateOnly today, DateOnly? ends)
    {
        var isOver = weeks.Where(week => week.StartsOn.AddDays(Week) <= today && !IsCut(week, ends)).ToArray();
        var whole = isOver.Length == 0 ? weeks : isOver;
        Shown = [.. whole.Take(EndOfRun(whole))];
        Later = Shown is [.., var last] ? [.. weeks.Where(week => week.StartsOn > last.StartsOn)] : [];
    }

    /// <summary>Whole weeks up to the end of the last run.</summary>
    public IReadOnlyList<WeekAnswer> Shown { get; }

    /// <summary>Weeks after it: those not over, and single ones after a long silence.</summary>
    public IReadOnlyList<WeekAnswer> Later { get; }

    /// <summary>The last whole week of the run; null where nothing was counted.</summary>
    public WeekAnswer? Last => Shown is [.., var last] ? last : null;

    /// <summary>The highest week since a day, the first of equals.</summary>
    public WeekAnswer? PeakSince(DateOnly day) => Shown.Where(week => week.StartsOn >= day).MaxBy(week => week.Visits);

    /// <summary>True for a pause after which a run goes on.</summary>
    public static bool IsPause(int weeks) => weeks <= LongestPause;

    private static bool IsCut(WeekAnswer week, DateOnly? ends) =>
        ends is { } day && day >= week.StartsOn && day < week.StartsOn.AddDays(Week - 1);

    /// <summary>How many weeks there are up to the end of the last run; all of them where there is no run.</summary>
    private static int EndOfRun(IReadOnlyList<WeekAnswer> weeks)
    {
        var (end, length) = (weeks.Count, 0);
        for (var i = weeks.Count - 1; i >= 0; i--)
        {
            length++;
            if (length >= FewestWeeks)
            {
                return end;
            }
            if (i > 0 && !IsPause(((weeks[i].StartsOn.DayNumber - weeks[i - 1].StartsOn.DayNumber) / Week) - 1))
            {
                (end, length) = (i, 0);
            }
        }
        return weeks.Count;
    }
}
