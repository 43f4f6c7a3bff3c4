namespace OsstOrleans.Silo.Privacy;

/// <summary>Files that only their owner may read.</summary>
public static class OwnersFile
{
    /// <summary>How to open one for writing; a new one is nobody else's from its first byte on.</summary>
    public static FileStreamOptions ToWrite(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };
}
