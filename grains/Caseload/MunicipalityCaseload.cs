using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// A municipality's live table of its clients, folded from their events, with standing counters. It equals a fold of
/// the log exactly. Not thread-safe: its host lets one caller in at a time.
/// </summary>
public sealed partial class MunicipalityCaseload(string code, MunicipalityState? municipality = null)
{
    private readonly CaseloadTable _table = new();
    private readonly CaseloadNames _names = new();
    private readonly RowTally _rows = new();
    private readonly OpeningList _openings = new();
    private readonly LogRequestList _logRequests = new(code);
    private readonly RestrictionList _restrictions = new();
    private readonly RetentionList _retention = new();

    /// <summary>An empty one beside another, with the same numbers for workers and methods.</summary>
    private MunicipalityCaseload(MunicipalityCaseload other)
        : this(other.Code, other.Municipality) =>
        (_names, Registers) = (other._names, other.Registers);

    /// <summary>The municipality's own state, from its events: name, arms over time, targets.</summary>
    public MunicipalityState Municipality { get; private set; } = municipality ?? MunicipalityDecider.Initial;

    public string Code { get; } = code;

    /// <summary>Which register the clients here are in, by day.</summary>
    public Registers Registers { get; set; } = Registers.OfMunicipalities;

    /// <summary>Openings of the clients here without a relationship, the oldest first.</summary>
    public IReadOnlyList<ClientOpening> Openings => _openings.All;

    /// <summary>Requests for log lines that clients made here.</summary>
    public IReadOnlyList<RegisterLogRequest> LogRequests => _logRequests.All;

    /// <summary>Restrictions of processing that clients here asked for, and that wait or hold.</summary>
    public IReadOnlyList<ClientRestriction> Restrictions => _restrictions.All;

    /// <summary>Takes in an event of the municipality itself.</summary>
    public void ApplyOwn(IEvent happened, DateOnly occurredOn) =>
        Municipality = MunicipalityDecider.Evolve(Municipality, happened, occurredOn);

    /// <summary>The version of a client seen so far; null for a client who is not here.</summary>
    public long? VersionOf(string client) => _table.TryFind(client, out var place) ? _table[place].Version : null;

    /// <summary>
    /// Takes in the next event of a client. <paramref name="happened"/> is null for an event that this version does
    /// not know; its version counts all the same.
    /// </summary>
    /// <returns>False when versions between are missing: the caller fetches them from the log.</returns>
    public bool Apply(string client, long version, long position, IEvent? happened, DateOnly occurredOn)
    {
        var known = _table.TryFind(client, out var place);
        var before = known ? _table[place] : CaseloadRow.Unknown(client);
        if (version <= before.Version)
        {
            return true;
        }
        if (version != before.Version + 1)
        {
            return false;
        }
        var after = Next(before, version, position, happened, occurredOn);
        _openings.Apply(client, happened);
        _logRequests.Apply(client, happened, occurredOn);
        _restrictions.Apply(client, happened, occurredOn);
        Replace(after);
        return true;
    }

    /// <summary>A request that a client made here ended while the client was in another register.</summary>
    public void ApplyElsewhere(string client, IEndsLogRequest happened, DateOnly occurredOn) =>
        _logRequests.Apply(client, happened, occurredOn);

    /// <summary>A client's row as folded from the events so far; null for one who is not here.</summary>
    public CaseloadRow? RowOf(string client) => _table.TryFind(client, out var place) ? _table[place] : null;

    /// <summary>Adds this municipality's part to an answer.</summary>
    public void AddTo(CaseloadMetrics answer, CaseloadFilter filter, DateOnly today)
    {
        if (filter.Arm is { } arm && Municipality.ArmOn(today) != arm)
        {
            return;
        }
        var due = DueOn(today);
        (filter.TakesAll ? _rows : TallyOf(filter, due)).AddTo(answer, _names, due);
    }

    /// <summary>Adds this municipality's part to a table of two metrics: one pass over its rows.</summary>
    public void AddTo(CrossedMetrics answer, CaseloadFilter filter, DateOnly today)
    {
        if (filter.Arm is not { } arm || Municipality.ArmOn(today) == arm)
        {
            var due = DueOn(today);
            answer.Add(_table, Matching(filter, due, isNarrow: true), _names, due);
        }
    }

    /// <summary>How many clients <see cref="List"/> has; standing counters answer when the filter takes all.</summary>
    public int CountListed(CaseloadFilter filter, DateOnly today)
    {
        var answer = new CaseloadMetrics();
        AddTo(answer, filter.TakesAll ? filter : filter with { IsKept = true }, today);
        return filter.TakesAll && answer.Municipalities > 0 ? answer.Clients - _retention.OffLists : answer.Clients;
    }

    /// <summary>Clients whose erasure was decided and is not carried out.</summary>
    public IReadOnlyList<string> Ending() => [.. _retention.Ending.Select(place => _table[place].Client)];

    /// <summary>Clients that match a filter, in the order of coming here; who was erased or is restricted is on no
    /// list.</summary>
    public IReadOnlyList<CaseloadEntry> List(CaseloadFilter filter, DateOnly today, CaseloadSlice slice)
    {
        var entries = new List<CaseloadEntry>();
        if (filter.Arm is { } arm && Municipality.ArmOn(today) != arm)
        {
            return entries;
        }
        var due = DueOn(today);
        var matching = Matching(filter with { IsKept = true }, due);
        var first = _table.FirstPlaceAfter(slice.After);
        var end = slice.Before == long.MaxValue ? _table.Places : _table.FirstPlaceAfter(slice.Before - 1);
        for (var i = 0; i < end - first && entries.Count < slice.Max; i++)
        {
            var place = slice.FromEnd ? end - 1 - i : first + i;
            if (matching.Matches(_table, place))
            {
                entries.Add(EntryOf(_table[place], due));
            }
        }
        if (slice.FromEnd)
        {
            entries.Reverse();
        }
        return entries;
    }

    /// <summary>The clients here.</summary>
    public IEnumerable<string> Clients => _table.Clients;

    /// <summary>Whom of some clients a caller sees on lists here, and who only is here, but for clients with a security
    /// ban.</summary>
    /// <param name="clients">Some clients, of this municipality or not.</param>
    /// <param name="seenBy">Where the caller stands; null sees all.</param>
    /// <param name="today">The day.</param>
    /// <param name="most">Of each, no more than these.</param>
    public ClientsBySight Sort(IEnumerable<string> clients, Standing? seenBy, DateOnly today, int most)
    {
        var (sight, due) = (Sight(seenBy, today), DueOn(today));
        var (seen, hidden, hasMore) = (new List<CaseloadEntry>(), new List<string>(), false);
        foreach (var client in clients.Distinct(StringComparer.Ordinal))
        {
            if (!_table.TryFind(client, out var place))
            {
                continue;
            }
            if (!sight.Takes(_table, place) || _table.IsRestrictedAt(place))
            {
                // Of a client with a security ban others do not learn that the client is here, either.
                AddUpTo(_table[place].IsProtected ? 0 : most, hidden, client);
            }
            else if (!AddUpTo(most, seen, EntryOf(_table[place], due)))
            {
                hasMore = true;
            }
        }
        return new ClientsBySight(seen, hidden, hasMore);

        static bool AddUpTo<T>(int most, List<T> list, T one)
        {
            if (list.Count >= most)
            {
                return false;
            }
            list.Add(one);
            return true;
        }
    }

    /// <summary>A client's line of the list; null for one who is not here, or is restricted.</summary>
    public CaseloadEntry? EntryOf(string client, DateOnly today) =>
        _table.TryFind(client, out var place) && !_table.IsRestrictedAt(place)
            ? EntryOf(_table[place], DueOn(today))
            : null;

    /// <summary>A worker's clients; only those whose matter is open when asked so.</summary>
    public IReadOnlyList<string> ClientsOf(string workerId, bool open) =>
        _table.ClientsOf(RowFilter.NumberOf(workerId, _names), open);

    /// <summary>The clients to be reminded of a meeting after a day and up to another.</summary>
    public IReadOnlyList<string> ToRemind(DateOnly after, DateOnly through) =>
        _table.ToRemind(after.DayNumber, through.DayNumber);

    /// <summary>The workers of clients whose matter is open, and how many they have, by identifier.</summary>
    public IReadOnlyList<(string WorkerId, int OpenClients)> Workers() => _table.OpenByWorker()
        .Select((open, worker) => (_names.Workers[worker], open))
        .Where(known => known.open > 0).OrderBy(known => known.Item1, StringComparer.Ordinal).ToArray();

    /// <summary>Who waits for what today; one pass over the clients, whatever is asked.</summary>
    public IReadOnlyList<Worklist> Worklists(WorklistQuestion question)
    {
        var due = DueOn(question.Today);
        var worker = RowFilter.NumberOf(question.WorkerId, _names);
        var scan = new WorklistScan(
            _table, question, new WorklistRule(due, question.NotHeardOfDays), worker,
            Sight(question.SeenBy, question.Today));
        return scan.Lists(place => EntryOf(_table[place], due));
    }

    /// <summary>Clients whose time of keeping has ended, by the day of closing and then of coming.</summary>
    public IReadOnlyList<RetentionItem> RetentionDue(RetentionQuestion asked) => _retention.Page(_table, asked);

    /// <summary>
    /// Everything but the municipality's own state, which is an event-sourced state like any other: written, or read
    /// into a caseload that is still empty. Counters over rows are counted again.
    /// </summary>
    /// <exception cref="InvalidDataException">The image is cut short.</exception>
    [System.Runtime.CompilerServices.MethodImpl(StartPath.Optimized)]
    public void Imprint(Image image)
    {
        _names.Imprint(image);
        _table.Imprint(image);
        _openings.Imprint(image);
        _logRequests.Imprint(image);
        _restrictions.Imprint(image);
        _rows.Fill(image, _table);
        _retention.Fill(image, _table);
    }

    private DueRule DueOn(DateOnly today) =>
        new(today, Municipality.FirstContactTargetDays, Municipality.ReviewIntervalDays, Municipality.WorkingDays);

    private CaseloadRow Next(CaseloadRow row, long version, long position, IEvent? happened, DateOnly occurredOn)
    {
        var next = happened is null ? row : RowFold.After(row, happened, occurredOn.DayNumber, _names);
        next.Version = version;
        next.Since = row.Since == 0 ? position : row.Since;
        return next;
    }

    private void Replace(in CaseloadRow after)
    {
        if (_table.TryFind(after.Client, out var place))
        {
            Count(place, -1);
        }
        Count(_table.Put(after), +1);
    }

    private void Count(int place, int sign)
    {
        _rows.Add(_table, place, sign);
        _retention.Count(_table, place, sign);
    }

    private RowTally TallyOf(CaseloadFilter filter, DueRule due) =>
        RowTally.Of(_table, Matching(filter, due));

    /// <summary>What is narrowed, by a filter or by two metrics at once, leaves restricted clients out.</summary>
    private RowFilter Matching(CaseloadFilter filter, DueRule due, bool isNarrow = false) =>
        new(filter, _names, due, Registers.SinceOf(Code, due.Today), isNarrow || !filter.TakesAll);

    private RowSight Sight(Standing? seenBy, DateOnly today) =>
        new(seenBy, _names, today, Registers.SinceOf(Code, today));

    private CaseloadEntry EntryOf(in CaseloadRow row, DueRule due) => new(
        row.Client, Code, row.Since, row.Status, row.Chain.IsOpen ? row.Chain.Reason : null,
        DayOrNull(row.Chain.ReceivedOn), row.BirthYear, row.Worker < 0 ? null : _names.Workers[row.Worker],
        row.OwnWorker, DayOrNull(row.ReviewDue(due.ReviewIntervalDays)), DayOrNull(row.NextMeetingOn),
        due.OverdueIn(row));

    private static DateOnly? DayOrNull(int day) => day == 0 ? null : DateOnly.FromDayNumber(day);
}
