using System.Text.RegularExpressions;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>Where our engine answers in other words than the reference, each with its reason. Whatever is not
/// here has to be equal to the letter.</summary>
internal static partial class KnownDifferences
{
    private const string Conflicting = "a conflict";

    private static readonly (string Reason, Regex Words, string Instead)[] All =
    [
        ("Two fields that cannot be merged are found by another algorithm: same verdict, other pairs.",
            Conflict(), Conflicting),
        ("A cycle can be told from any of its fragments.", Cycle(), "a cycle"),
        ("The reference tells each further thing of one name apart, we tell all at once.", Twice(), "$1"),
        ("We repeat no text that was sent: it may be somebody's.", Text(), "$1"),
        ("Both tell an escape that is none; how much of it is a matter of taste.", Escape(), "$1"),
        ("Where both directives stand, the reference names @skip alone.", SkipOfSubscription(), "$1"),
        ("The reference knows no parent of __typename, __type and __schema; we name it.", MetaField(), "\"<meta>.$1"),
        ("Each engine has its own words for a custom scalar that refuses its input.", CustomScalar(), "no Date @"),
        ("The reference starts the path into a variable at nothing, we at value.",
            VariablePath(), "invalid value at $1:"),
        ("A variable that is null where its argument takes none: the reference points at the value, we at the field.",
            ArgumentValue(), "$1 has no value @ $2"),
        ("A literal told back: the reference has null for its variables, and keeps block strings.", Literal(), "$1"),
    ];

    /// <summary>The grammar wants a selection between braces; the reference takes none, too.</summary>
    public static bool IsEmptySelection(Question question, Answer own) =>
        own.Errors is [var error]
        && error.StartsWith("Syntax Error: Expected Name, found \"}\".", StringComparison.Ordinal)
        && EmptySelection().IsMatch(question.Query);

    /// <summary>An answer as far as it has to be equal.</summary>
    public static string Compared(Answer answer)
    {
        var errors = answer.Errors
            .Select(error => All.Aggregate(error, (text, known) => known.Words.Replace(text, known.Instead)))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        // The reference looks into definitions that cannot be executed, we do not.
        if (errors.Exists(error => error.Contains("is not executable", StringComparison.Ordinal)))
        {
            errors.RemoveAll(error => !error.Contains("is not executable", StringComparison.Ordinal));
        }
        // Of two fragments or variables of one name the reference looks at the last, we at the first.
        if (errors.Exists(OneName().IsMatch))
        {
            errors.RemoveAll(error => !OneName().IsMatch(error));
        }
        // We look for conflicts only in a document that is right otherwise: without that the search has no bounds.
        return answer.Data + "\n" + string.Join('\n', errors.Where(error => error != Conflicting || errors.Count == 1));
    }

    [GeneratedRegex("\\{([\\s,\ufeff]|#.*\\n?)*\\}")]
    private static partial Regex EmptySelection();

    [GeneratedRegex("^Fields .* conflict because .*$", RegexOptions.Singleline)]
    private static partial Regex Conflict();

    [GeneratedRegex("^Cannot spread fragment .* within itself.*$")]
    private static partial Regex Cycle();

    [GeneratedRegex("(?<=^Syntax Error: .*)((?:Block)?String) \".*\"(?=\\. @)", RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex("^(Syntax Error: Invalid Unicode escape sequence: \"\\\\u.{4}).*\\.(?= @)")]
    private static partial Regex Escape();

    [GeneratedRegex("^There can be only one (variable|fragment)")]
    private static partial Regex OneName();

    [GeneratedRegex("^(There can be only one .*) @ .*$")]
    private static partial Regex Twice();

    [GeneratedRegex("^(.* must not use `@skip` or `@include` directives in the top level selection).*$")]
    private static partial Regex SkipOfSubscription();

    [GeneratedRegex("\"\\w+\\.(__\\w+)")]
    private static partial Regex MetaField();

    [GeneratedRegex("(Expected value of type \"Date\", but encountered error|Date cannot represent) .* @",
        RegexOptions.Singleline)]
    private static partial Regex CustomScalar();

    [GeneratedRegex("invalid value at \"value(.*?)\":")]
    private static partial Regex VariablePath();

    [GeneratedRegex("^(Argument \"[^\"]+\") (?:of type|has invalid value).* @ (\\S+) @ .*$", RegexOptions.Singleline)]
    private static partial Regex ArgumentValue();

    [GeneratedRegex("(value|[Ff]ound): .*?(?= Did you mean| @ )", RegexOptions.Singleline)]
    private static partial Regex Literal();
}
