using System.Runtime.CompilerServices;

namespace OsstOrleans.Tidy.Tests;

/// <summary>A file of the repository as its lines.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public string Text => string.Join('\n', Lines);

    /// <summary>The lines without what follows <c>//</c>: words in comments call nothing.</summary>
    public IEnumerable<(int Number, string Text)> Code => Lines.Select((line, i) =>
        (i + 1, line.IndexOf("//", StringComparison.Ordinal) is >= 0 and var at ? line[..at] : line));

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>The repository's own text files; nothing that a build or a run leaves behind.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs =
        [".git", "bin", "obj", "node_modules", "TestResults", "data", "build", "generated"];

    private static readonly string[] Text =
    [
        ".cs", ".csproj", ".props", ".json", ".graphql", ".md", ".js", ".mjs", ".ts", ".jsx", ".html", ".css", ".yml",
        ".yaml", ".sql", ".txt", ".razor", "",
    ];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Every file, whatever it holds, from the root and with forward slashes.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Walk(new DirectoryInfo(Root))];

    public static IReadOnlyList<SourceFile> Files { get; } =
    [
        .. Paths.Where(path => Text.Contains(Path.GetExtension(path)))
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(Root, path)))),
    ];

    public static IReadOnlyList<SourceFile> CSharp { get; } =
        [.. Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>Fails with every breach at once, one a line.</summary>
    public static void AssertNone(IEnumerable<string> breaches)
    {
        var all = breaches.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFiles().OrderBy(file => file.Name)
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
        .Concat(folder.EnumerateDirectories().Where(inner => !IsLeftOut(inner)).OrderBy(inner => inner.Name)
            .SelectMany(Walk));

    /// <summary>A data folder of a run lies at the root; <c>deploy/data</c> is ours.</summary>
    private static bool IsLeftOut(DirectoryInfo folder) =>
        NotOurs.Contains(folder.Name) && (folder.Name != "data" || folder.Parent!.FullName == Root);

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
