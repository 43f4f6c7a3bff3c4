using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Files, functions and lines that fit a screen and a head.</summary>
public sealed partial class LengthTests
{
    private const int MostColumns = 120;
    private const int MostFunctionLines = 70;
    private const int MostFileLines = 600;

    /// <summary>A long file is a sign of two rooms in one; so many may have more than 300 lines.</summary>
    private const int LongFiles = 0;

    [Fact]
    public void No_file_is_long() => SourceTree.AssertNone(SourceTree.CSharp
        .Where(file => file.Lines.Length > MostFileLines)
        .Select(file => $"{file.Path} has {file.Lines.Length} lines."));

    [Fact]
    public void Few_files_have_more_than_300_lines()
    {
        var longer = SourceTree.CSharp.Where(file => file.Lines.Length > 300).Select(file => file.Path).ToArray();
        Assert.True(longer.Length <= LongFiles, $"{longer.Length} of {LongFiles}: {string.Join(", ", longer)}");
    }

    [Fact]
    public void No_line_is_wide() => SourceTree.AssertNone(
        from file in SourceTree.Files
        where Path.GetExtension(file.Path) is ".cs" or ".graphql"
            || file.Path is "osst" or "tests/run" or ".ci/run" or ".ci/npm" or "graphql-gateway/ide/bundle"
        from line in file.Lines.Index()
        where line.Item.Length > MostColumns
        select $"{file.Path}:{line.Index + 1} has {line.Item.Length} columns.");

    [Fact]
    public void No_function_is_long() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from member in Members(file.Lines, indent: 4)
        where member.Lines > MostFunctionLines
        select $"{file.Path}:{member.Start + 1} has {member.Lines} lines.");

    /// <summary>
    /// Members by indentation, which the format check keeps honest: a member begins where a line at the indent of its
    /// type's body begins and ends before the next one. Members of a nested type lie one level deeper.
    /// </summary>
    private static IEnumerable<(int Start, int Lines)> Members(string[] lines, int indent)
    {
        var (start, last, nested) = (-1, 0, false);
        for (var i = 0; i <= lines.Length; i++)
        {
            var line = i < lines.Length ? lines[i] : "}";
            if (line.Length == 0 || line.TakeWhile(c => c == ' ').Count() is var depth && depth > indent)
            {
                continue;
            }
            if (depth == indent && line[indent] is '{' or '}' or ')' or ']')
            {
                last = i;
                continue;
            }
            if (start >= 0 && !nested)
            {
                yield return (start, Math.Max(last, LastBefore(lines, i)) - start + 1);
            }
            // A constant text is no function, however long.
            start = depth == indent && line[indent] is not ('/' or '[' or '#') && !line.Contains(" const ") ? i : -1;
            nested = start >= 0 && NestedType().IsMatch(line);
        }
        if (indent == 4)
        {
            foreach (var inner in Members(lines, indent: 8).Where(inner => IsInNestedType(lines, inner.Start)))
            {
                yield return inner;
            }
        }
    }

    private static int LastBefore(string[] lines, int end)
    {
        var last = end - 1;
        while (last > 0 && (lines[last].Length == 0 || lines[last].TrimStart() is ['/' or '[', ..]))
        {
            last--;
        }
        return last;
    }

    private static bool IsInNestedType(string[] lines, int at)
    {
        var outer = at;
        while (outer > 0 && !(lines[outer].Length > 4 && lines[outer][..4] == "    " && char.IsLetter(lines[outer][4])))
        {
            outer--;
        }
        return NestedType().IsMatch(lines[outer]);
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+\w+")]
    private static partial Regex NestedType();
}
