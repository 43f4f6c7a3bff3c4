using System.Runtime.CompilerServices;

namespace OsstOrleans.Silo.Tests;

/// <summary>
/// Compares names that are stored, promised or spoken between processes of two versions with the files in the folder
/// <c>Golden</c> of the test project. A name may be added, by running the tests once with <c>OSST_GOLDEN=append</c>;
/// one that was ever there must stay.
/// </summary>
internal static class Golden
{
    /// <summary>What a file holds.</summary>
    public static IReadOnlyList<string> Lines(string file, [CallerFilePath] string caller = "") =>
        Path.Combine(FolderOf(caller), file) is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    public static void MayOnlyGrow(string file, IEnumerable<string> now, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(FolderOf(caller), file);
        var known = Lines(file, caller);
        var present = now.ToArray();
        var gone = known.Except(present).FirstOrDefault();
        Assert.True(gone is null, $"{file}: '{gone}' was there and is gone.");
        var added = present.Except(known).ToArray();
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            File.WriteAllLines(path, known.Concat(added).Order(StringComparer.Ordinal));
            return;
        }
        Assert.True(added.Length == 0, $"{file}: '{added.FirstOrDefault()}' is new; run with OSST_GOLDEN=append.");
    }

    private static string FolderOf(string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!Directory.Exists(Path.Combine(folder, "Golden")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"No Golden above {caller}.");
        }
        return Path.Combine(folder, "Golden");
    }
}
