using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Calls that make answers depend on luck, names that say nothing, and words that belong elsewhere.</summary>
public sealed class WordTests
{
    private const string WallClock = @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b";

    /// <summary>A decider is a pure function: no clock, no luck, no waiting, no threads.</summary>
    private const string Impure =
        @"\bStopwatch\b|\bTimeProvider\b|\bEnvironment\.|\bGuid\.NewGuid\b|\bnew Random\b|\bRandom\.Shared\b"
        + @"|\.Result\b|\.Wait\(|\bTask\.Run\b|\bThread\b|\basync\b|\bawait\b";

    /// <summary>Waiting for a signal on a thread of one's own is neither.</summary>
    private const string Sleeping = @"\bThread\.Sleep\b|\)\.Wait\(|\)\.Result\b";

    private static readonly string[] Programs = ["grains", "silo", "graphql-gateway"];

    private const string SubjectLost = @"\b(nobody|whoever|everybody|somebody|anybody|tells)\b"
        + @"|\b(is|are|was|were|be|been) told\b|(^|[.>]\s*)told\b";

    /// <summary>Files that still have such words; the number only falls.</summary>
    private const int FilesWithLostSubjects = 38;

    private static readonly string[] Documented = [.. Programs, "deploy"];

    private static readonly string[] Worded =
        [".cs", ".graphql", ".yaml", ".sql", ".js", ".jsx", ".mjs", ".html", ".css"];

    [Fact]
    public void Nobody_asks_the_wall_clock() => AssertNoCode(
        file => !file.IsIn("tests/Benchmarks") && !file.IsIn("tests/Tidy"), WallClock);

    [Fact]
    public void Time_comes_in_through_the_command_line_alone() => AssertNoCode(
        file => Programs.Any(file.IsIn) && !file.IsIn("graphql-gateway/CommandLine"), @"\bTimeProvider\.System\b");

    [Fact]
    public void Deciders_folds_and_statistics_are_pure() => AssertNoCode(
        file => file.IsIn("grains") && !ArchitectureTests.IsOfOrleans(file), Impure);

    [Fact]
    public void Nothing_that_serves_sleeps_or_blocks() => AssertNoCode(file => Programs.Any(file.IsIn), Sleeping);

    [Fact]
    public void Names_of_types_say_what_they_are() => AssertNoCode(
        _ => true,
        @"\b(class|record|struct|interface|enum)\s+\w*(Manager|Helper|Utils?|Utility|Base|Impl)\b"
        + @"|static class \w*Helpers\b");

    /// <summary>A comment names its subject: <c>nobody</c> and <c>is told</c> leave the reader to guess it.</summary>
    [Fact]
    public void Comments_and_descriptions_name_their_subjects()
    {
        var files = SourceTree.Files.Where(file => Documented.Any(file.IsIn) && Worded.Contains(Extension(file)))
            .Where(file => CommentsOf(file).Any(text => Regex.IsMatch(text, SubjectLost, RegexOptions.IgnoreCase)))
            .Select(file => file.Path).ToArray();
        Assert.True(
            files.Length <= FilesWithLostSubjects,
            $"{files.Length} of {FilesWithLostSubjects}:\n{string.Join('\n', files)}");
    }

    [Fact]
    public void Nothing_is_left_for_later() => AssertNoText("TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:");

    [Fact]
    public void No_file_knows_the_machine_or_the_tools_it_was_written_with() => AssertNoText(
        "/wo" + "rk/", "/tmp/" + "wt", "/ro" + "ot/", "/ho" + "me/",
        "Cl" + "aude", "Anth" + "ropic", "Chat" + "GPT", "Co" + "pilot");

    private static string Extension(SourceFile file) => Path.GetExtension(file.Path);

    /// <summary>What follows <c>//</c> in a file of C#; of any other file all lines.</summary>
    private static IEnumerable<string> CommentsOf(SourceFile file) => Extension(file) != ".cs"
        ? file.Lines
        : file.Lines.Where(line => line.Contains("//", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("//", StringComparison.Ordinal)..].TrimStart('/').Trim());

    private static void AssertNoCode(Func<SourceFile, bool> here, string pattern) => SourceTree.AssertNone(
        from file in SourceTree.CSharp.Where(here)
        from line in file.Code
        where Regex.IsMatch(line.Text, pattern)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    private static void AssertNoText(params string[] words) => SourceTree.AssertNone(
        from file in SourceTree.Files
        from line in file.Lines.Index()
        from word in words
        where line.Item.Contains(word, StringComparison.OrdinalIgnoreCase)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");
}
