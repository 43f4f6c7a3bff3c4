using System.Text.RegularExpressions;

namespace OsstOrleans.Tidy.Tests;

/// <summary>
/// What a page names in backticks is there: files and folders, types with their members, and words of code. Pages of
/// benchmarks are left out: they tell of the code of their day.
/// </summary>
public sealed partial class PageTests
{
    /// <summary>Packages that are not here, settings of packages, and what other programs bring.</summary>
    private static readonly HashSet<string> Others =
    [
        "HideTrace", "Microsoft.AspNetCore.App.Internal.Assets", "Microsoft.Data.Sqlite", "Microsoft.Orleans.Dashboard",
        "Microsoft.Orleans.Serialization.SystemTextJson", "Orleans.Runtime.MembershipService", "System.Runtime",
        "pg_amcheck",
    ];

    private static readonly HashSet<string> Packages =
    [
        .. SourceTree.Files.Single(file => file.Path == "Directory.Packages.props").Lines
            .Select(line => Package().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value),
    ];

    private static readonly SourceFile[] Pages =
    [
        .. SourceTree.Files.Where(file =>
            file.Path.EndsWith(".md", StringComparison.Ordinal) && !file.IsIn("docs/benchmarks")),
    ];

    /// <summary>Every file and every folder.</summary>
    private static readonly HashSet<string> Places = [.. SourceTree.Paths.SelectMany(WithFolders)];

    private static readonly HashSet<string> FolderNames =
        [.. Places.Except(SourceTree.Paths).Select(folder => Path.GetFileName(folder)!)];

    /// <summary>The files that declare a type, by its name.</summary>
    private static readonly ILookup<string, SourceFile> Types = (
        from file in SourceTree.CSharp
        from line in file.Code
        from Match match in Declaration().Matches(line.Text)
        select (match.Groups["name"].Value, file)).ToLookup(pair => pair.Value, pair => pair.file);

    private static readonly HashSet<string> Namespaces =
    [
        .. SourceTree.CSharp.Select(Rooms.NameIn),
    ];

    /// <summary>Every word of code and of contracts; this file has some that are not there.</summary>
    private static readonly HashSet<string> Words =
    [
        .. SourceTree.Files.Where(file => !file.Path.EndsWith(".md", StringComparison.Ordinal)
                && !file.Path.EndsWith(nameof(PageTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(file => WordOfText().Matches(file.Text)).Select(match => match.Value),
    ];

    [Fact]
    public void What_a_page_names_is_there()
    {
        Assert.True(Pages.SelectMany(NamesIn).Count() > 500);
        SourceTree.AssertNone(
            from page in Pages
            from name in NamesIn(page)
            where FaultOf(name) is not null
            select $"{page.Path}: {name}: {FaultOf(name)}");
    }

    [Fact]
    public void What_a_page_links_to_is_there() => SourceTree.AssertNone(
        from page in Pages
        from Match link in Link().Matches(TextOf(page))
        let target = link.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        let place = Path.GetRelativePath(
            SourceTree.Root, Path.GetFullPath(Path.Combine(SourceTree.Root, page.Path, "..", target)))
        where !Places.Contains(place.Replace('\\', '/'))
        select $"{page.Path}: {target}");

    [Theory]
    [InlineData("Platform.FeedFault")]
    [InlineData("HostServices.Clock")]
    [InlineData("silo/Feeds/FeedPumps.cs")]
    [InlineData("silo/Feeding")]
    [InlineData("Feeds/{FeedPump,FeedPumps}.cs")]
    [InlineData("tests/Silo/Storage/*Contracts.cs")]
    [InlineData("OsstOrleans.GraphQL.Nowhere")]
    [InlineData("ObservedGrains")]
    public void A_name_that_is_not_there_is_found(string name) => Assert.NotNull(FaultOf(name));

    /// <summary>Why a name means nothing in this repository; null when it does, or is no name.</summary>
    private static string? FaultOf(string name)
    {
        if (Others.Contains(name) || Packages.Contains(name) || Namespaces.Contains(name))
        {
            return null;
        }
        if (IsPath(name))
        {
            return Exists(name) ? null : "there is no such file or folder.";
        }
        if (Member().IsMatch(name))
        {
            var (type, member) = (name.Split('.')[0], name.Split('.')[^1]);
            return !Types.Contains(type) ? "there is no such type."
                : Types[type].Any(file => Regex.IsMatch(file.Text, $@"\b{member}\b")) ? null
                : "the type has no such member.";
        }
        return Identifier().IsMatch(name) && !Words.Contains(name) ? "no code has this word." : null;
    }

    /// <summary>An address begins with a slash, and a media type or a grain's name with no folder of ours.</summary>
    private static bool IsPath(string name) => PathLike().IsMatch(name)
        && (FileName().IsMatch(name) || (name.Contains('/', StringComparison.Ordinal)
            && FolderNames.Contains(name.TrimStart('.', '/').Split('/')[0])));

    /// <summary>A path from the root, or its end: pages leave out the folder that they have named before.</summary>
    private static bool Exists(string name)
    {
        var braces = Alternatives().Match(name);
        return braces.Success
            ? braces.Groups[1].Value.Split(',').All(part => Exists(name.Replace(braces.Value, part)))
            : Places.Any(EndOf(name).IsMatch);
    }

    private static Regex EndOf(string path)
    {
        var any = Placeholder().Replace(path.TrimStart('.', '/').TrimEnd('/'), "*");
        return new Regex($"(^|/){Regex.Escape(any).Replace(@"\*", "[^/]*")}$");
    }

    private static IEnumerable<string> NamesIn(SourceFile page) => Backticks().Matches(TextOf(page))
        .Select(match => Spaces().Replace(match.Groups[1].Value, " "));

    /// <summary>The page without its blocks of code.</summary>
    private static string TextOf(SourceFile page) => Block().Replace(page.Text, "");

    private static IEnumerable<string> WithFolders(string path)
    {
        for (var at = path; at.Length > 0; at = Path.GetDirectoryName(at)!)
        {
            yield return at;
        }
    }

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex Package();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^[\w.*<>{},-][\w.*<>{},/-]*$")]
    private static partial Regex PathLike();

    [GeneratedRegex(@"\.(cs|csproj|props|targets|json|graphql|md|mjs|ts|html|yaml|sql|txt)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Alternatives();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Z]\w*(\.[A-Z]\w*)+$")]
    private static partial Regex Member();

    /// <summary>More than a word of English: a hump or an underline in it.</summary>
    [GeneratedRegex(@"^\w*([a-z][A-Z]|_)\w*$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\w+")]
    private static partial Regex WordOfText();

    [GeneratedRegex(
        @"\b(class|struct|interface|enum|record)\s+(struct\s+|class\s+)?(?<name>\w+)"
        + @"|\bdelegate\s[^(=;]*?(?<name>\w+)(<[^(]*>)?\s*\(")]
    private static partial Regex Declaration();
}
