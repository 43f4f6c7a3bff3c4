namespace OsstOrleans.GraphQL.Suggestions;

/// <summary>Names as people sort them: numbers within them by value, <c>item2</c> before <c>item10</c>.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (a.Length > 0 && b.Length > 0)
        {
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? Number(ref a).CompareTo(Number(ref b))
                : Letter(ref a).CompareTo(Letter(ref b));
            if (order != 0)
            {
                return order;
            }
        }
        return a.Length.CompareTo(b.Length);
    }

    private static char Letter(ref ReadOnlySpan<char> text)
    {
        var letter = text[0];
        text = text[1..];
        return letter;
    }

    /// <summary>A leading zero is a number of its own: names that differ in it stay apart.</summary>
    private static double Number(ref ReadOnlySpan<char> text)
    {
        var number = 0d;
        do
        {
            number = number * 10 + (Letter(ref text) - '0');
        }
        while (number > 0 && text.Length > 0 && char.IsAsciiDigit(text[0]));
        return number;
    }
}
