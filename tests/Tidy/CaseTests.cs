using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Every fault from the field has a test that names its case, and the table of cases has both.</summary>
public sealed partial class CaseTests
{
    private const string Table = "docs/mechanisms/cases.md";

    [Fact]
    public void The_table_of_cases_has_each_test_with_a_case_and_no_other()
    {
        var written =
            from line in SourceTree.Files.Single(file => file.Path == Table).Lines
            where Row().IsMatch(line)
            from Match file in Path().Matches(line)
            select $"{Row().Match(line).Groups[1].Value} {file.Groups[1].Value}";
        var tested =
            from file in SourceTree.CSharp
            from Match trait in Case().Matches(file.Text)
            select $"{trait.Groups[1].Value} {file.Path}";
        Assert.Equal(tested.Distinct().Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (\d\d) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`(tests/[^`]+)`")]
    private static partial Regex Path();

    [GeneratedRegex(@"\[Trait\(""case"", ""(\d\d)""\)\]")]
    private static partial Regex Case();
}
