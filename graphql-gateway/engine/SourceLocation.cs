namespace OsstOrleans.GraphQL;

/// <summary>A place in a document as people count it: both from 1, columns in UTF-16 units.</summary>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>Counts up to <paramref name="offset"/>; \r\n is one line end.</summary>
    public static SourceLocation Of(string text, int offset)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset && i < text.Length; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' && i + 1 < offset)
            {
                i++;
            }
            else if (text[i] is not ('\n' or '\r'))
            {
                continue;
            }
            line++;
            lineStart = i + 1;
        }
        return new SourceLocation(line, offset - lineStart + 1);
    }
}
