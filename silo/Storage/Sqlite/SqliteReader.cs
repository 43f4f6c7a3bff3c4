using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>A read-only connection with its statements. One user at a time; see <see cref="SqliteReaders"/>.</summary>
internal sealed class SqliteReader(string path) : IDisposable
{
    public const string FindOutcomeSql = "SELECT version, position FROM outcomes WHERE stream = ?1 AND command_id = ?2";

    private const string Columns =
        "stream, version, position, municipality, type, occurred_on, recorded_at, command_id, actor, data, personal";

    private readonly Database _database = Open(path);
    private readonly List<StoredEvent> _events = []; // While they are read: how many there are is known at the end.
    private Statement? _begin;
    private Statement? _end;
    private Statement? _snapshot;
    private Statement? _tail;
    private Statement? _feed;
    private Statement? _sealed;
    private Statement? _outcome;
    private Statement? _key;
    private Statement? _keysBeside;
    private Statement? _kept;
    private Statement? _notes;
    private SqliteClientLogs? _logs;
    private SqliteRegisterLogs? _registerLogs;
    private SqliteIdentities? _identities;

    /// <summary>The lines of the logs about clients.</summary>
    public SqliteClientLogs Logs => _logs ??= new SqliteClientLogs(_database);

    public SqliteRegisterLogs RegisterLogs => _registerLogs ??= new SqliteRegisterLogs(_database);

    /// <summary>What lies beside the keys of clients.</summary>
    public SqliteIdentities Identities => _identities ??= new SqliteIdentities(_database);

    /// <summary>One read transaction: one view of the log, and its locks are taken once.</summary>
    /// <summary>True when a log about clients begins with a line of before an instant.</summary>
    public bool HasOldLines(string log, DateTimeOffset before) => PendingLogEnd.HasOld(_database, log, before);

    public StreamTail Load(GrainName grain, long afterVersion)
    {
        (_begin ??= _database.Prepare("BEGIN")).Run();
        try
        {
            return LoadNow(grain, afterVersion);
        }
        finally
        {
            (_end ??= _database.Prepare("COMMIT")).Run();
        }
    }

    private StreamTail LoadNow(GrainName grain, long afterVersion)
    {
        var stream = grain.ToString();
        _tail ??= _database.Prepare(
            $"SELECT {Columns} FROM events WHERE stream = ?1 AND version > ?2 ORDER BY version");
        var events = ReadEvents(_tail.Bind(1, stream).Bind(2, afterVersion), grain);
        if (grain.Kind != GrainKind.Client)
        {
            return new StreamTail(events, default);
        }
        var (consent, matters) = ReadKeysBeside(grain);
        return new StreamTail(events, ReadKey(stream))
        {
            MatterKeys = matters,
            ConsentKey = consent,
            Kept = ReadKept(stream),
        };
    }

    /// <summary>The log with the seals of its rows.</summary>
    /// <param name="after">Null for the very first.</param>
    /// <param name="max">No more than these.</param>
    public IReadOnlyList<StoredEvent> ReadSealed(long? after, int max)
    {
        _sealed ??= _database.Prepare(
            $"SELECT {Columns}, seal FROM events WHERE position >= ?1 ORDER BY position LIMIT ?2");
        return ReadEvents(
            _sealed.Bind(1, after + 1 ?? long.MinValue).Bind(2, max), null, static row => row.Bytes(11));
    }

    public IReadOnlyList<StoredEvent> ReadFeed(long after, int max)
    {
        _feed ??= _database.Prepare($"SELECT {Columns} FROM events WHERE position > ?1 ORDER BY position LIMIT ?2");
        return ReadEvents(_feed.Bind(1, after).Bind(2, max), null);
    }

    public AppendOutcome? FindOutcome(GrainName grain, Guid commandId)
    {
        _outcome ??= _database.Prepare(FindOutcomeSql);
        var found = _outcome.Bind(1, grain.ToString()).Bind(2, commandId).Step()
            ? new AppendOutcome(AppendResult.Duplicate, _outcome.Int64(0), _outcome.Int64(1))
            : (AppendOutcome?)null;
        _outcome.Reset();
        return found;
    }

    public IReadOnlyList<NoteRow> ReadRows(string shelf, string after, int max)
    {
        _notes ??= _database.Prepare(
            "SELECT key, value FROM notes WHERE shelf = ?1 AND key > ?2 ORDER BY key LIMIT ?3");
        var rows = new List<NoteRow>();
        for (_notes.Bind(1, shelf).Bind(2, after).Bind(3, max); _notes.Step();)
        {
            rows.Add(new NoteRow(shelf, _notes.Text(0), _notes.Bytes(1)));
        }
        _notes.Reset();
        return rows;
    }

    public void Dispose() => _database.Dispose();

    private static Database Open(string path)
    {
        var database = Database.Open(path, readOnly: true);
        try
        {
            database.Execute("PRAGMA mmap_size = 268435456");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public GrainSnapshot? ReadSnapshot(GrainName grain)
    {
        _snapshot ??= _database.Prepare("SELECT version, position, data, personal FROM snapshots WHERE stream = ?1");
        var snapshot = _snapshot.Bind(1, grain.ToString()).Step()
            ? new GrainSnapshot
            {
                Version = _snapshot.Int64(0),
                Position = _snapshot.Int64(1),
                Data = _snapshot.Bytes(2),
                Personal = _snapshot.Bytes(3),
            }
            : null;
        _snapshot.Reset();
        return snapshot;
    }

    private ReadOnlyMemory<byte> ReadKey(string stream)
    {
        _key ??= _database.Prepare("SELECT wrapped FROM keys WHERE stream = ?1");
        ReadOnlyMemory<byte> key = _key.Bind(1, stream).Step() ? _key.Bytes(0) : default(ReadOnlyMemory<byte>);
        _key.Reset();
        return key;
    }

    private (ReadOnlyMemory<byte> Consent, IReadOnlyList<MatterKey> Matters) ReadKeysBeside(GrainName client)
    {
        _keysBeside ??= _database.Prepare("SELECT stream, wrapped FROM keys WHERE stream > ?1 AND stream < ?2");
        var (consent, matters) = (default(ReadOnlyMemory<byte>), new List<MatterKey>());
        _keysBeside.Bind(1, MasterKey.BeginOfKeyNames(client)).Bind(2, MasterKey.EndOfKeyNames(client));
        while (_keysBeside.Step())
        {
            if (MasterKey.MatterOf(_keysBeside.Text(0)) is { } matter)
            {
                matters.Add(new MatterKey(matter, _keysBeside.Bytes(1)));
            }
            else
            {
                consent = _keysBeside.Bytes(1);
            }
        }
        _keysBeside.Reset();
        return (consent, matters);
    }

    private List<ReadOnlyMemory<byte>> ReadKept(string stream)
    {
        _kept ??= _database.Prepare("SELECT sealed FROM kept WHERE stream = ?1");
        var kept = new List<ReadOnlyMemory<byte>>();
        _kept.Bind(1, stream);
        while (_kept.Step())
        {
            kept.Add(_kept.Bytes(0));
        }
        _kept.Reset();
        return kept;
    }

    private StoredEvent[] ReadEvents(Statement rows, GrainName? known, Func<Statement, byte[]>? seal = null)
    {
        try
        {
            while (rows.Step())
            {
                var stored = ReadEvent(rows, known);
                _events.Add(seal is null ? stored : stored with { Seal = seal(rows) });
            }
            return [.. _events];
        }
        finally
        {
            _events.Clear();
            rows.Reset(); // Also after a row that cannot be read: the next reader gets this statement.
        }
    }

    private static StoredEvent ReadEvent(Statement row, GrainName? known)
    {
        if (known is not { } grain && !GrainName.TryParse(row.Text(0), out grain))
        {
            throw new StoreFault("The log holds a stream whose name is not a grain's.");
        }
        try
        {
            return new StoredEvent(
                grain, row.Int64(1), row.Int64(2), row.Name(3), row.Name(4),
                DateOnly.FromDayNumber((int)row.Int64(5)), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(6)),
                row.Guid(7), row.Name(8), row.Bytes(9), row.Bytes(10));
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            throw StoreFault.Damaged($"{grain}: version {row.Int64(1)}");
        }
    }
}
