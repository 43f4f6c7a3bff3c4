using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// One municipality's stock and flow by month. A month's stock is kept as its change, so what is recorded late moves
/// all months after it by moving one number.
/// </summary>
internal sealed class TrendTally
{
    private static readonly int Measures = Enum.GetValues<CaseloadMeasure>().Length;

    private readonly Dictionary<(int Month, CaseloadMeasure Measure), int> _counts = [];

    /// <summary>The earliest month of which anything is counted; null when nothing is.</summary>
    public int? FirstMonth => _counts.Count == 0 ? null : _counts.Keys.Min(key => key.Month);

    /// <summary>The latest month of which anything is counted; null when nothing is.</summary>
    public int? LastMonth => _counts.Count == 0 ? null : _counts.Keys.Max(key => key.Month);

    /// <summary>Counts a step of a client, or with -1 takes it back.</summary>
    public void Add(int day, CaseloadMeasure measure, int sign) =>
        _counts.Count((MonthSet.NumberOf(DateOnly.FromDayNumber(day)), measure), sign);

    /// <summary>Counts a matter that becomes open here, or ceases to be.</summary>
    public void Add(in MatterTurn turn, int sign)
    {
        Add(turn.Day, turn.Opens ? CaseloadMeasure.New : CaseloadMeasure.Closed, sign);
        Add(turn.Day, CaseloadMeasure.Open, turn.Opens ? sign : -sign);
    }

    /// <summary>Adds all measures of some periods; the index is the measure's number less one.</summary>
    public void AddTo(int[][] sums, TrendPeriods periods)
    {
        foreach (var ((month, measure), count) in _counts)
        {
            var period = periods.Of(month);
            var sum = sums[(int)measure - 1];
            if (measure is CaseloadMeasure.Open)
            {
                for (var later = Math.Max(0, period); later < periods.Count; later++)
                {
                    sum[later] += count;
                }
            }
            else if (period >= 0 && period < periods.Count)
            {
                sum[period] += count;
            }
        }
    }

    /// <summary>Sums of no client.</summary>
    public static int[][] Nothing(TrendPeriods periods) =>
        [.. Enumerable.Range(0, Measures).Select(_ => new int[periods.Count])];

    public void Imprint(Image image) => image.Entries(
        _counts, static (Image i, ref (int Month, CaseloadMeasure Measure) key, ref int count) =>
        {
            i.Value(ref key.Month);
            i.Value(ref key.Measure);
            i.Value(ref count);
        });

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _counts.Select(cell => $"trend {cell.Key} {cell.Value}");
}

/// <summary>A client's matter becomes open in a municipality on a day, or ceases to be.</summary>
internal readonly record struct MatterTurn(int Day, int Municipality, bool Opens);

/// <summary>What a course says of stock and flow.</summary>
internal static class CourseTrend
{
    /// <summary>
    /// When the matter was open where, in order of days. Closings and reopenings follow each other as they were
    /// recorded: one with an earlier day than the one before takes effect on that one's day.
    /// </summary>
    public static IEnumerable<MatterTurn> Turns(Course course)
    {
        var (home, isOpen) = (-1, true);
        foreach (var (day, nextHome, nextOpen) in Steps(course).OrderBy(step => step.Day))
        {
            var (from, wasOpen) = (home, isOpen);
            (home, isOpen) = (nextHome ?? home, nextOpen ?? isOpen);
            if (from >= 0 && wasOpen && (home != from || !isOpen))
            {
                yield return new MatterTurn(day, from, Opens: false);
            }
            if (home >= 0 && isOpen && (home != from || !wasOpen))
            {
                yield return new MatterTurn(day, home, Opens: true);
            }
        }
    }

    /// <summary>What a mark counts as; null for one that no trend counts.</summary>
    public static CaseloadMeasure? MeasureOf(in CourseMark mark) => mark.Kind switch
    {
        MarkKind.Referral => CaseloadMeasure.Referred,
        MarkKind.Attended => CaseloadMeasure.Met,
        MarkKind.Missed => CaseloadMeasure.Missed,
        MarkKind.Plan => CaseloadMeasure.Plans,
        MarkKind.Review => CaseloadMeasure.Reviews,
        _ => null,
    };

    /// <summary>What a meeting counts as, besides, when the client was reminded of it; null for other marks.</summary>
    public static CaseloadMeasure? RemindedMeasureOf(Course course, in CourseMark mark) => mark.Kind switch
    {
        MarkKind.Attended when WasReminded(course, mark.Id) => CaseloadMeasure.MetReminded,
        MarkKind.Missed when WasReminded(course, mark.Id) => CaseloadMeasure.MissedReminded,
        _ => null,
    };

    private static bool WasReminded(Course course, int meeting)
    {
        foreach (var mark in course.Marks)
        {
            if (mark.Kind is MarkKind.Reminded && mark.Id == meeting)
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<(int Day, int? Home, bool? Open)> Steps(Course course)
    {
        foreach (var mark in course.Marks)
        {
            if (mark.Kind is MarkKind.Home)
            {
                yield return (mark.Day, mark.Code, null);
            }
        }
        var day = int.MinValue;
        foreach (var mark in course.Matter())
        {
            day = Math.Max(day, mark.Day);
            yield return (day, null, mark.Kind is MarkKind.Reopened);
        }
    }
}
