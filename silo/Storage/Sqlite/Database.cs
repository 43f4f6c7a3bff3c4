using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>One SQLite connection with its prepared statements. Not thread-safe: one owner at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => _handle = handle;

    public static Database Open(string path, bool readOnly = false) =>
        Open(path, readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    private static Database Open(string path, int how)
    {
        var result = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_NOMUTEX | how, null);
        if (result != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteFault(result, "open");
        }
        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, 5_000);
        return new Database(handle);
    }

    /// <summary>
    /// Opens a file to read what lies there now, and leaves nothing beside it. What a killed process has left there
    /// belongs to it and is read, too.
    /// </summary>
    /// <param name="path">A file that nothing writes to meanwhile.</param>
    public static Database OpenToLook(string path)
    {
        // SQLite makes a write-ahead log and its index also for a reader; not so of a file that cannot change.
        var isAlone = !File.Exists(path + "-wal") && !File.Exists(path + "-journal");
        return isAlone
            ? Open(
                $"{new Uri(Path.GetFullPath(path)).AbsoluteUri}?immutable=1",
                raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI)
            : Open(path, readOnly: true);
    }

    public Statement Prepare([StringSyntax("sql")] string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var stmt), sql);
        var statement = new Statement(this, stmt);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>A statement for one use, which its user disposes.</summary>
    public Statement PrepareOnce([StringSyntax("sql")] string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var stmt), sql);
        return new Statement(this, stmt);
    }

    public void Execute([StringSyntax("sql")] string sql) => Check(raw.sqlite3_exec(_handle, sql), sql);

    /// <summary>Runs a query that answers one row and returns its first column as text.</summary>
    public string? Scalar([StringSyntax("sql")] string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    internal void Check(int result, string what)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteFault(raw.sqlite3_extended_errcode(_handle) is var code and not 0 ? code : result, what);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }
        _handle.Dispose();
    }
}

/// <summary>An SQLite result code that is not success, and the statement that met it (never its values).</summary>
internal sealed class SqliteFault(int code, string what)
    : Exception($"SQLite answered {raw.sqlite3_errstr(code).utf8_to_string()} ({code}) to: {what}")
{
    public int Code { get; } = code;

    public int PrimaryCode => Code & 0xff;

    /// <summary>
    /// No room: the disk is full, or a quota or a limit on the size of files is used up. It shows in several places;
    /// already the index of the write-ahead log needs room.
    /// </summary>
    public bool IsFull =>
        PrimaryCode == raw.SQLITE_FULL || Code is raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_WRITE;

    /// <summary>Another program holds a lock.</summary>
    public bool IsLocked => PrimaryCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>The file is not what was written.</summary>
    public bool IsDamage => PrimaryCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
