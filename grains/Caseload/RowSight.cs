using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// Which rows of a caseload a caller sees, by the standing among the register's staff: those of workers who are the
/// caller's matter, and what is in the intake of those who handle it. A client with whom the caller only has a meeting
/// is read one by one and stands on no list.
/// </summary>
internal readonly struct RowSight
{
    private readonly int[]? _workers;
    private readonly bool _seesIntake;

    /// <param name="seenBy">Where the caller stands; null sees all.</param>
    /// <param name="names">The numbers of workers in this caseload.</param>
    public RowSight(Standing? seenBy, CaseloadNames names)
    {
        _workers = seenBy is null ? null
            : [.. seenBy.Workers.Select(names.Workers.Find).Where(static number => number >= 0)];
        _seesIntake = seenBy is { HandlesIntake: true };
    }

    public bool Takes(CaseloadTable table, int place) => _workers is null
        || (table.Workers[place] is var worker and >= 0
            ? Array.IndexOf(_workers, worker) >= 0
            : _seesIntake && table[place].IsInIntake);
}
