using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>How waiting for a step of the referral chain ended.</summary>
public enum WaitEnd : byte
{
    /// <summary>Not yet.</summary>
    Open = 0,

    /// <summary>The step was taken.</summary>
    Taken = 1,

    /// <summary>The referral was left without investigation.</summary>
    NotInvestigated = 2,

    /// <summary>The client died.</summary>
    Died = 3,

    /// <summary>The client moved to another municipality.</summary>
    Moved = 4,

    /// <summary>The matter was closed.</summary>
    Closed = 5,
}

/// <summary>So many clients waited so long for a step of their first Kela referral, from the step before it on.
/// </summary>
/// <param name="Month">The month in which the referral was received.</param>
/// <param name="Age">The client's age group then.</param>
/// <param name="Step">The step; the waiting began with the one before it.</param>
/// <param name="Began">Whole weeks from the receipt to the beginning of the waiting, the begun week counting.</param>
/// <param name="Weeks">In which week of waiting it ended, from 1; 0 while it has not.</param>
/// <param name="End">How.</param>
public readonly record struct WaitKey(
    short Month, AgeGroup Age, ReferralStep Step, short Began, short Weeks, WaitEnd End);

/// <summary>What one client waited for.</summary>
internal static class ChainTimes
{
    private const int Week = 7;

    /// <summary>
    /// The waiting for each step that began. A client waits for a step until it is taken, or until the referral is
    /// left, the matter is closed or the client dies or moves, whichever comes first; of one day the step comes first.
    /// </summary>
    public static IEnumerable<WaitKey> Of(Course course, FollowUp follow, Episode referral)
    {
        var (ended, by) = EndOf(course, follow.Day, referral);
        for (var step = ReferralStep.Contacted; step <= ReferralStep.Planned; step++)
        {
            var (from, taken) = (referral.Chain.DayOf(step - 1), referral.Chain.DayOf(step));
            if (from == 0 || from > ended)
            {
                yield break;
            }
            var (until, how) = taken != 0 && taken <= ended ? (taken, WaitEnd.Taken) : (ended, by);
            yield return new WaitKey(
                (short)follow.Month, follow.Age, step, (short)((from - follow.Day + Week - 1) / Week),
                (short)(how is WaitEnd.Open ? 0 : WeekOf(until - from)), how);
        }
    }

    private static int WeekOf(int days) => Math.Min(short.MaxValue, (days / Week) + 1);

    /// <summary>The first day on which something ended the chain; far away when nothing did.</summary>
    private static (int Day, WaitEnd By) EndOf(Course course, int day, Episode referral)
    {
        var (first, by) = (int.MaxValue, WaitEnd.Open);
        if (referral.NotInvestigatedOn != 0)
        {
            (first, by) = (referral.NotInvestigatedOn, WaitEnd.NotInvestigated);
        }
        var home = course.HomeOn(day);
        foreach (var mark in course.Marks)
        {
            var how = EndBy(course, mark, home);
            if (mark.Day >= day && mark.Day < first && how is not WaitEnd.Open)
            {
                (first, by) = (mark.Day, how);
            }
        }
        return (first, by);
    }

    /// <summary>A closing that was taken back the same day is none; a client who came back later did not die.</summary>
    private static WaitEnd EndBy(Course course, CourseMark mark, int home) => mark.Kind switch
    {
        MarkKind.Home when mark.Code != home => WaitEnd.Moved,
        MarkKind.Closed when Reopened(course, mark) is { } on => on == mark.Day ? WaitEnd.Open : WaitEnd.Closed,
        MarkKind.Closed => (ClosingReason)mark.Value switch
        {
            ClosingReason.Died => WaitEnd.Died,
            ClosingReason.MovedAway => WaitEnd.Moved,
            _ => WaitEnd.Closed,
        },
        _ => WaitEnd.Open,
    };

    /// <summary>The earliest day on which a closing was taken back; null when it stands.</summary>
    private static int? Reopened(Course course, CourseMark closing) => course.Marks
        .Where(mark => mark.Kind is MarkKind.Reopened && mark.Position > closing.Position)
        .Select(mark => (int?)mark.Day).FirstOrDefault();
}

/// <summary>One municipality's waiting for the steps of first Kela referrals.</summary>
internal sealed class WaitTally
{
    private readonly Dictionary<WaitKey, int> _waits = [];

    public void Add(in WaitKey wait, int sign) => _waits.Count(wait, sign);

    public void AddTo(Dictionary<WaitKey, int> waits) => waits.CountAll(_waits, +1);

    public void Imprint(Image image) => image.Entries(_waits, static (Image i, ref WaitKey key, ref int count) =>
    {
        i.Value(ref key);
        i.Value(ref count);
    });

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _waits.Select(wait => $"wait {wait.Key} {wait.Value}");
}
