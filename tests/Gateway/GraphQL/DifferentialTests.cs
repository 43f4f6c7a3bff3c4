using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Engines.Embedded;
using OsstOrleans.Gateway.Engines.Embedded.Language;
using OsstOrleans.Gateway.Engines.Embedded.Types;
using OsstOrleans.Gateway.Engines.Embedded.Validation;

namespace OsstOrleans.Gateway.Tests.GraphQL;

/// <summary>The reference implementation (npm graphql) as an oracle.</summary>
public sealed partial class DifferentialTests
{
    private static readonly GraphQLLimits s_wide = new() { MaxErrors = 1000 };

    [NodeFact]
    public async Task Generated_operations_are_judged_as_the_reference_judges_them()
    {
        var seed = Random.Shared.Next();
        var generator = new OperationGenerator(Pets.Schema, new Random(seed));
        var operations = Enumerable.Range(0, 1_500).Select(_ => generator.Operation()).ToArray();
        var answers = await Reference(SchemaPrinter.Print(Pets.Schema), operations, execute: false);
        for (var i = 0; i < operations.Length; i++)
        {
            var expected = answers[i].TryGetProperty("errors", out var errors)
                ? errors.EnumerateArray().Select(e => e.GetString()!).ToList()
                : [];
            var own = Judge(operations[i]);
            var where = $"seed {seed}, operation {i}: {operations[i]}\n";
            Assert.True((expected.Count > 0) == (own.Count > 0),
                $"{where}expected: {string.Join('\n', expected)}\nown: {string.Join('\n', own)}");
            Assert.True(Comparable(expected).SetEquals(Comparable(own)),
                $"{where}expected: {string.Join('\n', expected)}\nown: {string.Join('\n', own)}");
        }
    }

    [NodeFact]
    public async Task Introspection_tells_what_the_reference_tells()
    {
        var answer = (await Reference(Sample.Sdl, [IntrospectionTests.FullQuery], execute: true))[0];
        using var own = JsonDocument.Parse(await Sample.Engine().Answer(IntrospectionTests.FullQuery));
        var expected = Types(answer);
        var actual = Types(own.RootElement);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, type) in expected)
            Assert.Equal(type, actual[name]);
    }

    private static List<string> Judge(string operation)
    {
        try
        {
            return [.. Validator.Validate(Pets.Schema, Parser.Parse(operation, s_wide), s_wide)
                .Select(e => $"{e.Message} @ {string.Join(' ', e.Locations.Select(l => $"{l.Line}:{l.Column}"))}")];
        }
        catch (SyntaxFault fault)
        {
            var at = SourceLocation.Of(operation, fault.At);
            return [$"{fault.Message} @ {at.Line}:{at.Column}"];
        }
    }

    /// <summary>
    /// Conflicts are found by another algorithm, and a cycle can be named from any of its fragments: there the
    /// verdict is
    /// the same, but the pairs and paths told may differ.
    /// </summary>
    private static HashSet<string> Comparable(List<string> errors) =>
        [.. errors.Where(e => !e.Contains("conflict because", StringComparison.Ordinal))
            .Select(e => e.Contains("within itself", StringComparison.Ordinal) ? "cycle" : Shown().Replace(e, "$1 @"))];

    /// <summary>A literal shown in a message: the reference puts null there for each variable.</summary>
    [GeneratedRegex("(value|found): .* @")]
    private static partial Regex Shown();

    /// <summary>The schema's own types; the built-in ones differ in their wording only.</summary>
    private static Dictionary<string, string> Types(JsonElement answer) =>
        answer.GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray()
            .Where(t => !t.GetProperty("name").GetString()!.StartsWith("__", StringComparison.Ordinal))
            .Where(t => t.GetProperty("name").GetString() is not ("Int" or "Float" or "String" or "Boolean" or "ID"))
            .ToDictionary(t => t.GetProperty("name").GetString()!, t => JsonSerializer.Serialize(t));

    private static async Task<JsonElement[]> Reference(string sdl, string[] operations, bool execute)
    {
        using var node = Process.Start(new ProcessStartInfo("node", "compare.mjs")
        {
            WorkingDirectory = NodeFactAttribute.Folder!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { sdl, operations, execute }));
        node.StandardInput.Close();
        var text = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return [.. JsonElement.Parse(text).EnumerateArray()];
    }
}
