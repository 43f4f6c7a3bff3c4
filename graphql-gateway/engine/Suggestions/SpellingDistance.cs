namespace OsstOrleans.GraphQL.Suggestions;

/// <summary>
/// How many slips of the pen lie between two names: a letter more, less, other, or two changed places ("optimal string
/// alignment"). Writing in another case is one slip in all.
/// </summary>
internal static class SpellingDistance
{
    /// <summary>Null when it is more than <paramref name="most"/>.</summary>
    public static int? Between(string written, string known, int most)
    {
        if (written == known)
        {
            return 0;
        }
        if (string.Equals(written, known, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }
        // Lengths alone distinguish most names: a long text is never compared with short ones.
        if (Math.Abs(written.Length - known.Length) > most)
        {
            return null;
        }
        var distance = Between(written.ToLowerInvariant(), known.ToLowerInvariant());
        return distance <= most ? distance : null;
    }

    private static int Between(string a, string b)
    {
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            (before, above, row) = (above, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var other = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + other);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[b.Length];
    }
}
