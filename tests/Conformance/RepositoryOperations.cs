using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.Conformance.Tests;

/// <summary>
/// Every GraphQL operation that stands in the repository as text: in the guides, the dashboard, scripts and tests.
/// Operations that a program puts together are not among them.
/// </summary>
internal static partial class RepositoryOperations
{
    private static readonly string[] s_kinds = [".cs", ".md", ".js", ".mjs", ".html"];
    private static readonly string[] s_others = ["bin", "obj", "node_modules", ".git", "data", "TestResults"];

    /// <summary>The operations with the file each was first found in.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Find();

    private static Dictionary<string, string> Find()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "..", ".."));
        var found = new Dictionary<string, string>();
        foreach (var file in Files(new DirectoryInfo(root)))
        {
            var text = File.ReadAllText(file.FullName);
            foreach (var candidate in Candidates(text).Where(IsOperation))
            {
                found.TryAdd(candidate, Path.GetRelativePath(root, file.FullName));
            }
        }
        return found;
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(file => s_kinds.Contains(file.Extension))
        .Concat(folder.EnumerateDirectories().Where(inner => !s_others.Contains(inner.Name)).SelectMany(Files))
        .OrderBy(file => file.FullName, StringComparer.Ordinal);

    private static IEnumerable<string> Candidates(string text) =>
        RawString().Matches(text).Select(match => Dedented(match.Groups[1].Value))
            .Concat(Template().Matches(text).Select(match => match.Groups[1].Value))
            .Concat(Quoted().Matches(text).Select(match => Unescaped(match.Value)).OfType<string>())
            .SelectMany(candidate => BodyQuery(candidate) is { } query ? new[] { query } : [candidate])
            .Concat(Body().Matches(text).Select(match => Unescaped(match.Groups[1].Value)).OfType<string>())
            .Where(candidate => candidate.Contains('{', StringComparison.Ordinal))
            .Select(candidate => candidate.Trim());

    private static bool IsOperation(string text)
    {
        try
        {
            return Parser.Parse(text, new GraphQLLimits()).Definitions.Any(d => d is OperationDefinition);
        }
        catch (SyntaxFault)
        {
            return false;
        }
    }

    private static string Dedented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

    private static string? Unescaped(string literal)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(literal);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The query of a request's whole body.</summary>
    private static string? BodyQuery(string text)
    {
        try
        {
            using var body = JsonDocument.Parse(text);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String
                ? query.GetString()
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("\"\"\"\\s*\\n(.*?)\"\"\"", RegexOptions.Singleline)]
    private static partial Regex RawString();

    [GeneratedRegex("`([^`$]*)`")]
    private static partial Regex Template();

    [GeneratedRegex("\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"query\"\\s*:\\s*(\"(?:[^\"\\\\\\n]|\\\\.)*\")")]
    private static partial Regex Body();

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
