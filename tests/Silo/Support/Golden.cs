using System.Runtime.CompilerServices;

namespace OsstOrleans.Silo.Tests;

/// <summary>
/// Names between processes of two versions. A name may be added, by running the tests once with
/// <c>OSST_GOLDEN=append</c>; one that was ever there must stay.
/// </summary>
internal static class Golden
{
    public static void MayOnlyGrow(string file, IEnumerable<string> now)
    {
        var path = Path.Combine(Folder(), "Golden", file);
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var present = now.ToArray();
        Assert.Empty(known.Except(present));
        var added = present.Except(known).ToArray();
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            File.WriteAllLines(path, known.Concat(added).Order(StringComparer.Ordinal));
            return;
        }
        Assert.True(added.Length == 0, $"{file}: '{added.FirstOrDefault()}' is new; run with OSST_GOLDEN=append.");
    }

    private static string Folder([CallerFilePath] string caller = "") =>
        Path.GetDirectoryName(Path.GetDirectoryName(caller))!;
}
