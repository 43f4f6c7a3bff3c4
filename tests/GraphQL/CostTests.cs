using System.Text.Json;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Sdl;

namespace OsstOrleans.GraphQL.Tests;

/// <summary>What operations cost by <c>@cost</c> and <c>@listSize</c>, as a caller is told.</summary>
public sealed class CostTests
{
    private const string Sdl = """
        directive @cost(weight: String!) on
          ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
        directive @listSize(
          assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
          requireOneSlicingArgument: Boolean = true, slicingArgumentDefaultValue: Int
        ) on FIELD_DEFINITION

        type Query {
          one: Item
          text: String
          dear: Item @cost(weight: "7.5")
          free: Item @cost(weight: "-5")
          unknown: [Item!]
          assumed: [Item!] @listSize(assumedSize: 10)
          first(first: Int, last: Int): [Item!]
            @listSize(slicingArguments: ["first", "last"], assumedSize: 50, requireOneSlicingArgument: false)
          usual(first: Int = 3): [Item!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
          otherwise(first: Int): [Item!]
            @listSize(slicingArguments: ["first"], slicingArgumentDefaultValue: 4, requireOneSlicingArgument: false)
          strict(first: Int, last: Int): [Item!] @listSize(slicingArguments: ["first", "last"])
          page(first: Int! = 20): Page
            @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
          any: Any
          filter(where: Filter, tag: String @cost(weight: "2")): Item
        }
        type Page { nodes: [Item!] edges: [Edge!] total: Int count: [Int!] }
        type Edge { node: Item cursor: String }
        type Item { id: ID heavy: Heavy items: [Item!] @listSize(assumedSize: 10) item: Item level: Level }
        type Heavy @cost(weight: "5") { id: ID }
        enum Level @cost(weight: "0.5") { HIGH }
        union Any = Item | Heavy
        input Filter { id: ID near: Filter all: [Filter!] text: String @cost(weight: "3") }
        """;

    private static readonly GraphQLEngine Engine = Build(new GraphQLLimits());

    [Theory]
    [InlineData("{ text }", 0, 1)]
    [InlineData("{ __typename }", 0, 1)]
    [InlineData("{ one { id } }", 1, 2)]
    [InlineData("{ one { item { id } } }", 2, 3)]
    [InlineData("{ one { heavy { id } } }", 2, 7)]
    [InlineData("{ one { level } }", 1, 2.5)]
    [InlineData("{ dear { id } }", 7.5, 2)]
    [InlineData("{ free { id } }", 0, 2)]
    [InlineData("{ free { id } one { id } }", 1, 3)]
    public async Task A_field_weighs_what_the_schema_says(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("{ unknown { id } }", 1, 2)]
    [InlineData("{ assumed { id } }", 1, 11)]
    [InlineData("{ assumed { item { id } } }", 11, 21)]
    [InlineData("{ assumed { items { id } } }", 11, 111)]
    [InlineData("{ assumed { items { items { item { id } } } } }", 1111, 2111)]
    public async Task What_a_list_holds_counts_as_often_as_the_list_is_long(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("{ first(first: 2) { item { id } } }", 3, 5)]
    [InlineData("{ first(first: 2, last: 5) { item { id } } }", 6, 11)]
    [InlineData("{ first { item { id } } }", 51, 101)]
    [InlineData("{ first(first: null) { item { id } } }", 51, 101)]
    [InlineData("{ first(first: 0) { item { id } } }", 1, 1)]
    [InlineData("{ first(first: -7) { item { id } } }", 51, 101)]
    [InlineData("{ usual { item { id } } }", 4, 7)]
    [InlineData("{ usual(first: 9) { item { id } } }", 10, 19)]
    [InlineData("{ otherwise { item { id } } }", 5, 9)]
    public async Task A_slicing_argument_tells_how_long(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("{ page { nodes { id } } }", 2, 22)]
    [InlineData("{ page(first: 5) { nodes { item { id } } } }", 7, 12)]
    [InlineData("{ page(first: 5) { edges { cursor node { id } } total } }", 7, 12)]
    [InlineData("{ page(first: 5) { count } }", 2, 2)]
    [InlineData("{ page(first: 5) { nodes { items { id } } } }", 7, 57)]
    public async Task A_page_sizes_its_nodes_and_edges(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("query($n: Int) { first(first: $n) { item { id } } }", "{\"n\":2}", 3, 5)]
    [InlineData("query($n: Int) { first(first: $n, last: 1) { item { id } } }", "{\"n\":2}", 3, 5)]
    [InlineData("query($n: Int) { first(first: $n) { item { id } } }", "{}", 51, 101)]
    [InlineData("query($n: Int) { first(first: $n) { item { id } } }", "{\"n\":null}", 51, 101)]
    [InlineData("query($n: Int = 4) { first(first: $n) { item { id } } }", "{}", 5, 9)]
    [InlineData("query($n: Int) { usual(first: $n) { item { id } } }", "{}", 4, 7)]
    [InlineData("query($n: Int! = 6) { page(first: $n) { nodes { item { id } } } }", "{\"n\":3}", 5, 8)]
    [InlineData("query($n: Int!) { assumed { id } page(first: $n) { nodes { id } } }", "{\"n\":3}", 3, 15)]
    public async Task A_variable_counts_by_its_value(string query, string variables, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query, variables));

    [Fact]
    public async Task One_document_costs_each_caller_its_own()
    {
        const string Query = "query($n: Int) { first(first: $n) { items { id } } }";
        foreach (var n in new[] { 1, 30, 2, 30 })
        {
            Assert.Equal((1 + n, 1 + (11 * n)), await CostOf(Query, $"{{\"n\":{n}}}"));
        }
    }

    [Theory]
    [InlineData("{ a: assumed { id } b: assumed { id } }", 2, 21)]
    [InlineData("{ assumed { id } assumed { item { id } } }", 11, 21)]
    [InlineData("{ ...f assumed { id } } fragment f on Query { assumed { item { id } } }", 11, 21)]
    [InlineData("{ ...f ...f ... { ...f } } fragment f on Query { assumed { id } }", 1, 11)]
    public async Task Aliases_count_each_and_what_is_merged_once(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("{ any { ... on Item { item { id } } } }", 2, 3)]
    [InlineData("{ any { ... on Item { items { id } } ... on Heavy { id } } }", 2, 12)]
    [InlineData("{ any { __typename } }", 1, 2)]
    public async Task Of_several_types_the_dearest_counts(string query, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query));

    [Theory]
    [InlineData("{ assumed @skip(if: true) { id } one { id } }", "{}", 1, 2)]
    [InlineData("query($on: Boolean!) { assumed @include(if: $on) { id } }", "{\"on\":false}", 0, 1)]
    [InlineData("query($on: Boolean!) { assumed @include(if: $on) { id } }", "{\"on\":true}", 1, 11)]
    public async Task What_is_left_out_costs_nothing(string query, string variables, double field, double type) =>
        Assert.Equal((field, type), await CostOf(query, variables));

    [Theory]
    [InlineData("{ filter { id } }", "{}", 1)]
    [InlineData("{ filter(tag: \"a\") { id } }", "{}", 3)]
    [InlineData("{ filter(where: {id: 1}) { id } }", "{}", 2)]
    [InlineData("{ filter(where: {text: \"a\", near: {id: 1}}) { id } }", "{}", 6)]
    [InlineData("query($w: Filter) { filter(where: $w) { id } }", """{"w":{"text":"a","near":{"text":"b"}}}""", 9)]
    [InlineData("query($w: Filter) { filter(where: $w) { id } }", """{"w":{"all":[{"id":1},{"text":"b"}]}}""", 6)]
    public async Task Inputs_weigh_too(string query, string variables, double field) =>
        Assert.Equal(field, (await CostOf(query, variables)).Field);

    [Fact]
    public async Task Numbers_too_large_to_multiply_are_still_refused()
    {
        var nested = "id";
        for (var i = 0; i < 25; i++)
        {
            nested = $"items {{ {nested} }}";
        }
        var query = $"query($n: Int) {{ first(first: $n) {{ {nested} }} none: first(first: 0) {{ {nested} }} }}";
        foreach (var n in new[] { "2147483647", "0", "1" })
        {
            Assert.Equal(n == "0" ? null : "LIMIT_COST", CodeOf(await Ask(Engine, query, $"{{\"n\":{n}}}")));
        }
    }

    [Fact]
    public async Task A_refusal_tells_the_cost_and_the_limit_and_runs_nothing()
    {
        var engine = Build(new GraphQLLimits { MaxFieldCost = 10, MaxTypeCost = 30 });
        Assert.Null(CodeOf(await Ask(engine, "{ page(first: 9) { nodes { id } } }")));
        var work = Error(await Ask(engine, "{ page(first: 9) { nodes { item { id } } } }"));
        Assert.Equal("""{"code":"LIMIT_COST","fieldCost":11,"maxFieldCost":10}""", work.GetRawText());
        var data = Error(await Ask(engine, "{ page(first: 29) { nodes { id } } }"));
        Assert.Equal("""{"code":"LIMIT_COST","typeCost":31,"maxTypeCost":30}""", data.GetRawText());
    }

    [Fact]
    public async Task An_answer_tells_its_cost_only_when_asked()
    {
        const string Query = "{ text one { id } }";
        var beside = await Engine.Answer(Query, context: new GraphQLRequestContext { Cost = CostReport.Beside });
        Assert.Equal(
            """{"data":{"text":"ran","one":null},"extensions":{"operationCost":{"fieldCost":1,"typeCost":2}}}""",
            beside);
        Assert.Equal("""{"data":{"text":"ran","one":null}}""", await Engine.Answer(Query));
    }

    [Theory]
    [InlineData("{ strict { id } }", "VALIDATION")]
    [InlineData("{ strict(first: 1, last: 1) { id } }", "VALIDATION")]
    [InlineData("{ strict(first: null) { id } }", "VALIDATION")]
    [InlineData("{ strict(first: 1) { id } }", null)]
    [InlineData("query($a: Int, $b: Int) { strict(first: $a, last: $b) { id } }", null)]
    public async Task One_slicing_argument_can_be_asked_for(string query, string? code) =>
        Assert.Equal(code, CodeOf(await Ask(Engine, query)));

    [Theory]
    [InlineData("type Query { a: Int @cost(weight: \"much\") }", "The @cost of Query.a is no number.")]
    [InlineData("type Query { a: Int @cost(weight: \"1e999\") }", "The @cost of Query.a is no number.")]
    [InlineData("type Query { a: Int @listSize(assumedSize: 1) }",
        "The @listSize of Query.a is on no list and names none.")]
    [InlineData("type Query { a: [Int] @listSize(assumedSize: -1) }", "The @listSize of Query.a is negative.")]
    [InlineData("type Query { a(n: String): [Int] @listSize(slicingArguments: [\"n\"]) }",
        "The @listSize of Query.a names \"n\", which is no argument of type Int.")]
    [InlineData("type Query { a: P @listSize(sizedFields: [\"b\"]) } type P { b: Int }",
        "The @listSize of Query.a names \"b\", which is no list of P.")]
    public void A_schema_that_says_nonsense_is_refused(string types, string fault)
    {
        var directives = Sdl[..Sdl.IndexOf("type Query", StringComparison.Ordinal)];
        Assert.Equal([fault], Assert.Throws<SchemaException>(() => SchemaBuilder.Build(directives + types)).Faults);
    }

    [Fact]
    public void The_directives_survive_printing() =>
        Assert.Equal(Engine.Sdl, SchemaPrinter.Print(SchemaBuilder.Build(Engine.Sdl)));

    private static GraphQLEngine Build(GraphQLLimits limits)
    {
        var map = new ResolverMap()
            .Object<Listed>("Item").Object<Weighty>("Heavy").Object<Sheet>("Page").Object<Line>("Edge")
            .Root("Query", "text", _ => ValueTask.FromResult("ran"))
            .Root("Query", "page", _ => ValueTask.FromResult<Sheet?>(null))
            .Root("Query", "any", _ => ValueTask.FromResult<object?>(null));
        foreach (var one in new[] { "one", "dear", "free", "filter" })
        {
            map.Root("Query", one, _ => ValueTask.FromResult<Listed?>(null));
        }
        foreach (var list in new[] { "unknown", "assumed", "first", "usual", "otherwise", "strict" })
        {
            map.Root("Query", list, _ => ValueTask.FromResult<Listed[]?>(null));
        }
        return GraphQLEngine.Build(Sdl, map, new GraphQLOptions { Limits = limits });
    }

    private static async Task<(double Field, double Type)> CostOf(string query, string? variables = null)
    {
        var answer = JsonElement.Parse(await Engine.Answer(
            query, variables, context: new GraphQLRequestContext { Cost = CostReport.Only }));
        Assert.False(answer.TryGetProperty("data", out _) || answer.TryGetProperty("errors", out _), $"{answer}");
        var cost = answer.GetProperty("extensions").GetProperty("operationCost");
        return (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble());
    }

    private static async Task<JsonElement> Ask(GraphQLEngine engine, string query, string? variables = null) =>
        JsonElement.Parse(await engine.Answer(query, variables));

    private static JsonElement Error(JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("data", out _));
        return answer.GetProperty("errors")[0].GetProperty("extensions");
    }

    private static string? CodeOf(JsonElement answer) =>
        answer.TryGetProperty("errors", out _) ? Error(answer).GetProperty("code").GetString() : null;

    private enum Level
    {
        High,
    }

    private sealed record Listed(string? Id, Weighty? Heavy, Listed[]? Items, Listed? Item, Level? Level);

    private sealed record Weighty(string? Id);

    private sealed record Sheet(Listed[]? Nodes, Line[]? Edges, int? Total, int[]? Count);

    private sealed record Line(Listed? Node, string? Cursor);
}
