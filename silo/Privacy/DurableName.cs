using System.Runtime.InteropServices;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// Names of files that are there after a loss of power. What is in a file and what it is called become durable each by
/// itself: the folder has to be written, too (fsync(2)). On Windows the file system's own log has names.
/// </summary>
public static partial class DurableName
{
    private const string Library = "libc";
    private const int ReadOnly = 0;

    /// <summary>Some file systems write no folder by itself.</summary>
    private const int NotSupported = 22;

    /// <summary>Gives a file its name; the name is durable when this returns, as the content must be before.</summary>
    /// <param name="unnamed">The file, in the folder of its name.</param>
    /// <param name="path">The name.</param>
    /// <param name="overwrite">Takes the place of the file that is there.</param>
    /// <exception cref="IOException">The disk does not take it, or there is such a file.</exception>
    public static void Give(string unnamed, string path, bool overwrite)
    {
        File.Move(unnamed, path, overwrite);
        Keep(path);
    }

    /// <summary>The name of what was made at a path is durable when this returns.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Keep(string path)
    {
        if (OperatingSystem.IsWindows()
            || Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is not { } folder)
        {
            return;
        }
        var opened = Open(folder, ReadOnly);
        if (opened < 0)
        {
            throw Fault();
        }
        try
        {
            if (Sync(opened) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
            {
                throw Fault();
            }
        }
        finally
        {
            _ = Close(opened);
        }

        IOException Fault() => new($"The folder {folder} cannot be written to disk.");
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int opened);

    [LibraryImport(Library, EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int opened);
}
