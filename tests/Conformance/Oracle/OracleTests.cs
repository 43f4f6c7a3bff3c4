using System.Text.Json;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;
using Xunit.Abstractions;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>The reference implementation (npm <c>graphql</c>) as an oracle: data, errors, paths and places.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    /// <summary>The same questions in each run; <c>OSST_SEED</c> asks others.</summary>
    private static int SeedOr(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("OSST_SEED"), out var seed) ? seed : usual;

    [NodeTheory]
    [InlineData(5_000, 0)]
    [InlineData(5_000, 60)]
    [InlineData(5_000, 15)]
    public async Task Generated_operations_are_answered_as_the_reference_answers_them(int count, int mistakes)
    {
        var seed = SeedOr(20261127 + mistakes);
        output.WriteLine($"seed {seed}");
        var generator = new OperationGenerator(Village.Schema, new Random(seed), mistakes);
        var questions = Enumerable.Range(0, count).Select(_ => generator.Question()).ToArray();
        await Compare(questions, i => $"seed {seed}, question {i} with mistakes {mistakes}", mistakes != 15);
    }

    [NodeTheory]
    [InlineData("operations", 23)]
    [InlineData("fields", 36)]
    [InlineData("arguments", 39)]
    [InlineData("fragments", 20)]
    [InlineData("directives", 13)]
    [InlineData("variables", 31)]
    [InlineData("syntax", 37)]
    [InlineData("execution", 20)]
    public async Task Each_rule_is_judged_as_the_reference_and_the_case_itself_say(string file, int count)
    {
        var cases = Case.Read(Path.Combine(Node.Oracle.Folder, "cases", file + ".graphql"));
        Assert.Equal(count, cases.Count);
        var reference = await Compare([.. cases.Select(each => each.Question)], i => cases[i].Title);
        await Compare([.. cases.Select(each => each.Question)], i => cases[i].Title, suggests: false);
        var misjudged = cases.Zip(reference).Where(pair => pair.First.IsValid == (pair.Second.Data == "absent"));
        Assert.Equal([], misjudged.Select(pair => pair.First.Title));
    }

    [NodeFact]
    public async Task A_damaged_document_is_read_or_refused_as_the_reference_does()
    {
        var seed = SeedOr(20261127);
        var random = new Random(seed);
        var documents = Directory.GetFiles(Path.Combine(Node.Oracle.Folder, "cases")).Order(StringComparer.Ordinal)
            .SelectMany(Case.Read).Select(each => each.Question.Query).ToArray();
        var damaged = Enumerable.Range(0, 6_000).Select(_ => Damage.Done(Pick(documents), Pick(documents), random));
        await Compare([.. damaged.Select(text => new Question(text))], i => $"seed {seed}, damage {i}");

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    [NodeFact]
    public async Task Introspection_tells_what_the_reference_tells()
    {
        var query = await File.ReadAllTextAsync(Path.Combine(Node.Oracle.Folder, "introspection.graphql"));
        var types = Village.Schema.Types.Where(type => !type.IsIntrospection).Select(type => type.Name).ToArray();
        await Compare([.. types.Select(type => new Question(query, $$"""{"name": "{{type}}"}"""))], i => types[i]);
    }

    [NodeFact]
    public async Task A_schema_is_taken_or_refused_as_the_reference_and_the_case_itself_say()
    {
        var cases = Case.Read(Path.Combine(Node.Oracle.Folder, "schemas.graphql"));
        Assert.Equal(38, cases.Count);
        var texts = cases.Select(each => each.Question.Query).ToArray();
        using var faults = JsonDocument.Parse(
            await Node.Oracle.Tell(JsonSerializer.Serialize(texts), "schemas.mjs"));
        var breaches = cases.Zip(faults.RootElement.EnumerateArray(), (each, reference) =>
            (each.Title, each.IsValid, Reference: reference.ToString(), Own: FaultsOf(each.Question.Query)));
        Assert.Equal([], breaches.Where(b => b.IsValid != (b.Reference == "[]") || b.IsValid != (b.Own.Count == 0))
            .Select(b => $"{b.Title}\nreference: {b.Reference}\nown: {string.Join(" ", b.Own)}"));
    }

    private static IReadOnlyList<string> FaultsOf(string sdl)
    {
        try
        {
            var printed = SchemaPrinter.Print(SchemaBuilder.Build(sdl));
            Assert.Equal(printed, SchemaPrinter.Print(SchemaBuilder.Build(printed)));
            return [];
        }
        catch (SchemaException refusal)
        {
            return refusal.Faults;
        }
    }

    /// <param name="questions">What both are asked.</param>
    /// <param name="where">Names a question that they answer differently.</param>
    /// <param name="suggests">Both say in errors what may have been meant.</param>
    private async Task<Answer[]> Compare(Question[] questions, Func<int, string> where, bool suggests = true)
    {
        var reference = await Answer.OfReference(Village.Sdl, questions, suggests);
        var engine = Village.Engine(suggests);
        var different = new List<string>();
        for (var i = 0; i < questions.Length; i++)
        {
            var own = await Answer.OfEngine(engine, questions[i]);
            if (!KnownDifferences.IsEmptySelection(questions[i], own)
                && KnownDifferences.Compared(reference[i]) != KnownDifferences.Compared(own))
            {
                different.Add($"{where(i)}: {questions[i]}\nreference: {reference[i]}\nown: {own}\n");
            }
        }
        output.WriteLine($"{reference.Count(answer => answer.Data == "absent")} of {questions.Length} refused");
        Assert.True(different.Count == 0, $"{different.Count} differ.\n"
            + string.Join('\n', different.OrderBy(text => text.Length).Take(8)));
        return reference;
    }
}
