using System.Text;

namespace OsstOrleans.Grains.Timeline;

/// <summary>
/// One sentence of a message file. <c>{meetingOn}</c> is a value; <c>[, at {startTime}]</c> is left out when a value in
/// it is absent; <c>{reached?}</c> and <c>{reached!}</c> print nothing and are absent unless it is true, or false.
/// </summary>
internal sealed class SentenceTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private SentenceTemplate(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>The names in braces, with their marks.</summary>
    public IEnumerable<string> Names => _parts.SelectMany(NamesOf);

    /// <exception cref="FormatException">A bracket or brace is not closed, or brackets nest.</exception>
    public static SentenceTemplate Parse(string text)
    {
        var at = 0;
        var parts = Parts(text, ref at, inBrackets: false);
        return at == text.Length ? new SentenceTemplate(parts) : throw Unclosed(text);
    }

    /// <param name="valueOf">The words for a name; null when there are none.</param>
    public string Fill(Func<string, string?> valueOf)
    {
        var sentence = new StringBuilder();
        foreach (var part in _parts)
        {
            sentence.Append(Written(part, valueOf) ?? "");
        }
        return sentence.ToString();
    }

    private static string? Written(Part part, Func<string, string?> valueOf)
    {
        if (part.Inner is not { } inner)
        {
            return part.Name is { } name ? valueOf(name) : part.Text;
        }
        var section = new StringBuilder();
        foreach (var piece in inner)
        {
            if (Written(piece, valueOf) is not { } words)
            {
                return null;
            }
            section.Append(words);
        }
        return section.ToString();
    }

    private static List<Part> Parts(string text, ref int at, bool inBrackets)
    {
        var parts = new List<Part>();
        while (at < text.Length && text[at] != ']')
        {
            if (text[at] == '[' && !inBrackets)
            {
                at++;
                var inner = Parts(text, ref at, inBrackets: true);
                at += at < text.Length ? 1 : throw Unclosed(text);
                parts.Add(new Part(null, null, inner));
                continue;
            }
            var end = text.IndexOfAny(text[at] == '{' ? ['}'] : ['{', '[', ']'], at);
            if (text[at] is '{' or '[')
            {
                parts.Add(end > at && text[at] == '{' ? new Part(null, text[(at + 1)..end]) : throw Unclosed(text));
                at = end + 1;
                continue;
            }
            end = end < 0 ? text.Length : end;
            parts.Add(new Part(text[at..end], null));
            at = end;
        }
        return parts;
    }

    private static IEnumerable<string> NamesOf(Part part) =>
        part.Inner?.SelectMany(NamesOf) ?? (part.Name is { } name ? [name] : []);

    private static FormatException Unclosed(string text) => new($"Brackets or braces do not fit together: {text}");

    private sealed record Part(string? Text, string? Name, IReadOnlyList<Part>? Inner = null);
}
