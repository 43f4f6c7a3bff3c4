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

    [Fact]
    public void Nothing_is_left_for_later() => AssertNoText("TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:");

    [Fact]
    public void No_file_knows_the_machine_or_the_tools_it_was_written_with() => AssertNoText(
        "/wo" + "rk/", "/tmp/" + "wt", "/ro" + "ot/", "/ho" + "me/",
        "Cl" + "aude", "Anth" + "ropic", "Chat" + "GPT", "Co" + "pilot");

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
