using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// The rows as columns: a filter reads only the columns it asks about, one after the other in memory. Rows keep their
/// place for ever; a client who moves away leaves an empty place.
/// </summary>
internal sealed partial class CaseloadTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private string?[] _clients = [];
    private long[] _versions = [];
    private long[] _since = [];
    private short[] _birthYears = [];
    private ReferralChain[] _chains = [];
    private RowFlags[] _flags = [];
    private int[] _metOn = [];
    private int[] _assessedOn = [];
    private byte[] _durations = [];
    private int[] _discussionsAskedOn = [];
    private int[] _startedOn = [];
    private ImmutableArray<OwedStart>[] _owedStarts = [];
    private ImmutableArray<OpenReferral>[] _openReferrals = [];
    private int[] _closedOn = [];
    private int[] _earlierClosedOn = [];
    private byte[] _mattersEnded = [];
    private int[] _leftOn = [];
    private int[] _endedOn = [];
    private int[] _reviewedOn = [];
    private int[] _reviewDueOn = [];
    private int[] _heardOn = [];
    private int[] _workers = [];
    private int[] _workersSince = [];
    private ulong[] _methods = [];
    private ImmutableArray<OpenMeeting>[] _meetings = [];
    private byte[] _statuses = [];
    private byte[] _reasons = [];

    /// <summary>Places in use or left empty.</summary>
    public int Places { get; private set; }

    /// <summary>Derived columns for filters, by place; only the first <see cref="Places"/> count.</summary>
    public ReadOnlySpan<byte> Statuses => _statuses.AsSpan(0, Places);

    public ReadOnlySpan<byte> Reasons => _reasons.AsSpan(0, Places);

    public ReadOnlySpan<short> BirthYears => _birthYears.AsSpan(0, Places);

    public ReadOnlySpan<int> Workers => _workers.AsSpan(0, Places);

    public ReadOnlySpan<ulong> Methods => _methods.AsSpan(0, Places);

    public IEnumerable<string> Clients => _places.Keys;

    public bool IsEmpty(int place) => _clients[place] is null;

    public long SinceAt(int place) => _since[place];

    /// <summary>Places are filled in the order of coming, so the first after a position is found by halves.</summary>
    public int FirstPlaceAfter(long since)
    {
        var (low, high) = (0, Places);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = SinceAt(middle) <= since ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    public int ReceivedOnAt(int place) => _chains[place].ReceivedOn;

    public bool IsClosedAt(int place) => _closedOn[place] != 0;

    public int WorkerSinceAt(int place) => _workersSince[place];

    public int EndedOnAt(int place) => _endedOn[place];

    /// <summary>Day number of the closing of a client's earliest closed matter whose words are kept; 0 for others, and
    /// while the client is on no list: nothing of a restricted client is destroyed.</summary>
    public int KeptSinceAt(int place) => IsOffListsAt(place) ? 0
        : _earlierClosedOn[place] > 0 ? _earlierClosedOn[place]
        : _flags[place].HasFlag(RowFlags.MatterEnded) ? 0
        : _closedOn[place];

    /// <summary>The number of that matter; null where the whole client ends with it.</summary>
    public int? KeptMatterAt(int place) => _earlierClosedOn[place] > 0
        || (_flags[place] & (RowFlags.MattersApart | RowFlags.Died)) == RowFlags.MattersApart
            ? _mattersEnded[place] + 1
            : null;

    /// <summary>The processing is restricted.</summary>
    public bool IsRestrictedAt(int place) => _flags[place].HasFlag(RowFlags.Restricted);

    /// <summary>On no list: erased, about to be, or restricted. Figures go on counting such a client.</summary>
    public bool IsOffListsAt(int place) => (_flags[place] & (RowFlags.Erased | RowFlags.Restricted)) != 0;

    /// <summary>The erasure was decided, and is not carried out.</summary>
    public bool IsEndingAt(int place) => _flags[place].HasFlag(RowFlags.Ending);

    public bool IsHeldAt(int place) => _flags[place].HasFlag(RowFlags.Held);

    public int ReviewedOnAt(int place) => _reviewedOn[place];

    public int ReviewDueOnAt(int place) => _reviewDueOn[place];

    public int WaitsForContactSinceAt(int place) => CaseloadRow.WaitsSince(
        _chains[place], (_flags[place] & RowFlags.NotInvestigated) != 0, IsClosedAt(place));

    public int NextMeetingOnAt(int place) => CaseloadRow.EarliestDay(_meetings[place], IsClosedAt(place));

    public bool TryFind(string client, out int place) => _places.TryGetValue(client, out place);

    public CaseloadRow this[int place]
    {
        [MethodImpl(StartPath.Optimized)]
        get => new()
        {
            Client = _clients[place]!,
            Version = _versions[place],
            Since = _since[place],
            BirthYear = _birthYears[place],
            Chain = _chains[place],
            NotInvestigated = _flags[place].HasFlag(RowFlags.NotInvestigated),
            ClosedOn = _closedOn[place],
            LeftOn = _leftOn[place],
            OpenReferrals = _openReferrals[place],
            Clientship = _flags[place].HasFlag(RowFlags.Clientship),
            MetOn = _metOn[place],
            AssessedOn = _assessedOn[place],
            Duration = (SupportDuration)_durations[place],
            DiscussionAskedOn = _discussionsAskedOn[place],
            AssessmentStartedOn = _startedOn[place],
            OwedStarts = _owedStarts[place],
            ReviewedOn = _reviewedOn[place],
            ReviewDueOn = _reviewDueOn[place],
            HeardOn = _heardOn[place],
            Worker = _workers[place],
            WorkerSince = _workersSince[place],
            OwnWorker = _flags[place].HasFlag(RowFlags.OwnWorker),
            IsProtected = _flags[place].HasFlag(RowFlags.Protected),
            IsHeld = _flags[place].HasFlag(RowFlags.Held),
            IsErased = _flags[place].HasFlag(RowFlags.Erased),
            IsEnding = _flags[place].HasFlag(RowFlags.Ending),
            EarlierClosedOn = _earlierClosedOn[place],
            MattersEnded = _mattersEnded[place],
            MattersApart = _flags[place].HasFlag(RowFlags.MattersApart),
            IsMatterEnded = _flags[place].HasFlag(RowFlags.MatterEnded),
            HasDied = _flags[place].HasFlag(RowFlags.Died),
            IsRestricted = _flags[place].HasFlag(RowFlags.Restricted),
            AgreesToReminders = _flags[place].HasFlag(RowFlags.AgreesToReminders),
            Methods = _methods[place],
            Meetings = _meetings[place],
        };
    }

    /// <summary>The clients of a worker by number; only those whose matter is open when asked so.</summary>
    public List<string> ClientsOf(int worker, bool open)
    {
        var clients = new List<string>();
        for (var place = 0; place < Places; place++)
        {
            if (_workers[place] == worker && _clients[place] is { } client
                && (!open || _statuses[place] != (byte)CaseStatus.Closed))
            {
                clients.Add(client);
            }
        }
        return clients;
    }

    /// <summary>How many clients with an open matter each worker has, by number.</summary>
    public int[] OpenByWorker()
    {
        var counts = new int[_workers.Take(Places).Append(-1).Max() + 1];
        for (var place = 0; place < Places; place++)
        {
            if (!IsEmpty(place) && !IsClosedAt(place) && _workers[place] is var worker and >= 0)
            {
                counts[worker]++;
            }
        }
        return counts;
    }

    /// <summary>Writes a row at its place, or at a new one.</summary>
    /// <returns>The place.</returns>
    public int Put(in CaseloadRow row)
    {
        if (!_places.TryGetValue(row.Client, out var place))
        {
            place = NewPlace(row.Client);
        }
        _versions[place] = row.Version;
        _since[place] = row.Since;
        _birthYears[place] = (short)row.BirthYear;
        _chains[place] = row.Chain;
        _flags[place] = (row.NotInvestigated ? RowFlags.NotInvestigated : 0)
            | (row.Clientship ? RowFlags.Clientship : 0) | (row.OwnWorker ? RowFlags.OwnWorker : 0)
            | (row.IsProtected ? RowFlags.Protected : 0)
            | (row.IsHeld ? RowFlags.Held : 0) | (row.IsErased ? RowFlags.Erased : 0)
            | (row.IsEnding ? RowFlags.Ending : 0) | (row.MattersApart ? RowFlags.MattersApart : 0)
            | (row.IsMatterEnded ? RowFlags.MatterEnded : 0) | (row.HasDied ? RowFlags.Died : 0)
            | (row.IsRestricted ? RowFlags.Restricted : 0)
            | (row.AgreesToReminders ? RowFlags.AgreesToReminders : 0);
        (_earlierClosedOn[place], _mattersEnded[place]) = (row.EarlierClosedOn, row.MattersEnded);
        _metOn[place] = row.MetOn;
        _assessedOn[place] = row.AssessedOn;
        _durations[place] = (byte)row.Duration;
        _discussionsAskedOn[place] = row.DiscussionAskedOn;
        _startedOn[place] = row.AssessmentStartedOn;
        _owedStarts[place] = row.OwedStarts;
        _openReferrals[place] = row.OpenReferrals;
        (_closedOn[place], _leftOn[place], _endedOn[place]) = (row.ClosedOn, row.LeftOn, row.EndedOn);
        _reviewedOn[place] = row.ReviewedOn;
        _reviewDueOn[place] = row.ReviewDueOn;
        _heardOn[place] = row.HeardOn;
        (_workers[place], _workersSince[place]) = (row.Worker, row.WorkerSince);
        _methods[place] = row.Methods;
        _meetings[place] = row.Meetings;
        _statuses[place] = (byte)row.Status;
        _reasons[place] = (byte)row.Chain.Reason;
        return place;
    }

    /// <summary>Empties a client's place; the client may come back to a new one.</summary>
    public void Remove(string client)
    {
        if (_places.Remove(client, out var place))
        {
            _clients[place] = null;
        }
    }

    private int NewPlace(string client)
    {
        var place = Places++;
        if (place == _clients.Length)
        {
            Grow(Math.Max(64, place * 2));
        }
        _clients[place] = client;
        _places.Add(client, place);
        return place;
    }

    private void Grow(int size)
    {
        Array.Resize(ref _clients, size);
        Array.Resize(ref _versions, size);
        Array.Resize(ref _since, size);
        Array.Resize(ref _birthYears, size);
        Array.Resize(ref _chains, size);
        Array.Resize(ref _flags, size);
        Array.Resize(ref _metOn, size);
        Array.Resize(ref _assessedOn, size);
        Array.Resize(ref _durations, size);
        Array.Resize(ref _discussionsAskedOn, size);
        Array.Resize(ref _startedOn, size);
        Array.Resize(ref _owedStarts, size);
        Array.Resize(ref _openReferrals, size);
        Array.Resize(ref _closedOn, size);
        Array.Resize(ref _earlierClosedOn, size);
        Array.Resize(ref _mattersEnded, size);
        Array.Resize(ref _leftOn, size);
        Array.Resize(ref _endedOn, size);
        Array.Resize(ref _reviewedOn, size);
        Array.Resize(ref _reviewDueOn, size);
        Array.Resize(ref _heardOn, size);
        Array.Resize(ref _workers, size);
        Array.Resize(ref _workersSince, size);
        Array.Resize(ref _methods, size);
        Array.Resize(ref _meetings, size);
        Array.Resize(ref _statuses, size);
        Array.Resize(ref _reasons, size);
    }
}
