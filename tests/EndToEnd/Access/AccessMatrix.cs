namespace OsstOrleans.EndToEnd.Tests.Access;

/// <summary>The two tables beside this file: the class of each field, and who is answered each class.</summary>
internal static class AccessMatrix
{
    /// <summary>What stands here was answered already, with the field that led there.</summary>
    public const string Within = "within";

    private static readonly string[][] s_lines = [.. Lines("matrix.txt")];

    /// <summary>The callers by name.</summary>
    public static IReadOnlyList<string> Callers => s_lines[0][1..];

    /// <summary>The access class by field.</summary>
    public static IReadOnlyDictionary<string, string> Classes { get; } =
        Lines("fields.txt").ToDictionary(line => line[0], line => line[1]);

    /// <summary>True for a field of a mutation's payload: it was answered with the mutation.</summary>
    public static bool IsOfPayload(string field) => field.Split('.')[0] is [var first, .. var name]
        && name.EndsWith("Payload", StringComparison.Ordinal)
        && Classes.ContainsKey($"Mutation.{char.ToLowerInvariant(first)}{name[..^"Payload".Length]}");

    /// <summary>The classes that have a line.</summary>
    public static IEnumerable<string> Named => s_lines[1..].Select(line => line[0]);

    /// <summary>Who is answered a field of this class; nobody where nothing is said.</summary>
    public static IReadOnlyList<string> Answered(string accessClass) =>
        s_lines[1..].FirstOrDefault(line => line[0] == accessClass) is { } line
            ? [.. Callers.Where((_, at) => line[at + 1] == "y")]
            : [];

    private static IEnumerable<string[]> Lines(string file) =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", file))
        where line.Length > 0 && line[0] != '#'
        select line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
