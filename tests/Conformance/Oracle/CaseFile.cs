using System.Text.Json;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>One case of a file: a line <c>#! valid: which</c> or <c>#! invalid: which</c>, perhaps a line
/// <c>#? {"variables": ..., "operationName": ...}</c>, and the text up to the next case.</summary>
internal sealed record Case(string Title, bool IsValid, Question Question)
{
    private const string Start = "#! ";
    private const string Sent = "#? ";

    /// <summary>The cases of a file in the order in which they stand.</summary>
    public static IReadOnlyList<Case> Read(string file) =>
        [.. ("\n" + File.ReadAllText(file)).Split("\n" + Start).Skip(1).Select(Parse)];

    private static Case Parse(string text)
    {
        var lines = text.Split('\n');
        var (title, rest) = (lines[0], lines.Skip(1));
        Assert.Matches("^(valid|invalid): .", title);
        using var sent = JsonDocument.Parse(
            rest.FirstOrDefault() is { } line && line.StartsWith(Sent, StringComparison.Ordinal)
                ? line[Sent.Length..]
                : "{}");
        var name = sent.RootElement.TryGetProperty("operationName", out var given) ? given.GetString() : null;
        var variables = sent.RootElement.TryGetProperty("variables", out var values) ? values.GetRawText() : null;
        return new Case(title, title.StartsWith("valid", StringComparison.Ordinal),
            new Question(string.Join('\n', rest), variables, name));
    }
}
