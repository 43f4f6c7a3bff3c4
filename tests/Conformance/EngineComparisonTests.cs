using System.Text.Json;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Sdl;

namespace OsstOrleans.Conformance.Tests;

/// <summary>
/// Both engines serve one contract and give one answer. Data is compared byte for byte; errors of fields by code, path
/// and location. Of a refused request only the codes are compared: how many rules a validator names, and in which
/// words, no specification fixes. Neither does it fix how a whole schema is told, so there the printed schemas are
/// compared.
/// </summary>
public sealed partial class EngineComparisonTests
{
    private static readonly Caller s_caller = new(Role.Coordinator, "comparison", Reach.Of("320"), Purposes.ClientWork);

    [Fact]
    public void The_repositorys_operations_are_found_wherever_they_stand()
    {
        var files = RepositoryOperations.All.Values.ToHashSet();
        Assert.Contains("README.md", files);
        Assert.Contains(Path.Combine("graphql-gateway", "CommandLine", "Welcome.cs"), files);
        Assert.Contains(files, file => file.StartsWith(Path.Combine("tests", "EndToEnd"), StringComparison.Ordinal));
        Assert.Contains(files, file => file.StartsWith(Path.Combine("tests", "GraphQL"), StringComparison.Ordinal));
        Assert.True(RepositoryOperations.All.Count > 100, $"{RepositoryOperations.All.Count} operations.");
    }

    /// <summary>Without this a difference would tell nothing of the engines.</summary>
    [Fact]
    public Task Two_silos_that_are_asked_the_same_answer_the_same() => Compare(GraphQLEngineKind.Own);

    [HotChocolateFact]
    public Task Every_operation_of_the_repository_has_one_answer_in_both_engines() =>
        Compare(GraphQLEngineKind.HotChocolate);

    [HotChocolateFact]
    public async Task Both_engines_print_one_schema()
    {
        await using var own = await ComparedEngine.Start(GraphQLEngineKind.Own);
        await using var hotChocolate = await ComparedEngine.Start(GraphQLEngineKind.HotChocolate);
        Assert.Equal(Normal(own.Sdl), Normal(hotChocolate.Sdl));
    }

    private static async Task Compare(GraphQLEngineKind other)
    {
        await using var expected = await ComparedEngine.Start(GraphQLEngineKind.Own);
        await using var actual = await ComparedEngine.Start(other, expected);
        var differences = new List<string>();
        foreach (var (operation, file) in RepositoryOperations.All.Where(o => !o.Key.Contains("__schema")))
        {
            var one = Comparable(await expected.Ask(operation, s_caller));
            var two = Comparable(await actual.Ask(operation, s_caller));
            if (one != two)
            {
                differences.Add($"{file}: {operation}\n  own: {one}\n  {GraphQLEngines.NameOf(other)}: {two}");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences)}");
    }

    private static string Comparable((GraphQLOutcome Outcome, string Json) answer)
    {
        using var json = JsonDocument.Parse(answer.Json);
        var errors = json.RootElement.TryGetProperty("errors", out var all) ? all.EnumerateArray().ToArray() : [];
        var told = errors.Select(error => answer.Outcome == GraphQLOutcome.RequestError
            ? CodeOf(error)
            : $"{CodeOf(error)} {Raw(error, "path")} {Raw(error, "locations")}");
        var data = json.RootElement.TryGetProperty("data", out var value) ? value.GetRawText() : "none";
        data = Cursor().Replace(data, "$1\"...\"");
        return $"{answer.Outcome} {data} {string.Join(", ", told.Distinct().Order(StringComparer.Ordinal))}";
    }

    /// <summary>A cursor is a place in the log, where grains that were loaded at once lie now so and now so.</summary>
    [GeneratedRegex("(\"(?:startCursor|endCursor|cursor)\":)\"[^\"]*\"")]
    private static partial Regex Cursor();

    private static string CodeOf(JsonElement error) =>
        error.GetProperty("extensions").GetProperty("code").GetString()!;

    private static string Raw(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) ? value.GetRawText() : "none";

    /// <summary>One printer's text of either, definition by definition: their order means nothing.</summary>
    private static IEnumerable<string> Normal(string sdl) => SchemaPrinter.Print(SchemaBuilder.Build(sdl))
        .Split("\n\n").Select(part => SortedLocations(part.Trim())).Order(StringComparer.Ordinal);

    /// <summary>Neither does the order of the places where a directive may stand.</summary>
    private static string SortedLocations(string definition) => Places().Replace(definition, match =>
        $") on {string.Join(" | ", match.Groups[1].Value.Split(" | ").Order(StringComparer.Ordinal))}");

    [GeneratedRegex(@"\) on ([A-Z_| ]+)$")]
    private static partial Regex Places();
}
