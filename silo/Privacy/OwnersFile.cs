namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// Files that only their owner may read. Windows has no such modes: there a file has the rights of its folder, which a
/// user's own folders give to that user alone.
/// </summary>
public static class OwnersFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    /// <summary>True when others than the owner may read or change a file or a folder.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Makes a folder that only its owner may enter; one that is there stays as it is.</summary>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }
        DurableName.Keep(folder);
    }

    /// <summary>How to open one for writing; a new one is its owner's alone from its first byte on.</summary>
    public static FileStreamOptions ToWrite(FileMode mode) =>
        Owned(new FileStreamOptions { Mode = mode, Access = FileAccess.Write });

    /// <summary>How to open one, or make it, for reading and writing.</summary>
    /// <param name="share">What others may do meanwhile.</param>
    public static FileStreamOptions ToChange(FileShare share) =>
        Owned(new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share });

    /// <summary>
    /// Puts a file in the place of the one that is there, if any. After a crash it is the one or the other, whole.
    /// </summary>
    /// <param name="path">The file; beside it one of the same name with <c>.new</c> comes and goes.</param>
    /// <param name="content">All of it; durable before its name is taken, and the name when this returns.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var unnamed = path + ".new";
        using (var file = new FileStream(unnamed, ToWrite(FileMode.Create)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        DurableName.Give(unnamed, path, overwrite: true);
    }

    private static FileStreamOptions Owned(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }
        return options;
    }
}
