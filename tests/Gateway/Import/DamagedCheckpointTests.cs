using System.Globalization;
using OsstOrleans.Gateway.Import;
using Xunit.Abstractions;

namespace OsstOrleans.Gateway.Tests.Import;

/// <summary>A checkpoint that a disk changed makes an import begin anew: no line is ever left out.</summary>
public sealed class DamagedCheckpointTests(ITestOutputHelper output)
{
    private const long Done = 8_192;
    private const string Place = "a place";

    [Fact]
    public void A_damaged_checkpoint_skips_no_line()
    {
        var folder = Directory.CreateTempSubdirectory("osst-checkpoint-").FullName;
        var (whole, import) = Begin(folder);
        Assert.Equal((Done, import), Resume(folder, whole));
        var seed = int.Parse(
            Environment.GetEnvironmentVariable("OSST_SEED") ?? "30", CultureInfo.InvariantCulture);
        output.WriteLine($"OSST_SEED={seed}");
        for (var at = 0; at < whole.Length; at++)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= (byte)(1 << new Random(seed + at).Next(8));
            AssertNothingSkipped(Resume(folder, flipped));
            AssertNothingSkipped(Resume(folder, whole[..at]));
        }
        Directory.Delete(folder, recursive: true);

        // Either as far as it was, or from the beginning, by another id.
        void AssertNothingSkipped((long After, Guid Import) resumed) => Assert.True(
            resumed == (Done, import) || (resumed.After == 0 && resumed.Import != import),
            $"It goes on after {resumed.After}");
    }

    /// <summary>A file that was cut off, another one after it, and the first one again: all of it counts.</summary>
    [Fact]
    [Trait("case", "06")]
    public void A_checkpoint_does_not_outlive_a_later_file_of_the_same_place()
    {
        var folder = Directory.CreateTempSubdirectory("osst-checkpoint-").FullName;
        var (_, import) = Begin(folder);
        using (var later = ImportState.Open(folder, "lines.ndjson", Place, "another file", isRehearsal: false))
        {
            later.Complete();
        }
        using (var again = Open(folder))
        {
            Assert.Equal(0, again.ResumesAfter);
            Assert.NotEqual(import, again.Import);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_import_that_ends_leaves_the_checkpoint_of_one_that_began_after_it()
    {
        var folder = Directory.CreateTempSubdirectory("osst-checkpoint-").FullName;
        using var earlier = ImportState.Open(folder, "lines.ndjson", Place, "another file", isRehearsal: false);
        var (_, import) = Begin(folder);
        earlier.Complete();
        using var resumed = Open(folder);
        Assert.Equal((Done, import), (resumed.ResumesAfter, resumed.Import));
    }

    private static (byte[] Whole, Guid Import) Begin(string folder)
    {
        using var state = Open(folder);
        state.Save(Done);
        return (File.ReadAllBytes(PathIn(folder)), state.Import);
    }

    private static (long After, Guid Import) Resume(string folder, byte[] checkpoint)
    {
        File.WriteAllBytes(PathIn(folder), checkpoint);
        using var state = Open(folder);
        return (state.ResumesAfter, state.Import);
    }

    private static ImportState Open(string folder) =>
        ImportState.Open(folder, "lines.ndjson", Place, "0123456789abcdef", isRehearsal: false);

    private static string PathIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(folder, "imports"), "*.checkpoint").Single();
}
