using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Work;

/// <summary>
/// Work beyond the office of one month, by method: intensified individual work (<em>tehostettu yksilötyö</em>),
/// community and area work (<em>yhdyskunta- ja aluetyö</em>), structural social work (<em>rakenteellinen
/// sosiaalityö</em>), network work (<em>verkostotyö</em>), groups, peer experts, outreach youth work (<em>etsivä
/// nuorisotyö</em>). Sums, never persons.
/// </summary>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="Method">A code of list 1293 or its local placeholder: the same list as in plans.</param>
/// <param name="Activities">Times it was done.</param>
/// <param name="Minutes">Working time used, of all workers together.</param>
/// <param name="Participants">Participants, counted each time.</param>
public sealed record WorkDone(string Month, CodedValue Method, int Activities, long Minutes, long Participants);

/// <summary>What municipalities and drop-in centres share in recording activities.</summary>
internal static class WorkLedger
{
    private const int MostMinutes = 60 * 24 * 50;

    public static Rejection? Check(CodedValue method, int minutes, int participants, Moment moment) =>
        Require.Code(method, CodedFields.Method, moment, "method")
        ?? Require.Within(minutes, 1, MostMinutes, "minutes")
        ?? Require.Within(participants, 0, Limits.DailyCount, "participants");

    /// <summary>Sums by month and method stay as many as there are months and methods.</summary>
    public static IReadOnlyList<WorkDone> Add(
        IReadOnlyList<WorkDone> ledger, DateOnly on, CodedValue method, int minutes, int participants)
    {
        var month = CalendarMonth.Of(on).ToString();
        var known = ledger.FirstOrDefault(done => done.Month == month && done.Method == method)
            ?? new WorkDone(month, method, 0, 0, 0);
        return
        [
            .. ledger.Where(done => done.Month != month || done.Method != method)
                .Append(known with
                {
                    Activities = known.Activities + 1,
                    Minutes = known.Minutes + minutes,
                    Participants = known.Participants + participants,
                })
                .OrderBy(done => done.Month, StringComparer.Ordinal)
                .ThenBy(done => done.Method.ToString(), StringComparer.Ordinal),
        ];
    }
}
