namespace OsstOrleans.Silo.Privacy;

/// <summary>Files that only their owner may read.</summary>
public static class OwnersFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that only its owner may enter; one that is there stays as it is.</summary>
    public static void MakeFolder(string folder) =>
        Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);

    /// <summary>How to open one for writing; a new one is nobody else's from its first byte on.</summary>
    public static FileStreamOptions ToWrite(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.Write,
        UnixCreateMode = Owner,
    };

    /// <summary>How to open one, or make it, for reading and writing.</summary>
    /// <param name="share">What others may do meanwhile.</param>
    public static FileStreamOptions ToChange(FileShare share) => new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        UnixCreateMode = Owner,
    };
}
