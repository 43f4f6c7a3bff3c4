using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// A client's first plan episode: the plans from the first one to the closing of the matter, and what their reviews
/// say. Each goal has the assessment of the last review that assessed it.
/// </summary>
internal sealed class PlanEpisode
{
    private PlanEpisode(int firstDay) =>
        (FirstDay, Month) = (firstDay, MonthSet.NumberOf(DateOnly.FromDayNumber(firstDay)));

    /// <summary>The day of the first plan.</summary>
    public int FirstDay { get; }

    public int Month { get; }

    /// <summary>Its marks, in order of days.</summary>
    public IReadOnlyList<CourseMark> Marks { get; private set; } = [];

    public bool IsReviewed { get; private set; }

    /// <summary>The last review was filled together with the client.</summary>
    public bool FilledWithClient { get; private set; }

    /// <summary>Goals that some review assessed, by number.</summary>
    public IReadOnlyList<(int Goal, GoalScale Scale, Attainment Attainment)> Goals { get; private set; } = [];

    /// <summary>Methods of which some review says whether they were used, by number; true where one says used. Of a
    /// method without an answer nothing is known: it was not "planned and not used".</summary>
    public IReadOnlyList<(int Method, bool Used)> Methods { get; private set; } = [];

    /// <summary>Null for a client without a plan.</summary>
    public static PlanEpisode? Of(Course course)
    {
        var first = course.Marks.FirstOrDefault(mark => mark.Kind is MarkKind.Plan);
        if (first.Kind is not MarkKind.Plan)
        {
            return null;
        }
        var closed = course.Closings().Where(mark => mark.Day >= first.Day)
            .Select(mark => mark.Day).DefaultIfEmpty(int.MaxValue).Min();
        var episode = new PlanEpisode(first.Day);
        episode.Read([.. course.Marks.Where(mark => mark.Day >= first.Day && mark.Day <= closed)]);
        return episode;
    }

    /// <summary>What the last review that assessed it says of each goal, by number.</summary>
    /// <param name="marks">In order of days.</param>
    public static SortedDictionary<int, Attainment> LastAssessments(IEnumerable<CourseMark> marks)
    {
        var assessed = new SortedDictionary<int, Attainment>();
        foreach (var mark in marks.Where(mark => mark.Kind is MarkKind.ReviewGoal))
        {
            if ((Attainment)mark.Value is Attainment.NotAssessed)
            {
                assessed.TryAdd(mark.Code, Attainment.NotAssessed);
            }
            else
            {
                assessed[mark.Code] = (Attainment)mark.Value;
            }
        }
        return assessed;
    }

    /// <param name="marks">Those of the episode, in order of days.</param>
    private void Read(CourseMark[] marks)
    {
        Marks = marks;
        var scales = new SortedDictionary<int, GoalScale>();
        var assessed = LastAssessments(marks);
        var methods = new SortedDictionary<int, bool>();
        // Reviews of one day are one, whichever plan they are of: the less favourable assessment comes last.
        foreach (var mark in marks.OrderBy(it => it.Day).ThenBy(it => it.Kind).ThenBy(it => it.Code)
            .ThenBy(it => it.Value))
        {
            switch (mark.Kind)
            {
                case MarkKind.PlanGoal:
                    scales[mark.Code] = (GoalScale)mark.Value;
                    break;
                case MarkKind.Review:
                    (IsReviewed, FilledWithClient) = (true, mark.Value == 1);
                    break;
                case MarkKind.ReviewMethod when (Usage)mark.Value is Usage.Used:
                    methods[mark.Code] = true;
                    break;
                case MarkKind.ReviewMethod when (Usage)mark.Value is Usage.NotUsed:
                    methods.TryAdd(mark.Code, false);
                    break;
            }
        }
        Goals = [.. assessed.Select(goal => (goal.Key, scales.GetValueOrDefault(goal.Key), goal.Value))];
        Methods = [.. methods.Select(method => (method.Key, method.Value))];
    }
}
