using System.Globalization;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests;
using OsstOrleans.Silo.Verification;
using Xunit.Abstractions;

namespace OsstOrleans.Proof.Tests.Damage;

/// <summary>
/// A byte of any file of a data folder is changed, or the file is cut: that is told at the start or by
/// <c>osst verify</c>, or nothing that can be asked is answered otherwise.
/// </summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    /// <summary>Where damage is not told yet. The list may only shrink.</summary>
    private static readonly string[] s_notTold = [];

    /// <summary>All that a data folder of a server has; the report of an import is for people, and not read again.
    /// </summary>
    private static readonly string[] s_files =
    [
        "osst.db", "osst.mark", "master.key", "token.key", "projections.image", "revoked-tokens",
        "revoked-tokens.count", FolderList.FileName,
    ];

    private const int Flips = 150;
    private const int Cuts = 20;

    public static IReadOnlyList<GrainName> Grains { get; } =
    [
        GrainName.Municipality("837"), GrainName.Receiver("records"),
        .. Enumerable.Range(0, 5).Select(number => GrainName.Client($"client-{number}")),
    ];

    [Fact]
    public async Task Damage_is_told_or_changes_no_answer()
    {
        var seed = int.Parse(
            Environment.GetEnvironmentVariable("OSST_SEED") ?? "30", CultureInfo.InvariantCulture);
        output.WriteLine($"OSST_SEED={seed}");
        var random = new Random(seed);
        var (killed, closed) = await DataFolder.Make();
        Assert.All(s_files, file => Assert.Contains(file, closed.Files.Keys));
        Assert.Equal(
            1, closed.Files.Keys.Count(file => file.EndsWith(".checkpoint", StringComparison.Ordinal)));
        var fates = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var silent = new List<string>();
        foreach (var folder in (DataFolder[])[killed, closed])
        {
            var whole = await FateOf(folder, "", [], null);
            foreach (var file in folder.Files.Keys.Order(StringComparer.Ordinal))
            {
                foreach (var (what, content) in Damaged(folder.Files[file], random))
                {
                    var fate = await FateOf(folder, file, content, whole.Answers);
                    var name = $"{file}: {fate.Told ?? string.Join(", ", fate.Changed)}";
                    fates[name] = fates.GetValueOrDefault(name) + 1;
                    if (fate.Told is null && fate.Changed.Except(s_notTold).Any())
                    {
                        silent.Add($"{file}, {what}: {string.Join(", ", fate.Changed)}");
                    }
                }
            }
        }
        output.WriteLine(string.Join('\n', fates.Select(fate => $"{fate.Value,6}  {fate.Key}")));
        Assert.True(silent.Count == 0, string.Join('\n', silent.Take(40)));
    }

    [Fact]
    public async Task A_file_that_no_other_names_is_missed_when_it_is_gone()
    {
        var (_, closed) = await DataFolder.Make();
        var unnamed = closed.Files.Keys
            .Where(file => file.StartsWith(ImportedCodes.FolderName, StringComparison.Ordinal))
            .Append(RevokedFile.CountName).ToArray();
        Assert.Equal(2, unnamed.Length);
        foreach (var file in unnamed)
        {
            Assert.Equal("refused by StoreRefusal", (await FateOf(closed, file, null, null)).Told);
        }
    }

    private static IEnumerable<(string What, byte[] Content)> Damaged(byte[] whole, Random random)
    {
        for (var i = 0; i < Math.Min(Flips, whole.Length * 8); i++)
        {
            var (at, bit) = (random.Next(whole.Length), random.Next(8));
            var bad = whole.ToArray();
            bad[at] ^= (byte)(1 << bit);
            yield return ($"bit {bit} of byte {at}", bad);
        }
        for (var i = 0; i < Math.Min(Cuts, whole.Length); i++)
        {
            var length = random.Next(whole.Length);
            yield return ($"cut at {length}", whole[..length]);
        }
    }

    /// <summary>A fault that is neither of the two has no sentence of its own, and fails the test.</summary>
    private static async Task<Fate> FateOf(
        DataFolder folder, string file, byte[]? content, IReadOnlyDictionary<string, string>? whole)
    {
        using var place = new TempFolder();
        folder.Write(place.Path, file, content ?? []);
        if (content is null)
        {
            File.Delete(Path.Combine(place.Path, file));
        }
        try
        {
            var answers = new Dictionary<string, string>();
            if (!IsBesideTheLog(file))
            {
                var report = await LogVerification.Run(new StoreAddress(place.Path), new FakeTime());
                if (report.Differences.Count > 0)
                {
                    return new Fate("told by verify", [], null);
                }
                answers = new Dictionary<string, string>(await FolderAnswers.Of(place.Path));
            }
            if (whole is null || IsBesideTheLog(file))
            {
                foreach (var (name, answer) in await FolderAnswers.OfGateway(place.Path, folder.Token))
                {
                    answers[name] = answer;
                }
            }
            var changed = whole is null ? []
                : answers.Where(answer =>
                    whole[answer.Key] != answer.Value && !FolderAnswers.Harmless.Contains(answer.Value))
                    .Select(answer => answer.Key).ToArray();
            return new Fate(changed.Length == 0 ? "harmless" : null, OfTheEnd(file, changed), answers);
        }
        catch (Exception fault) when (fault is StoreRefusal or StoreFault)
        {
            return new Fate($"refused by {fault.GetType().Name}", [], null);
        }
    }

    /// <summary>Files that no answer of the log depends on.</summary>
    private static bool IsBesideTheLog(string file) =>
        file is TokenKey.FileName or RevokedFile.FileName or RevokedFile.CountName
        || file.StartsWith("imports", StringComparison.Ordinal);

    /// <summary>Frames of the write-ahead log that do not fit their sums, and all after them, count as never written.
    /// </summary>
    private static string[] OfTheEnd(string file, string[] changed) =>
        changed.Length > 0 && file.EndsWith("-wal", StringComparison.Ordinal)
            ? ["the end of the write-ahead log"]
            : changed;

    private sealed record Fate(string? Told, string[] Changed, IReadOnlyDictionary<string, string>? Answers);
}
