namespace OsstOrleans.GraphQL.Suggestions;

/// <summary>What may have been meant by a name that the schema does not know, in the reference's words.</summary>
internal static class Suggestion
{
    private const int Most = 5;

    /// <summary><c> Did you mean "a", "b", or "c"?</c>; empty when nothing comes near.</summary>
    /// <param name="written">The unknown name.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="what">What the names are, where the sentence has to say so, as <c>the enum value</c>.</param>
    public static string For(string written, IEnumerable<string> known, string? what = null) =>
        Sentence([.. Near(written, known)], what);

    /// <inheritdoc cref="For"/>
    /// <param name="names">The names to suggest, best first.</param>
    public static string Sentence(IReadOnlyList<string> names, string? what = null)
    {
        if (names.Count == 0)
        {
            return "";
        }
        var shown = names.Take(Most).Select(name => $"\"{name}\"").ToList();
        var list = shown switch
        {
            [var one] => one,
            [var one, var other] => $"{one} or {other}",
            _ => $"{string.Join(", ", shown.SkipLast(1))}, or {shown[^1]}",
        };
        return what is null ? $" Did you mean {list}?" : $" Did you mean {what} {list}?";
    }

    private static IEnumerable<string> Near(string written, IEnumerable<string> known)
    {
        // A name may be wrong in four letters of ten, and a short one in one.
        var most = (int)(written.Length * 0.4) + 1;
        return known.Distinct()
            .Select(name => (Name: name, Distance: SpellingDistance.Between(written, name, most)))
            .Where(near => near.Distance is not null)
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, NaturalOrder.Instance)
            .Select(near => near.Name);
    }
}
