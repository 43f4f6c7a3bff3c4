using System.CommandLine;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.CommandLine;

namespace OsstOrleans.Tidy.Tests;

/// <summary>What the README says of <c>./osst</c> is what the script and the program do.</summary>
public sealed partial class VerbTests
{
    /// <summary>What the script does by itself.</summary>
    private static readonly string[] ScriptsOwn = ["test", "bench", "ide", "publish", "schema"];

    private static readonly SourceFile Script = SourceTree.Files.Single(file => file.Path == "osst");

    private static readonly SourceFile Readme = SourceTree.Files.Single(file => file.Path == "README.md");

    private static readonly RootCommand Program = OsstCommand.Create();

    /// <summary>What the script prints when it is asked for help.</summary>
    private static readonly string[] Help =
    [
        .. Script.Lines.SkipWhile(line => line.Trim() != "cat <<'TEXT'").TakeWhile(line => line != "TEXT"),
    ];

    [Fact]
    [Trait("case", "01")]
    public void Every_verb_of_the_README_reaches_the_script_and_the_program()
    {
        Assert.True(CallsIn(Readme.Lines).Count() > 10);
        SourceTree.AssertNone(
            from call in CallsIn(Readme.Lines)
            from verb in VerbsOf(call)
            where !ScriptVerbs.Contains(verb) || (!ScriptsOwn.Contains(verb) && CommandOf(verb) is null)
            select $"{verb}: {call}");
    }

    [Fact]
    public void Every_verb_of_the_program_passes_the_script() => SourceTree.AssertNone(
        Program.Subcommands.Select(command => command.Name).Where(verb => !ScriptVerbs.Contains(verb)));

    [Fact]
    public void Every_verb_of_the_script_is_in_its_help_and_in_the_README() => SourceTree.AssertNone(
        from verb in ScriptVerbs.Where(word => Verb().IsMatch(word) && word != "help")
        where !CallsIn(Help).SelectMany(VerbsOf).Contains(verb)
            || !CallsIn(Readme.Lines).SelectMany(VerbsOf).Contains(verb)
        select verb);

    [Fact]
    public void Every_option_of_the_README_is_one_of_its_verb() => SourceTree.AssertNone(
        from call in CallsIn(Readme.Lines).Concat(CallsIn(Help))
        let commands = VerbsOf(call).Select(CommandOf).OfType<Command>().ToArray()
        where commands.Length > 0
        from option in OptionsIn(call)
        where !commands.Any(command => OptionsOf(command).Contains(option))
        select $"{option}: {call}");

    [Fact]
    public void Every_option_of_the_program_is_in_the_help_and_in_the_README() => SourceTree.AssertNone(
        from page in new[] { ("README.md", Readme.Lines), ("help", Help) }
        let calls = CallsIn(page.Item2).ToArray()
        from command in Program.Subcommands
        from option in OptionsOf(command)
        where !calls.Any(call => VerbsOf(call).Contains(command.Name) && OptionsIn(call).Contains(option))
            && !SharedBy(command.Name, page.Item2).Contains(option)
        select $"{page.Item1} does not name {option} of {command.Name}.");

    private static HashSet<string> ScriptVerbs { get; } =
    [
        .. Script.Lines.SkipWhile(line => !line.StartsWith("case ", StringComparison.Ordinal))
            .Where(line => CaseLabel().IsMatch(line))
            .SelectMany(line => line.Split(')')[0].Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>The lines that call <c>./osst</c>, each with the lines that go on with its options.</summary>
    private static IEnumerable<string> CallsIn(IEnumerable<string> lines)
    {
        var call = "";
        foreach (var line in lines.Append(""))
        {
            var goesOn = call.Length > 0 && line.StartsWith("      ", StringComparison.Ordinal);
            if (call.Length > 0 && !goesOn)
            {
                yield return call;
            }
            call = goesOn ? call + line : line.StartsWith("./osst ", StringComparison.Ordinal) ? line : "";
        }
    }

    /// <summary>The options that a line <c>run, verify: --store ...</c> names for several verbs at once.</summary>
    private static IEnumerable<string> SharedBy(string verb, IEnumerable<string> lines) => lines
        .Where(line => SharedLine().IsMatch(line)
            && line.Split(':')[0].Split(',', StringSplitOptions.TrimEntries).Contains(verb))
        .SelectMany(OptionsIn);

    private static IEnumerable<string> OptionsIn(string text) =>
        OptionName().Matches(text).Select(match => match.Value);

    /// <summary>The words after <c>./osst</c> up to the first that is an option or stands for a value; <c>A | B</c> are
    /// two verbs.</summary>
    private static IEnumerable<string> VerbsOf(string call) => Regex.Split(call, @"\s\|\s")
        .Select(part => part.Replace("./osst ", "", StringComparison.Ordinal).TrimStart().Split(' ', 2)[0])
        .Where(word => Verb().IsMatch(word));

    private static Command? CommandOf(string verb) => Program.Subcommands.FirstOrDefault(c => c.Name == verb);

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Where(option => !option.Hidden).Select(option => option.Name)
            .Concat(command.Subcommands.SelectMany(OptionsOf));

    [GeneratedRegex("^ {4}[a-z][a-z |-]*\\)")]
    private static partial Regex CaseLabel();

    [GeneratedRegex("^[a-z]+(, [a-z]+)+: --")]
    private static partial Regex SharedLine();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Verb();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex OptionName();
}
