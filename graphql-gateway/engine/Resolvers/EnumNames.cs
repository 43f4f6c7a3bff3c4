using System.Collections.Frozen;
using System.Text;

namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>CLR enum members and GraphQL enum values name each other: <c>NoShow</c> is <c>NO_SHOW</c>.</summary>
public static class EnumNames
{
    /// <summary>
    /// <c>FilledWithClient</c> becomes <c>FILLED_WITH_CLIENT</c>. A run of capitals is one word (<c>AVAINGoal</c> is
    /// <c>AVAIN_GOAL</c>); digits stay with the word before them (<c>Y30</c> is <c>Y30</c>).
    /// </summary>
    public static string ToGraphQL(string member)
    {
        var name = new StringBuilder(member.Length + 4);
        for (var i = 0; i < member.Length; i++)
        {
            var startsWord = i > 0 && char.IsAsciiLetterUpper(member[i]) && member[i - 1] != '_' &&
                (!char.IsAsciiLetterUpper(member[i - 1]) ||
                 (i + 1 < member.Length && char.IsAsciiLetterLower(member[i + 1])));
            if (startsWord)
            {
                name.Append('_');
            }
            name.Append(char.ToUpperInvariant(member[i]));
        }
        return name.ToString();
    }

    /// <summary>The GraphQL value of a CLR member; null when the number is no declared member.</summary>
    public static string? Of<T>(T value)
        where T : struct, Enum
        => Names<T>.ByValue.GetValueOrDefault(value);

    /// <summary>The CLR member of a GraphQL value.</summary>
    /// <exception cref="ArgumentException">The CLR enum has no such member.</exception>
    public static T Parse<T>(string name)
        where T : struct, Enum
        => Names<T>.ByName.TryGetValue(name, out var value)
            ? value
            : throw new ArgumentException($"Enum {typeof(T).Name} has no member for the GraphQL value {name}.");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue =
            Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, v => ToGraphQL(Enum.GetName(v)!));

        public static readonly FrozenDictionary<string, T> ByName =
            Enum.GetNames<T>().ToFrozenDictionary(ToGraphQL, Enum.Parse<T>);
    }
}
