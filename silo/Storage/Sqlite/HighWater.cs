using System.Buffers.Binary;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The number of the last group of writes that was acknowledged, in a small file beside the database
/// (docs/decisions/0027). SQLite takes a write-ahead log whose end is cut off or damaged for a shorter one; the
/// database then has a smaller number than this. It is written after the group is durable, and never waited for: it may
/// be behind, and then it tells less, but it is never ahead.
/// </summary>
internal sealed class HighWater : IDisposable
{
    /// <summary>The file's name inside the data folder.</summary>
    public const string FileName = "osst.mark";

    /// <summary>The number, and its complement: what does not fit together is no mark.</summary>
    private const int Bytes = 2 * sizeof(long);

    private readonly FileStream _file;

    private HighWater(FileStream file) => _file = file;

    public static HighWater Open(string folder) =>
        new(new FileStream(Path.Combine(folder, FileName), OwnersFile.ToWrite(FileMode.OpenOrCreate)));

    /// <summary>Demands that a folder's database holds all that was acknowledged from it. It is only read.</summary>
    /// <exception cref="StoreRefusal">Its end is missing, or the whole of it.</exception>
    public static void Demand(string folder)
    {
        var (path, beside) = (Path.Combine(folder, SqliteStore.FileName), Path.Combine(folder, FileName));
        if (!File.Exists(path))
        {
            DemandNew(folder, beside, path + "-wal");
            return;
        }
        var mark = Read(beside);
        if (mark == 0)
        {
            return;
        }
        using var database = Database.OpenToLook(path);
        if (SqliteSchema.GroupNumber(database) < mark)
        {
            throw new StoreRefusal(
                $"The database in {folder} is older than what was acknowledged from it: the end of its write-ahead log "
                + $"was cut off, damaged or taken away. Restore a backup into an empty folder, or delete {FileName} to "
                + "go on with what is left.");
        }
    }

    /// <summary>
    /// Whatever was acknowledged from a folder leaves traces beside its database: a folder that has one of them and no
    /// database has lost it, and must not start empty.
    /// </summary>
    private static void DemandNew(string folder, params IEnumerable<string> traces)
    {
        if (traces.FirstOrDefault(trace => File.Exists(trace) && new FileInfo(trace).Length > 0) is { } left)
        {
            throw new StoreRefusal(
                $"The database of {folder} is missing: {Path.GetFileName(left)} is what it left. Bring it back, or "
                + $"restore a backup into an empty folder, or delete {Path.GetFileName(left)} to begin anew.");
        }
    }

    /// <summary>Another database comes into the folder.</summary>
    public static void Forget(string folder) => File.Delete(Path.Combine(folder, FileName));

    public void Raise(long number)
    {
        Span<byte> mark = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(mark, number);
        BinaryPrimitives.WriteInt64LittleEndian(mark[sizeof(long)..], ~number);
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, mark, 0);
        }
        catch (IOException)
        {
            // The group is durable all the same; the mark stays behind.
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>0 for none, and for a damaged one.</summary>
    private static long Read(string path)
    {
        if (!File.Exists(path) || File.ReadAllBytes(path) is not { Length: Bytes } mark)
        {
            return 0;
        }
        var number = BinaryPrimitives.ReadInt64LittleEndian(mark);
        return BinaryPrimitives.ReadInt64LittleEndian(mark.AsSpan(sizeof(long))) == ~number ? number : 0;
    }
}
