using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>The dashboard's words: in every language, each used, none written into a page.</summary>
public sealed partial class WordTests
{
    private static readonly Language English = Language.All[0];

    /// <summary>Groups whose codes come from elsewhere; tests/Tidy holds them against the contract.</summary>
    private static readonly string[] Groups =
    [
        "status", "reason", "list", "overdue", "arm", "role", "roleSees", "purpose", "theme", "state", "trouble",
        "mend", "duration", "step", "sender", "came", "subject", "weekday", "deadline", "attained",
        "opening", "by", "basis", "used", "measure",
        "late", "audited", "unusualKind", "choice", "notCompared",
        "restrictionGround", "restrictionRefusal",
        "kind", "ended", "encoding", "file", "line", "refusal",
    ];

    private static readonly IReadOnlyList<(string Path, string Text)> Sources =
    [
        .. Directory.EnumerateFiles(Folder(), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Where(file => !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file))),
    ];

    [Fact]
    public void Every_language_has_every_text_with_the_same_places() => Assert.All(Language.All, language =>
    {
        Assert.Equal(English.Texts.Keys.Order(), language.Texts.Keys.Order());
        Assert.All(language.Texts, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key);
            Assert.Equal(PlacesOf(English[text.Key]), PlacesOf(text.Value));
        });
    });

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        var named = Sources.SelectMany(source => Key().Matches(source.Text)).Select(match => match.Groups[1].Value);
        var counted = Sources.SelectMany(source => Counted().Matches(source.Text))
            .SelectMany(match => new[] { match.Groups[1].Value + ".one", match.Groups[1].Value + ".many" })
            .Concat(named).ToHashSet();
        Assert.DoesNotContain(
            English.Texts.Keys, key => !counted.Contains(key) && !Groups.Contains(key.Split('.')[0]));
        var asked = Sources.SelectMany(source => Asked().Matches(source.Text)).Select(match => match.Groups[1].Value);
        Assert.DoesNotContain(asked, key => !English.Texts.ContainsKey(key));
    }

    [Fact]
    public void No_page_has_words_of_its_own() => Assert.Empty(
        from source in Sources
        where source.Path.EndsWith(".razor", StringComparison.Ordinal)
        let markup = Entity().Replace(Code().Replace(Comment().Replace(source.Text, ""), ""), "")
        from Match match in BareText().Matches(markup)
        let text = match.Groups[1].Value.Trim()
        where text is not ("CSV" or "SVG" or "OsstOrleans" or "/ops.json" or "· OsstOrleans")
        select $"{Path.GetFileName(source.Path)}: {text}");

    [Theory]
    [InlineData("en", "1\u00a0234\u00a0567", "12.5", "47%", "28 Nov 2026")]
    [InlineData("fi", "1\u00a0234\u00a0567", "12,5", "47\u00a0%", "28.11.2026")]
    [InlineData("sv", "1\u00a0234\u00a0567", "12,5", "47\u00a0%", "28.11.2026")]
    public void Numbers_and_days_are_written_as_the_language_does_on_any_machine(
        string code, string number, string part, string share, string day)
    {
        var language = Language.Find(code)!;
        Assert.Equal(number, language.Number(1_234_567));
        Assert.Equal(part, language.Number(12.5, 1));
        Assert.Equal(share, language.Percent(0.47));
        Assert.Equal(day, language.Day(new DateOnly(2026, 11, 28)));
    }

    [Theory]
    [InlineData("sv-FI,sv;q=0.9,fi;q=0.8", "sv")]
    [InlineData("de, fi-FI;q=0.7", "fi")]
    [InlineData("de", "en")]
    [InlineData(null, "en")]
    public void A_browsers_first_known_language_is_taken(string? accepted, string code) =>
        Assert.Equal(code, Language.Preferred(accepted).Code);

    private static string[] PlacesOf(string text) =>
        [.. Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "graphql-gateway", "dashboard"));

    [GeneratedRegex("\"([a-z][A-Za-z]*(?:\\.[A-Za-z]+)*)\"")]
    private static partial Regex Key();

    [GeneratedRegex("""Count\("([\w.]+)",""")]
    private static partial Regex Counted();

    /// <summary>Texts that are asked for by a whole key.</summary>
    [GeneratedRegex("""[wW]ords(?:\[|\.Say\(\s*)"([\w.]+)"(?=[\],)])""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\n@code \{.*", RegexOptions.Singleline)]
    private static partial Regex Code();

    /// <summary>Letters between the end of a tag and the begin of the next, with no expression among them.</summary>
    [GeneratedRegex(@"(?<![=\s])>([^<>@{}=;()]*\p{L}{2,}[^<>@{}=;()]*)<")]
    private static partial Regex BareText();

    [GeneratedRegex("&[a-z]+;")]
    private static partial Regex Entity();
}
