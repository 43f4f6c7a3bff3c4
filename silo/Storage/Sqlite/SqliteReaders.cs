using System.Collections.Concurrent;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>As many read connections as there are readers at once; each is used by one thread at a time.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    /// <exception cref="StoreFault">The file cannot be read now, or what is in it is damaged.</exception>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteReader, TArgument, TResult> read)
    {
        SqliteReader? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(path);
            var result = read(reader, argument);
            _idle.Add(reader);
            return result;
        }
        catch (Exception fault)
        {
            reader?.Dispose(); // A statement that stands on a row would hold up the renewal of the log.
            if (Told(fault) is { } told)
            {
                throw told;
            }
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>What callers hear of a read that failed; null for a fault that is not the file's.</summary>
    public static StoreFault? Told(Exception fault) => fault switch
    {
        SqliteFault { IsDamage: true } => StoreFault.Damaged("The database file"),
        SqliteFault => new StoreFault("The database file cannot be read.", fault) { IsPassing = true },
        _ when Damage.IsShownBy(fault) => StoreFault.Damaged("A row of the database"),
        _ => null,
    };
}
