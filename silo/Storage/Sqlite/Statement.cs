using System.Buffers;
using System.Text;
using SQLitePCL;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>A prepared statement: bind by position from 1, step, read columns from 0, reset.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    private const int MaxNameLength = 96;
    private const int MaxNames = 4096;
    private const int MostOnStack = 512;

    private readonly Columns _columns = new(handle);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _names =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public Statement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value), "bind");
        return this;
    }

    /// <summary>All of the text: given as a string, a longer one would end at its first NUL.</summary>
    public Statement Bind(int index, string value)
    {
        if (value.Length == 0)
        {
            database.Check(raw.sqlite3_bind_text(handle, index, value), "bind"); // No bytes at all would be NULL.
            return this;
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most <= MostOnStack ? null : ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var utf8 = rented ?? stackalloc byte[MostOnStack];
            utf8 = utf8[..Encoding.UTF8.GetBytes(value, utf8)];
            database.Check(raw.sqlite3_bind_text(handle, index, utf8), "bind");
            return this;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        database.Check(
            value.IsEmpty ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_blob(handle, index, value), "bind");
        return this;
    }

    public Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return Bind(index, bytes);
    }

    /// <summary>True when there is a row to read.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Fault(result),
        };
    }

    /// <summary>
    /// Steps a statement without rows and makes it ready for the next; false on a uniqueness violation.
    /// </summary>
    public bool TryRun()
    {
        var result = raw.sqlite3_step(handle);
        raw.sqlite3_reset(handle);
        return result switch
        {
            raw.SQLITE_DONE => true,
            _ when (result & 0xff) == raw.SQLITE_CONSTRAINT => false,
            _ => throw new SqliteFault(result, "step"),
        };
    }

    public void Run()
    {
        var result = raw.sqlite3_step(handle);
        raw.sqlite3_reset(handle);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqliteFault(result, "step");
        }
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => _columns.Int64(column);

    public string Text(int column) => Encoding.UTF8.GetString(_columns.Bytes(column));

    /// <summary>
    /// A text of which the log repeats a few: one copy serves all rows, and reading it allocates nothing.
    /// </summary>
    public string Name(int column)
    {
        var utf8 = _columns.Bytes(column);
        Span<char> text = stackalloc char[MaxNameLength];
        if (utf8.Length > MaxNameLength)
        {
            return Text(column);
        }
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        if (_names.TryGetValue(text, out var known))
        {
            return known;
        }
        var name = text.ToString();
        if (_names.Dictionary.Count < MaxNames)
        {
            _names.Dictionary.Add(name, name);
        }
        return name;
    }

    public string? TextOrNull(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Text(column);

    public byte[] Bytes(int column) => _columns.Bytes(column).ToArray();

    public Guid Guid(int column) => new(_columns.Bytes(column));

    public void Dispose() => handle.Dispose();

    private SqliteFault Fault(int result)
    {
        raw.sqlite3_reset(handle);
        return new SqliteFault(result, "step");
    }
}
