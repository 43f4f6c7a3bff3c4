using System.Text;

namespace OsstOrleans.GraphQL.Language;

/// <summary>
/// Strings in triple quotation marks: their common indentation and outer blank lines are no part of them.
/// </summary>
internal static class BlockString
{
    private const string Mark = "\"\"\"";

    /// <summary>Reads from the opening mark; leaves <paramref name="at"/> after the closing one.</summary>
    public static string Read(string text, ref int at)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        at += 3;
        while (at < text.Length)
        {
            if (Stands(text, at, Mark))
            {
                at += 3;
                lines.Add(line.ToString());
                return string.Join('\n', Dedent(lines));
            }
            if (Stands(text, at, "\\" + Mark))
            {
                line.Append(Mark);
                at += 4;
            }
            else if (text[at] is '\n' or '\r')
            {
                at += Stands(text, at, "\r\n") ? 2 : 1;
                lines.Add(line.ToString());
                line.Clear();
            }
            else
            {
                line.Append(QuotedString.Scalar(text, ref at));
            }
        }
        throw new SyntaxFault("Unterminated string.", at);
    }

    /// <summary>A block string literal of this value, its lines indented.</summary>
    public static string Write(string value, string indent)
    {
        var escaped = value.Replace(Mark, "\\" + Mark, StringComparison.Ordinal);
        var lines = escaped.Split('\n');
        var fragile = lines.Length > 1 || escaped.Length > 70 || escaped.EndsWith('"') || escaped.EndsWith('\\');
        if (!fragile)
        {
            return Mark + escaped + Mark;
        }
        var body = string.Join('\n', lines.Select(l => l.Length == 0 ? l : indent + l));
        return $"{Mark}\n{body}\n{indent}{Mark}";
    }

    /// <summary>
    /// False for values that a block string would change: outer blanks, a common indentation, odd characters.
    /// </summary>
    public static bool CanHold(string value)
    {
        if (value.Length == 0 || value.Any(c => c < ' ' && c is not ('\n' or '\t')))
        {
            return false;
        }
        return string.Join('\n', Dedent(["", .. value.Split('\n'), ""])) == value;
    }

    private static List<string> Dedent(List<string> lines)
    {
        var common = lines.Skip(1).Where(l => Indent(l) < l.Length).Select(Indent).DefaultIfEmpty(0).Min();
        for (var i = 1; i < lines.Count; i++)
        {
            lines[i] = lines[i][Math.Min(common, lines[i].Length)..];
        }
        var first = lines.FindIndex(l => Indent(l) < l.Length);
        var last = lines.FindLastIndex(l => Indent(l) < l.Length);
        return first < 0 ? [] : lines.GetRange(first, last - first + 1);
    }

    private static int Indent(string line)
    {
        var blank = 0;
        while (blank < line.Length && line[blank] is ' ' or '\t')
        {
            blank++;
        }
        return blank;
    }

    private static bool Stands(string text, int at, string mark) =>
        string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}
