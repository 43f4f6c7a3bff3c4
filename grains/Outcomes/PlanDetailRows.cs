using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Minutes with the client in the 90 days from the first plan, in fixed bands: attended meetings, and contacts that
/// reached the client.
/// </summary>
public enum DoseBand : byte
{
    /// <summary>No meeting was attended, and no minutes were recorded.</summary>
    None = 1,

    /// <summary>1 to 119 minutes.</summary>
    UnderTwoHours = 2,

    /// <summary>120 to 299 minutes.</summary>
    TwoToFiveHours = 3,

    /// <summary>300 minutes or more.</summary>
    FiveHoursOrMore = 4,

    /// <summary>A meeting was attended whose length was not recorded.</summary>
    NotRecorded = 5,
}

/// <summary>
/// What a first plan episode adds to the rows of AVAIN tables. By dose only reviews after the 90 days count: minutes
/// that came after an outcome are no dose of it (a landmark).
/// </summary>
/// <param name="episode">The episode.</param>
internal sealed class PlanDetailRows(PlanEpisode episode)
{
    /// <summary>Days from the first plan in which minutes count, its own day being the first.</summary>
    public const int DoseDays = 90;

    private const int Two = 120;
    private const int Five = 300;

    private readonly int _landmark = episode.FirstDay + DoseDays;

    /// <summary>What is counted in which row.</summary>
    public IEnumerable<(PlanRow Row, CodedValue Code, PlanCount What, int Count)> Rows(CourseNames names) =>
    [
        .. Dose(),
        .. episode.IsReviewed ? Reviewed(names) : [],
    ];

    /// <summary>
    /// The agreed days of review, and whether a review was held by then. A day counts once: one that was followed by a
    /// new plan without a review was agreed anew, and one after the closing never came.
    /// </summary>
    public IEnumerable<(int Due, bool InTime)> AgreedReviews()
    {
        var last = episode.Marks.Where(mark => mark.Kind is MarkKind.Closed).Select(mark => mark.Day)
            .DefaultIfEmpty(int.MaxValue).Max();
        foreach (var agreed in Agreements())
        {
            var due = agreed.Day + agreed.Code;
            var inTime = episode.Marks.Any(mark =>
                mark.Kind is MarkKind.Review && IsAfter(mark, agreed) && mark.Day <= due);
            var replaced = episode.Marks.Any(mark =>
                mark.Kind is MarkKind.Plan && mark.Day > agreed.Day && mark.Day <= due);
            if (inTime || (!replaced && due <= last))
            {
                yield return (due, inTime);
            }
        }
    }

    /// <summary>One a day: of a review and a new plan on its day the new plan's agreement holds.</summary>
    private IEnumerable<CourseMark> Agreements() => episode.Marks
        .Where(mark => mark is { Kind: MarkKind.Plan or MarkKind.Review, Code: > 0 })
        .GroupBy(mark => mark.Day)
        .Select(day => day.OrderBy(mark => mark.Kind is MarkKind.Plan ? 0 : 1).First());

    /// <summary>A review on the day of a plan can be of that very plan, made before it.</summary>
    private static bool IsAfter(in CourseMark review, in CourseMark agreed) => review.Day > agreed.Day
        || (review.Day == agreed.Day && agreed.Kind is MarkKind.Plan && review.Id == agreed.Id);

    private IEnumerable<(PlanRow, CodedValue, PlanCount, int)> Dose()
    {
        var code = PlanRows.CodeOf((int)Band());
        yield return (PlanRow.Dose, code, PlanCount.Clients, 1);
        CourseMark[] late = [.. episode.Marks.Where(mark => mark.Day >= _landmark)];
        if (late.LastOrDefault(mark => mark.Kind is MarkKind.Review) is { Kind: MarkKind.Review } last)
        {
            yield return (PlanRow.Dose, code, PlanCount.Reviewed, 1);
            yield return (PlanRow.Dose, code, PlanCount.WithClient, last.Value);
        }
        foreach (var attainment in PlanEpisode.LastAssessments(late).Values)
        {
            yield return (PlanRow.Dose, code, (PlanCount)attainment, 1);
        }
    }

    private DoseBand Band()
    {
        var (minutes, unknown) = (0, false);
        foreach (var mark in episode.Marks.Where(mark =>
            mark.Day < _landmark && mark.Kind is (MarkKind.Attended or MarkKind.ContactTime)))
        {
            minutes += mark.Code;
            unknown |= mark.Code == 0;
        }
        return unknown ? DoseBand.NotRecorded : minutes switch
        {
            0 => DoseBand.None,
            < Two => DoseBand.UnderTwoHours,
            < Five => DoseBand.TwoToFiveHours,
            _ => DoseBand.FiveHoursOrMore,
        };
    }

    private IEnumerable<(PlanRow, CodedValue, PlanCount, int)> Reviewed(CourseNames names) =>
    [
        .. Clients(PlanRow.Reviewed, new CodedValue("", "")),
        .. episode.Goals.Select(goal => CodeSystems.ClassOf(names.Codes[goal.Goal])).Distinct()
            .SelectMany(of => Clients(PlanRow.GoalClass, of)),
        .. episode.Goals.Select(goal => goal.Scale).Distinct()
            .SelectMany(scale => Clients(PlanRow.Scale, PlanRows.CodeOf((int)scale))),
        .. episode.Methods.SelectMany(method => Clients(
            method.Used ? PlanRow.MethodUsed : PlanRow.MethodNotUsed, names.Codes[method.Method])),
        .. Unanswered().SelectMany(method => Clients(PlanRow.MethodUnanswered, names.Codes[method])
            .Concat(episode.Goals.Select(goal =>
                (PlanRow.MethodUnanswered, names.Codes[method], (PlanCount)goal.Attainment, 1)))),
        .. Services().Select(service => (service.Row, names.Codes[service.Service], PlanCount.Clients, 1)),
    ];

    private IEnumerable<(PlanRow, CodedValue, PlanCount, int)> Clients(PlanRow row, CodedValue code)
    {
        yield return (row, code, PlanCount.Clients, 1);
        yield return (row, code, PlanCount.WithClient, episode.FilledWithClient ? 1 : 0);
    }

    /// <summary>Methods that were planned or reviewed, and of which no review says whether they were used.</summary>
    private IEnumerable<int> Unanswered() => episode.Marks
        .Where(mark => mark.Kind is MarkKind.PlanMethod or MarkKind.ReviewMethod).Select(mark => (int)mark.Code)
        .Distinct().Except(episode.Methods.Select(method => method.Method));

    private IEnumerable<(PlanRow Row, int Service)> Services()
    {
        var planned = Of(MarkKind.PlanService, null);
        var used = Of(MarkKind.ReviewService, Usage.Used);
        var notUsed = Of(MarkKind.ReviewService, Usage.NotUsed);
        foreach (var service in planned)
        {
            yield return (used.Contains(service) ? PlanRow.ServiceUsed
                : notUsed.Contains(service) ? PlanRow.ServiceNotUsed : PlanRow.ServiceUnanswered, service);
        }
        foreach (var service in used.Except(planned))
        {
            yield return (PlanRow.ServiceUnplanned, service);
        }
    }

    private HashSet<int> Of(MarkKind kind, Usage? usage) =>
    [
        .. episode.Marks.Where(mark => mark.Kind == kind && (usage is null || mark.Value == (byte)usage))
            .Select(mark => (int)mark.Code),
    ];
}
