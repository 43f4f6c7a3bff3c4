using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Silo.Cluster.Logs;

/// <summary>A log entry whose values and text are without keys, as structured as the one that it stands for.</summary>
internal sealed class KeylessEntry : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Template = "{OriginalFormat}";

    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _text;

    private KeylessEntry(KeyValuePair<string, object?>[] values, string text) => (_values, _text) = (values, text);

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public static KeylessEntry Of<TState>(TState state, EventId id, LogValues shown)
    {
        var values = state is IReadOnlyList<KeyValuePair<string, object?>> given
            ? given.Where(value => value.Key != Template)
                .Select(value => KeyValuePair.Create(value.Key, shown.Shown(value.Value))).ToList()
            : [];
        var template = (state as IReadOnlyList<KeyValuePair<string, object?>>)?
            .LastOrDefault(value => value.Key == Template).Value as string;
        if (template is null || !WasWrittenByACompiler(template))
        {
            // The text was put together before it came here: its parts are not known any more.
            return new KeylessEntry([], $"event {id.Id} {id.Name}".TrimEnd());
        }
        var text = Format(template, values);
        values.Add(KeyValuePair.Create(Template, (object?)template));
        return new KeylessEntry([.. values], text);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _text;

    /// <summary>The runtime interns the literals of a program, and no text that is put together later.</summary>
    private static bool WasWrittenByACompiler(string text) => ReferenceEquals(string.IsInterned(text), text);

    private static string Format(string template, List<KeyValuePair<string, object?>> values)
    {
        var text = new StringBuilder(template.Length);
        for (var at = 0; at < template.Length;)
        {
            var (letter, next) = (template[at], at + 1 < template.Length ? template[at + 1] : '\0');
            var end = letter == '{' && next != '{' ? template.IndexOf('}', at) : -1;
            if (end >= 0)
            {
                text.Append(ValueOf(template.AsSpan(at + 1, end - at - 1), values));
                at = end + 1;
                continue;
            }
            text.Append(letter);
            at += letter is '{' or '}' && next == letter ? 2 : 1; // Written twice it is a letter.
        }
        return text.ToString();
    }

    /// <summary>A hole is <c>Name</c>, <c>Name:format</c> or <c>Name,width</c>; a log needs no widths and formats.
    /// </summary>
    private static string? ValueOf(ReadOnlySpan<char> hole, List<KeyValuePair<string, object?>> values)
    {
        var name = hole.IndexOfAny(',', ':') is >= 0 and var cut ? hole[..cut] : hole;
        foreach (var (key, value) in values)
        {
            // The hole may have its parameter's name in another case.
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase) || name.TrimStart('@').SequenceEqual(key))
            {
                return Text(value);
            }
        }
        return null;
    }

    private static string? Text(object? value) => value switch
    {
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
