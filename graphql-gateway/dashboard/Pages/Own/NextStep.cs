using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Own;

/// <summary>What is to be done for a client next, the most pressing first.</summary>
/// <param name="Name">What.</param>
/// <param name="When">Until when, and how late it is.</param>
/// <param name="IsLate">True when its day has passed.</param>
public sealed record NextStep(string Name, string When, bool IsLate)
{
    private const string Closed = "client.matter-closed";
    private const string Reopened = "client.matter-reopened";

    /// <summary>Deadlines that are not met, by their days; none of a closed matter.</summary>
    public static IReadOnlyList<NextStep> Of(ReadClientAnswer client, DateOnly today, Language words) =>
    [
        .. client.Closed is not null ? [] : client.Deadlines.Where(one => one.MetOn is null)
            .OrderBy(one => one.DueOn).Select(one => new NextStep(
                words.Of("deadline", one.Kind), Day(one.DueOn, today, words), one.DueOn < today)),
    ];

    /// <summary>A day with how many days ago it was, or how many are left.</summary>
    public static string Day(DateOnly due, DateOnly today, Language words)
    {
        var days = today.DayNumber - due.DayNumber;
        return days switch
        {
            > 0 => words.Count("next.late", days, ("day", due)),
            0 => words.Say("next.today", ("day", due)),
            _ => words.Count("next.left", -days, ("day", due)),
        };
    }

    /// <summary>
    /// The day on which the matter of the current plan was closed, where it was opened again and no plan was made
    /// since: the plan is of the earlier matter. Null where it is not so, or not on the timeline's page.
    /// </summary>
    public static DateOnly? EndOfPlan(ReadClientAnswer client)
    {
        var matter = client.Timeline.Nodes.Where(entry => entry is { Type: Closed or Reopened, InErrorBy: null })
            .OrderByDescending(entry => entry.Version).ToArray();
        return client.Closed is null && matter is [{ Type: Reopened }, { Type: Closed } closed, ..]
            && client.Plans is [.., var plan] && plan.MadeOn <= closed.OccurredOn
            ? closed.OccurredOn
            : null;
    }
}
