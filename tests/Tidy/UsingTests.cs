using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>The order that a formatter gives to usings, which the check of white space does not look at.</summary>
public sealed partial class UsingTests
{
    [Fact]
    public void Usings_are_sorted_with_System_first_and_aliases_last() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from pair in file.Lines.Zip(file.Lines.Skip(1)).Index()
        let above = Directive().Match(pair.Item.First)
        let below = Directive().Match(pair.Item.Second)
        where above.Success && below.Success && string.CompareOrdinal(Place(above), Place(below)) > 0
        select $"{file.Path}:{pair.Index + 2} stands before the line above it.");

    /// <summary>Namespaces, then statics, then aliases; each in the order of its letters.</summary>
    private static string Place(Match directive)
    {
        var name = directive.Groups["name"].Value;
        var kind = directive.Groups["alias"].Success ? 2 : directive.Groups["static"].Success ? 1 : 0;
        var first = name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1;
        return $"{kind}{first}{name.ToUpperInvariant()}";
    }

    [GeneratedRegex(@"^using (?<static>static )?(?<name>[\w.]+)(?<alias> = .+)?;")]
    private static partial Regex Directive();
}
