using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// Which rows of a caseload a caller sees, by the standing among the register's staff: those of workers who are the
/// caller's matter, until the time for records after the client's own matter is over, and what is in the intake of
/// those who handle it. A client with whom the caller only has a meeting is read one by one and stands on no list.
/// </summary>
internal readonly struct RowSight
{
    private readonly int[]? _workers;
    private readonly bool _seesIntake;
    private readonly int _today;
    private readonly int _since;

    /// <param name="seenBy">Where the caller stands; null sees all.</param>
    /// <param name="names">The numbers of workers in this caseload.</param>
    /// <param name="today">The day.</param>
    /// <param name="since">Since when the clients here are in the register in which the caller stands: workers who were
    /// named before are another one's.</param>
    public RowSight(Standing? seenBy, CaseloadNames names, DateOnly today, DateOnly since)
    {
        _workers = seenBy is null ? null
            : [.. seenBy.Workers.Select(names.Workers.Find).Where(static number => number >= 0)];
        _seesIntake = seenBy is { HandlesIntake: true };
        (_today, _since) = (today.DayNumber, since.DayNumber);
    }

    public bool Takes(CaseloadTable table, int place) => _workers is null
        || (table.Workers[place] is var worker and >= 0
            ? Array.IndexOf(_workers, worker) >= 0 && table.WorkerSinceAt(place) >= _since
                && !MatterEnds.IsOver(table.EndedOnAt(place), _today)
            : _seesIntake && table[place].IsInIntake);
}
