using System.Collections.Concurrent;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The one writer: a thread that drains every waiting append into one transaction and one fsync. While the disk works,
/// the next group gathers. A group is answered only after COMMIT returned with synchronous=FULL.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxGroup = 1024;
    private const int MaxWaiting = 100_000;
    /// <summary>Less room than this on the disk is none: what is written once may be larger than a trial.</summary>
    private const long LeastRoomBytes = 1 << 20;

    private static readonly TimeSpan s_trialEvery = TimeSpan.FromSeconds(1);

    private const string Closing = "The store is closing; nothing of this request was stored.";

    private readonly Database _database;
    private readonly SqliteTables _tables;
    private readonly ConcurrentQueue<PendingWrite> _waiting = new();
    private readonly ManualResetEventSlim _signal = new();
    private readonly List<PendingWrite> _group = new(MaxGroup);
    private readonly Thread _thread;
    private readonly Action<long> _committed;
    private readonly StoreFigures _figures;
    private readonly string _file;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _number;
    private readonly HighWater _mark;
    private readonly LogRenewal _renewal;
    private long _groups;
    private int _waitingCount;
    private volatile bool _closing;
    private volatile bool _ended;
    private volatile StoreFault? _broken;

    public GroupCommit(
        Database database, HighWater mark, LogRenewal renewal, StoreFigures figures, Action<long> committed)
    {
        (_database, _mark, _renewal) = (database, mark, renewal);
        _groups = SqliteSchema.GroupNumber(database);
        _figures = figures;
        _committed = committed;
        _tables = new SqliteTables(database);
        _file = database.Scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")!;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _number = database.Prepare("UPDATE groups SET number = ?1");
        LastPosition = _tables.Position;
        _thread = new Thread(Run) { Name = "osst-group-commit", IsBackground = true };
        _thread.Start();
    }

    public long LastPosition { get; private set; }

    /// <summary>Seals rows from the next group on.</summary>
    public RowSeals? Seals
    {
        get => _tables.Seals;
        set => _tables.Seals = value;
    }

    /// <summary>Where the logs about clients stand.</summary>
    public IReadOnlyList<ChainHead> LogHeads => [.. _tables.Uses.Heads, .. _tables.Disclosures.Heads];

    /// <summary>Queues a write for the next group; throws when the store is broken, closing or overloaded.</summary>
    public void Enqueue(PendingWrite write)
    {
        if (_broken is { } fault)
        {
            throw fault;
        }
        if (_closing)
        {
            throw new StoreFault(Closing);
        }
        if (Interlocked.Increment(ref _waitingCount) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waitingCount);
            throw LimitCounts.Reached(LimitCodes.StoreBusy, "Too many writes are waiting for the disk; try again.");
        }
        write.Watch = _figures.Begin();
        _waiting.Enqueue(write);
        _signal.Set();
        if (_ended)
        {
            TurnAway(); // It came in while the writer left: somebody has to answer it.
        }
    }

    public void Dispose()
    {
        _closing = true;
        _signal.Set();
        _thread.Join();
        _renewal.Dispose();
        _database.Dispose();
        _mark.Dispose();
        _signal.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            if (!_signal.Wait(_figures.IsRefusing ? s_trialEvery : Timeout.InfiniteTimeSpan))
            {
                TryWriting();
                continue;
            }
            _signal.Reset();
            while (TakeGroup())
            {
                CommitGroup();
            }
            if (_closing && _waiting.IsEmpty)
            {
                _ended = true;
                TurnAway();
                return;
            }
        }
    }

    private void TurnAway()
    {
        while (_waiting.TryDequeue(out var write))
        {
            _figures.Failed(1);
            write.Fail(new StoreFault(Closing));
        }
    }

    private bool TakeGroup()
    {
        _group.Clear();
        while (_group.Count < MaxGroup && _waiting.TryDequeue(out var write))
        {
            _group.Add(write);
        }
        Interlocked.Add(ref _waitingCount, -_group.Count);
        return _group.Count > 0;
    }

    private void CommitGroup()
    {
        if (_broken is { } broken)
        {
            FailGroup(broken);
            return;
        }
        var began = Ticks.Now;
        long syncing;
        try
        {
            _begin.Run();
            foreach (var write in _group)
            {
                write.ApplyTo(_tables);
            }
            _number.Bind(1, _groups + 1).Run();
            syncing = Ticks.Now;
            _commit.Run();
        }
        catch (Exception fault)
        {
            Undo(fault);
            return;
        }
        _mark.Raise(++_groups);
        _figures.Stored(_group, began, syncing);
        (_figures.IsRefusing, _figures.Trouble) = (false, null);
        AnswerGroup();
    }

    /// <summary>
    /// A process that cannot write is sent nothing to write: it has to find out by itself when it can again.
    /// </summary>
    private void TryWriting()
    {
        try
        {
            if (new DriveInfo(_file).AvailableFreeSpace >= LeastRoomBytes)
            {
                _begin.Run();
                _database.Execute("UPDATE opens_from SET version = version");
                _commit.Run();
                (_figures.IsRefusing, _figures.Trouble) = (false, null);
            }
        }
        catch (Exception fault)
        {
            Undo(fault);
        }
    }

    private void AnswerGroup()
    {
        _tables.Uses.Stand();
        _tables.Disclosures.Stand();
        var moved = _tables.Position != LastPosition;
        LastPosition = _tables.Position;
        foreach (var write in _group)
        {
            if (write.Erases)
            {
                _renewal.For(write);
            }
            else
            {
                write.Succeed();
            }
        }
        if (moved)
        {
            _committed(LastPosition);
        }
    }

    /// <summary>
    /// A disk without room, or a lock that another program holds, undoes the group and lets later ones try again. Any
    /// other fault leaves the disk's state unknown (an fsync that failed once may "succeed" later without having
    /// written), so nothing more is accepted.
    /// </summary>
    private void Undo(Exception fault)
    {
        var passing = fault switch
        {
            SqliteFault { IsFull: true } => "The disk is full; nothing of this request was stored.",
            SqliteFault { IsLocked: true } => "Another program locks the database; nothing was stored.",
            _ => null,
        };
        var answer = new StoreFault(
            passing ?? "The database could not be written; the server must be restarted.", fault)
        {
            IsPassing = passing is not null,
        };
        try
        {
            if (_database.InTransaction)
            {
                _database.Execute("ROLLBACK");
            }
            _tables.Position = LastPosition;
            _tables.Uses.BeginAnew();
            _tables.Disclosures.BeginAnew();
        }
        catch (SqliteFault)
        {
            passing = null;
        }
        // A broken file is not tried again: what a later write would say of it is not to be trusted.
        (_figures.IsRefusing, _figures.Trouble) = (passing is not null, answer.Message);
        if (passing is null)
        {
            _broken = answer;
            _figures.IsBroken = true;
        }
        FailGroup(answer);
    }

    private void FailGroup(StoreFault fault)
    {
        _figures.Failed(_group.Count);
        foreach (var write in _group)
        {
            write.Fail(fault);
        }
    }
}
