using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>Which row of an AVAIN table something stands in.</summary>
public enum PlanRow : byte
{
    /// <summary>Clients with a goal of a main class.</summary>
    GoalClass = 1,

    /// <summary>Clients with a goal of a scale.</summary>
    Scale = 2,

    /// <summary>Clients with whom some review says that a method had been used.</summary>
    MethodUsed = 3,

    /// <summary>Clients with whom a review says that it had not been used, and none that it had.</summary>
    MethodNotUsed = 4,

    /// <summary>Clients for whom it was planned or reviewed, and no review says whether it had been used.</summary>
    MethodUnanswered = 5,

    /// <summary>Clients by <see cref="DoseBand"/>.</summary>
    Dose = 6,

    /// <summary>Clients for whom a service was planned and used.</summary>
    ServiceUsed = 7,

    /// <summary>Clients for whom a service was planned and not used.</summary>
    ServiceNotUsed = 8,

    /// <summary>Clients for whom a service was planned, and no review says whether it had been used.</summary>
    ServiceUnanswered = 9,

    /// <summary>Clients who used a service that was not planned.</summary>
    ServiceUnplanned = 10,

    /// <summary>All clients with a review.</summary>
    Reviewed = 11,
}

/// <summary>What of a row is counted.</summary>
public enum PlanCount : byte
{
    /// <summary>Goals that were attained; this and the next three are the numbers of <see cref="Attainment"/>.
    /// </summary>
    Attained = 1,
    Partly = 2,
    NotAttained = 3,
    NotAssessed = 4,

    /// <summary>Clients.</summary>
    Clients = 5,

    /// <summary>Clients of these with a review that counts for the row.</summary>
    Reviewed = 6,

    /// <summary>Clients of these whose last such review was filled together with the client.</summary>
    WithClient = 7,
}

/// <summary>Rows of first plan episodes, and agreed days of review that were kept: integers that add up.</summary>
public sealed class PlanRows
{
    /// <summary>The code is empty for rows that are of no code list.</summary>
    public Dictionary<(PlanRow Row, CodedValue Code, PlanCount What), int> Counts { get; } = [];

    /// <summary>Agreed days of review by month, and whether a review was held by then.</summary>
    public Dictionary<(int DueMonth, bool InTime), int> Agreed { get; } = [];

    public int Of(PlanRow row, CodedValue code, PlanCount what) => Counts.GetValueOrDefault((row, code, what));

    /// <summary>The goals of a row by how they were assessed.</summary>
    public AttainmentCounts GoalsOf(PlanRow row, CodedValue code)
    {
        var goals = new AttainmentCounts();
        foreach (var attainment in Enum.GetValues<Attainment>())
        {
            goals.Add(attainment, Of(row, code, (PlanCount)attainment));
        }
        return goals;
    }

    /// <summary>Adds all that another counts.</summary>
    public void Merge(PlanRows other)
    {
        Counts.CountAll(other.Counts, +1);
        Agreed.CountAll(other.Agreed, +1);
    }

    /// <summary>The code under which a row of a number stands.</summary>
    public static CodedValue CodeOf(int number) => new("", number.ToString(
        System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>One municipality's rows of first plan episodes, by the month of the first plan.</summary>
internal sealed class PlanRowTally
{
    private readonly Dictionary<(int Month, PlanRow Row, CodedValue Code, PlanCount What), int> _rows = [];
    private readonly Dictionary<(int Month, int DueMonth, bool InTime), int> _agreed = [];

    /// <summary>Counts a client's first plan episode, or with -1 takes it back.</summary>
    public void Add(PlanEpisode episode, CourseNames names, int sign)
    {
        var details = new PlanDetailRows(episode);
        foreach (var (row, code, what, count) in details.Rows(names))
        {
            _rows.Count((episode.Month, row, code, what), sign * count);
        }
        foreach (var (due, inTime) in details.AgreedReviews())
        {
            _agreed.Count((episode.Month, MonthSet.NumberOf(DateOnly.FromDayNumber(due)), inTime), sign);
        }
    }

    public void AddTo(PlanRows answer, OutcomePeriod period, Func<int, StudyArm?> armIn)
    {
        foreach (var (key, count) in _rows.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            answer.Counts.Count((key.Row, key.Code, key.What), count);
        }
        foreach (var (key, count) in _agreed.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            answer.Agreed.Count((key.DueMonth, key.InTime), count);
        }
    }

    public void Imprint(Image image)
    {
        image.Entries(_rows, static (
            Image i, ref (int Month, PlanRow Row, CodedValue Code, PlanCount What) key, ref int count) =>
        {
            i.Value(ref key.Month);
            i.Value(ref key.Row);
            key.Code = CaseloadNames.ImprintOf(i, key.Code);
            i.Value(ref key.What);
            i.Value(ref count);
        });
        image.Entries(_agreed, static (Image i, ref (int Month, int DueMonth, bool InTime) key, ref int count) =>
        {
            i.Value(ref key);
            i.Value(ref count);
        });
    }

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _rows.Select(cell => $"plan row {cell.Key} {cell.Value}")
        .Concat(_agreed.Select(cell => $"plan agreed {cell.Key} {cell.Value}"));
}
