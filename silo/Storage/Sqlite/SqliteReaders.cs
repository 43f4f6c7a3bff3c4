using System.Collections.Concurrent;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>As many read connections as there are readers at once; each is used by one thread at a time.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteReader, TArgument, TResult> read)
    {
        var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(path);
        try
        {
            return read(reader, argument);
        }
        catch (SqliteFault fault)
        {
            throw new StoreFault("The database file cannot be read.", fault);
        }
        finally
        {
            _idle.Add(reader);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
