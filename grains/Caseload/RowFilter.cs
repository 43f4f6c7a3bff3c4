using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>A filter made ready for one caseload: names turned into numbers, columns before rows.</summary>
internal readonly struct RowFilter
{
    /// <summary>The number of a worker that no client has; clients without a worker have another.</summary>
    private const int UnknownWorker = -2;

    private readonly CaseloadFilter _filter;
    private readonly DueRule _due;
    private readonly int _worker;
    private readonly ulong _method;
    private readonly bool _isNarrow;
    private readonly RowSight _sight;

    public RowFilter(CaseloadFilter filter, CaseloadNames names, DueRule due, DateOnly since, bool isNarrow)
    {
        _filter = filter;
        (_due, _isNarrow) = (due, isNarrow);
        _worker = NumberOf(filter.WorkerId, names);
        _sight = new RowSight(filter.SeenBy, names, due.Today, since);
        _method = filter.Method is not { } method ? 0
            : names.Methods.Find(method) is var m and >= 0 ? 1UL << Math.Min(63, m) : 0;
    }

    /// <summary>A worker's number in this caseload.</summary>
    public static int NumberOf(string? worker, CaseloadNames names) =>
        worker is not null && names.Workers.Find(worker) is var number and >= 0 ? number : UnknownWorker;

    public bool Matches(CaseloadTable table, int place) =>
        !table.IsEmpty(place)
        && !(_filter.IsKept && table.IsOffListsAt(place))
        // A figure of one client would be that client's data: on no list, but in a figure of the same filter.
        && !(_isNarrow && table.IsRestrictedAt(place))
        && (_filter.Status is not { } status || table.Statuses[place] == (byte)status)
        && (_filter.Reason is not { } reason || table.Reasons[place] == (byte)reason)
        && (_filter.WorkerId is null || table.Workers[place] == _worker)
        && (_filter.Method is null || (table.Methods[place] & _method) != 0)
        && (_filter.AgeBand is not { } band || AgeBands.Of(table.BirthYears[place], _due.Today.Year) == band)
        && InPeriod(table.ReceivedOnAt(place))
        && _sight.Takes(table, place)
        && (_filter.Overdue is not { } kind || _due.IsOverdue(table[place], kind));

    private bool InPeriod(int receivedOn) =>
        (_filter.ReceivedFrom is null && _filter.ReceivedTo is null)
        || (receivedOn != 0
            && receivedOn >= (_filter.ReceivedFrom?.DayNumber ?? 0)
            && receivedOn <= (_filter.ReceivedTo?.DayNumber ?? int.MaxValue));
}
