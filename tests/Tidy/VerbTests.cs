using System.CommandLine;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.CommandLine;

namespace OsstOrleans.Tidy.Tests;

/// <summary>What the README says of <c>./osst</c> is what the script and the program do.</summary>
public sealed partial class VerbTests
{
    /// <summary>What the script does by itself.</summary>
    private static readonly string[] ScriptsOwn = ["test", "bench", "ide", "schema"];

    private static readonly SourceFile Script = SourceTree.Files.Single(file => file.Path == "osst");

    private static readonly SourceFile Readme = SourceTree.Files.Single(file => file.Path == "README.md");

    private static readonly RootCommand Program = OsstCommand.Create();

    /// <summary>The lines of the README that call <c>./osst</c>, each with the lines that go on with its options.
    /// </summary>
    public static IEnumerable<string> Calls
    {
        get
        {
            var call = "";
            foreach (var line in Readme.Lines.Append(""))
            {
                var goesOn = call.Length > 0 && line.StartsWith("      ", StringComparison.Ordinal);
                if (call.Length > 0 && !goesOn)
                {
                    yield return call;
                }
                call = goesOn ? call + line : line.StartsWith("./osst ", StringComparison.Ordinal) ? line : "";
            }
        }
    }

    [Fact]
    public void Every_verb_of_the_README_reaches_the_script_and_the_program()
    {
        Assert.True(Calls.Count() > 10);
        SourceTree.AssertNone(
            from call in Calls
            from verb in VerbsOf(call)
            where !ScriptVerbs.Contains(verb) || (!ScriptsOwn.Contains(verb) && CommandOf(verb) is null)
            select $"{verb}: {call}");
    }

    [Fact]
    public void Every_verb_of_the_program_passes_the_script_and_is_in_its_help_and_in_the_README() =>
        SourceTree.AssertNone(
            from command in Program.Subcommands
            where !ScriptVerbs.Contains(command.Name)
                || !Script.Lines.Any(line => HelpLine().IsMatch(line) && VerbsOf(line).Contains(command.Name))
                || !(Calls.SelectMany(VerbsOf).Contains(command.Name) || command.Name == "doctor")
            select command.Name);

    [Fact]
    public void Every_option_of_the_README_is_one_of_its_verb() => SourceTree.AssertNone(
        from call in Calls
        let commands = VerbsOf(call).Select(CommandOf).OfType<Command>().ToArray()
        where commands.Length > 0
        from Match option in OptionName().Matches(call)
        where !commands.Any(command => OptionsOf(command).Contains(option.Value))
        select $"{option.Value}: {call}");

    private static HashSet<string> ScriptVerbs { get; } =
    [
        .. Script.Lines.SkipWhile(line => !line.StartsWith("case ", StringComparison.Ordinal))
            .Where(line => CaseLabel().IsMatch(line))
            .SelectMany(line => line.Split(')')[0].Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>The words after <c>./osst</c> up to the first that is an option or stands for a value; <c>A | B</c> are
    /// two verbs.</summary>
    private static IEnumerable<string> VerbsOf(string call) => Regex.Split(call, @"\s\|\s")
        .Select(part => part.Replace("./osst ", "", StringComparison.Ordinal).TrimStart().Split(' ', 2)[0])
        .Where(word => Verb().IsMatch(word));

    private static Command? CommandOf(string verb) => Program.Subcommands.FirstOrDefault(c => c.Name == verb);

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionsOf));

    [GeneratedRegex("^ {4}[a-z][a-z |-]*\\)")]
    private static partial Regex CaseLabel();

    [GeneratedRegex(@"^\./osst ")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Verb();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex OptionName();
}
