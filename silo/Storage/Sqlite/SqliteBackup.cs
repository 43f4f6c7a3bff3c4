using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// A backup is a file of this store's own form, whichever store it was made of. It gets its name when it is whole and
/// on disk.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>What a folder's file holds at one moment; a process that writes to it is not hindered.</summary>
    /// <exception cref="StoreRefusal">The disk is full, or the file is damaged.</exception>
    public static Task Of(string folder, string file) => Write(file, unnamed =>
    {
        using var database = Database.Open(Path.Combine(folder, SqliteStore.FileName), readOnly: true);
        using var copy = database.PrepareOnce("VACUUM INTO ?1");
        copy.Bind(1, unnamed).Run();
        return Task.CompletedTask;
    });

    /// <exception cref="StoreRefusal">The file exists, the disk is full, or what was written is damaged.</exception>
    public static async Task Write(string file, Func<string, Task> fill)
    {
        if (File.Exists(file))
        {
            throw new StoreRefusal($"The file {file} exists already; it was left as it is.");
        }
        var unnamed = file + ".new";
        try
        {
            using (new FileStream(unnamed, OwnersFile.ToWrite(FileMode.Create)))
            {
            }
            await fill(unnamed);
            SqliteSchema.Examine(unnamed, whole: true);
            Name(unnamed, file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteFault)
        {
            throw new StoreRefusal(fault is SqliteFault { IsDamage: true }
                ? "The database is damaged; no backup was made. Run ./osst verify."
                : $"The file {file} cannot be written; the disk may be full or read-only.");
        }
        finally
        {
            File.Delete(unnamed);
        }
    }

    /// <summary>The mark of the master key of a backup's log; null in one of an older version.</summary>
    /// <exception cref="StoreRefusal">There is no such file, or it is damaged or no backup.</exception>
    public static string? KeyMark(string file)
    {
        if (!File.Exists(file))
        {
            throw new StoreRefusal($"There is no backup {file}.");
        }
        SqliteSchema.Examine(file, whole: true);
        using var database = Database.OpenToLook(file);
        return database.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'master_key'") == "0"
            ? null
            : database.Scalar("SELECT mark FROM master_key");
    }

    /// <summary>Puts a backup that has been examined into a folder that has no log.</summary>
    /// <exception cref="StoreRefusal">There is one, or the disk does not take the backup.</exception>
    public static void Restore(string file, string folder)
    {
        var path = Path.Combine(folder, SqliteStore.FileName);
        // A write-ahead log that another database left would be played back into this one.
        if (File.Exists(path) || File.Exists(path + "-wal"))
        {
            throw new StoreRefusal($"The folder {folder} holds a log already; take an empty one.");
        }
        try
        {
            Directory.CreateDirectory(folder);
            using (var from = File.OpenRead(file))
            using (var to = new FileStream(path + ".new", OwnersFile.ToWrite(FileMode.Create)))
            {
                from.CopyTo(to);
            }
            HighWater.Forget(folder); // What a log that lay here before had acknowledged.
            Name(path + ".new", path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The folder {folder} cannot be written; the disk may be full or read-only.");
        }
    }

    private static void Name(string unnamed, string file)
    {
        using (var whole = new FileStream(unnamed, FileMode.Open, FileAccess.ReadWrite))
        {
            whole.Flush(flushToDisk: true);
        }
        DurableName.Give(unnamed, file, overwrite: false);
    }
}
