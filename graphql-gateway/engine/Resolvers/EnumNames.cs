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
}
