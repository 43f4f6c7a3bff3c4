using System.Text;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// Which files belong to a data folder though no other file names them: without one of them the process would start and
/// know less. Each has a sum, or a form, of its own; this says that it has to be there.
/// </summary>
public static class FolderList
{
    /// <summary>The list's name in the data folder: a name on each line, with slashes.</summary>
    public const string FileName = "files.list";

    /// <summary>Enters a file that is there and durable.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Enter(string folder, string name)
    {
        var known = Names(folder);
        if (!known.Contains(name))
        {
            OwnersFile.Replace(
                Path.Combine(folder, FileName),
                Encoding.UTF8.GetBytes(string.Concat(known.Append(name).Order(StringComparer.Ordinal).Select(
                    each => $"{each}\n"))));
        }
    }

    /// <summary>Demands that all listed files are there whose names begin so.</summary>
    /// <exception cref="StoreRefusal">One is missing, or the list cannot be read.</exception>
    public static void Demand(string folder, string beginning)
    {
        try
        {
            if (Names(folder).FirstOrDefault(name => name.StartsWith(beginning, StringComparison.Ordinal)
                && !File.Exists(Path.Combine(folder, name))) is { } missing)
            {
                throw new StoreRefusal(
                    $"{Path.Combine(folder, missing)} is missing. Put it back, or delete its line in {FileName} there "
                    + "if it is meant to be gone.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"{Path.Combine(folder, FileName)} cannot be read.");
        }
    }

    private static IReadOnlyList<string> Names(string folder) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];
}
