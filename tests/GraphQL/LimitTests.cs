using System.Text;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Ten_thousand_aliases_are_refused() =>
        await Refused("LIMIT_ALIASES", Document(10_000, i => $"a{i}:hello "),
            new GraphQLLimits { MaxTokens = 100_000 });

    [Fact]
    public async Task Too_many_fields_are_refused() =>
        await Refused("LIMIT_SELECTIONS", Document(1_000, _ => "hello "), new GraphQLLimits { MaxSelections = 999 });

    [Fact]
    public async Task Too_many_tokens_are_refused() =>
        await Refused("LIMIT_TOKENS", Document(10_000, i => $"a{i}:hello "), new GraphQLLimits());

    [Fact]
    public async Task Too_long_a_document_is_refused() =>
        await Refused("LIMIT_BYTES", "{ hello } #" + new string('x', 300_000), new GraphQLLimits());

    [Fact]
    public async Task Too_deep_a_document_is_refused() =>
        await Refused("LIMIT_DEPTH",
            "{ clients " + string.Concat(Enumerable.Repeat("{ friends ", 40)) + "{ id }" + new string('}', 41),
                new GraphQLLimits());

    [Fact]
    public async Task Fragments_that_double_each_other_are_measured_without_spreading_them()
    {
        var text = new StringBuilder("{ clients { ...f0 } } ");
        for (var i = 0; i < 60; i++)
        {
            text.Append($"fragment f{i} on Client {{ ...f{i + 1} a: friends {{ ...f{i + 1} }} }} ");
        }
        text.Append("fragment f60 on Client { id }");
        await Refused("LIMIT_DEPTH", text.ToString(), new GraphQLLimits());
        await Refused("LIMIT_ALIASES", text.ToString(), new GraphQLLimits { MaxDepth = 1000 });
        await Refused("LIMIT_SELECTIONS", text.Replace("a: ", "").ToString(), new GraphQLLimits { MaxDepth = 1000 });
    }

    [Theory]
    [InlineData("{ sum(of: [1, 2, 3]) }", "{}", null)]
    [InlineData("{ sum(of: [1, 2, 3, 4]) }", "{}", "LIMIT_ITEMS")]
    [InlineData("query($of: [Int!]) { sum(of: $of) }", """{"of": [1, 2, 3, 4]}""", "LIMIT_ITEMS")]
    [InlineData("query($of: [Int!] = [1, 2, 3, 4]) { sum(of: $of) }", "{}", "LIMIT_ITEMS")]
    [InlineData("query($i: In) { in(i: $i) }", """{"i": {"of": [1, 2, 3, 4]}}""", "LIMIT_ITEMS")]
    [InlineData("{ in(i: {of: [1, 2, 3, 4]}) }", "{}", "LIMIT_ITEMS")]
    [InlineData("query($i: [In!]) { all(i: $i) }", """{"i": [{}, {}, {}, {}]}""", null)]
    [InlineData("{ all(i: [{}, {}, {}, {}]) }", "{}", null)]
    public async Task A_list_of_values_is_bounded_wherever_it_stands(string query, string variables, string? code)
    {
        static ValueTask<int?> Count(FieldCall call) => ValueTask.FromResult<int?>(1);
        var engine = GraphQLEngine.Build(
            "input In { of: [Int!] } type Query { sum(of: [Int!]): Int in(i: In): Int all(i: [In!]): Int }",
            new ResolverMap().Root<int?>("Query", "sum", Count).Root<int?>("Query", "in", Count)
                .Root<int?>("Query", "all", Count),
            new GraphQLOptions { Limits = new GraphQLLimits { MaxListItems = 3 } });
        var answer = await engine.Answer(query, variables);
        Assert.Equal(code is not null, answer.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal));
        Assert.Equal(code is null, answer.Contains("\"data\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("query($i: In) { in(i: $i) }", "{\"i\": {", "\"no\": \"0123456789\"", "}}")]
    [InlineData("query($i: [In!]) { all(i: $i) }", "{\"i\": [", "{}", "]}")]
    public async Task Thousands_of_faults_in_variables_cost_no_more_than_those_that_are_told(
        string query, string before, string one, string after)
    {
        const int Faults = 20_000;
        static ValueTask<int?> Count(FieldCall call) => ValueTask.FromResult<int?>(1);
        var engine = GraphQLEngine.Build(
            "input In { of: [Int!]! } type Query { in(i: In): Int all(i: [In!]): Int }",
            new ResolverMap().Root<int?>("Query", "in", Count).Root<int?>("Query", "all", Count),
            new GraphQLOptions { Limits = new GraphQLLimits { MaxErrors = 3 } });
        var json = before + string.Join(",", Enumerable.Repeat(one, Faults)) + after;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var answer = await engine.Answer(query, json);
        Assert.InRange(answer.Length, 100, 20_000);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocated, 0, 40 << 20);
        Assert.Equal(3, answer.Split("VARIABLES").Length - 1);
    }

    [Fact]
    public async Task Too_many_spreads_are_refused() =>
        await Refused("LIMIT_FRAGMENTS",
            Document(1_001, _ => "...f ") + " fragment f on Query { hello }", new GraphQLLimits());

    [Fact]
    public async Task A_chain_of_ten_thousand_fragments_ends_in_an_error()
    {
        var text = new StringBuilder("{ clients { ...f0 } } ");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append($"fragment f{i} on Client {{ ...f{i + 1} }} ");
        }
        text.Append("fragment f10000 on Client { id }");
        var limits = new GraphQLLimits { MaxTokens = int.MaxValue, MaxDocumentLength = int.MaxValue };
        var answer = await Sample.Engine(options: new GraphQLOptions { Limits = limits }).Answer(text.ToString());
        Assert.Contains("\"code\":\"LIMIT_", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspection_is_bounded()
    {
        const string Deep = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        await Refused("LIMIT_INTROSPECTION", Deep, new GraphQLLimits());
    }

    [Theory]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("{ hello ...f } fragment f on Query { __type(name: \"A\") { name } }")]
    [InlineData("mutation { query { __schema { queryType { name } } } }")]
    public async Task A_document_that_one_caller_may_ask_is_still_refused_to_another(string introspection)
    {
        var engine = Sample.Engine();
        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("\"data\"", await engine.Answer(introspection), StringComparison.Ordinal);
            var refused = await engine.Answer(introspection, context: Sample.NoIntrospection);
            Assert.Contains("\"code\":\"FORBIDDEN\"", refused, StringComparison.Ordinal);
            Assert.DoesNotContain("\"data\"", refused, StringComparison.Ordinal);
        }
        Assert.Contains("world", await engine.Answer(
            "{ hello __typename }", context: Sample.NoIntrospection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_in_one_answer_are_capped()
    {
        var engine = Sample.Engine(options: new GraphQLOptions { Limits = new GraphQLLimits { MaxErrors = 2 } });
        var answer = await engine.Answer("{ a: fault { id } b: fault { id } c: fault { id } }");
        Assert.Equal(2, answer.Split("NOT_YOURS").Length - 1);
    }

    [Fact]
    public async Task No_more_resolvers_run_at_once_than_allowed()
    {
        var running = 0;
        var most = 0;
        var gates = new TaskCompletionSource();
        var engine = GraphQLEngine.Build("type Query { a: Int }",
            new Resolvers.ResolverMap().Root<int?>("Query",
            "a", async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (running == 3)
            {
                gates.TrySetResult();
            }
            await gates.Task;
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return 1;
        }), new GraphQLOptions { Limits = new GraphQLLimits { MaxConcurrentResolvers = 3 } });
        await engine.Answer("{ a b: a c: a d: a e: a f: a g: a }");
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Plans_are_kept_up_to_their_number()
    {
        var cache = new DocumentCache(3);
        for (var i = 0; i < 10; i++)
        {
            cache.Add(new PreparedDocument($"{i}", []));
            Assert.NotNull(cache.Find("0"));
        }
        Assert.Equal(3, cache.Count);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("", "The request is not valid JSON.")]
    [InlineData("[]", "The request is not a JSON object.")]
    [InlineData("{", "The request is not valid JSON.")]
    [InlineData("{}", "The request has no \"query\".")]
    [InlineData("""{"query":1}""", "\"query\" is not a string.")]
    [InlineData("""{"query":"{a}","operationName":{}}""", "\"operationName\" is not a string.")]
    [InlineData("""{"query":"{a}","variables":[]}""", "\"variables\" is not an object.")]
    [InlineData("""{"query":"{a}","extensions":1}""", "\"extensions\" is not an object.")]
    [InlineData("""{"query":"{a}"} x""", "The request is not valid JSON.")]
    public void A_body_that_is_no_request_is_refused_with_a_sentence(string body, string message) =>
        Assert.Equal(message,
            Assert.Throws<GraphQLRequestFault>(() => GraphQLRequest.Parse(Encoding.UTF8.GetBytes(body))).Message);

    [Fact]
    public void A_body_is_read_whatever_else_it_holds()
    {
        const string Body = """
            {"x":{"y":[1]},"variables":{"a":{"b":1}},"operationName":null,"query":"{ a }","extensions":{"z":1}}
            """;
        var request = GraphQLRequest.Parse(Encoding.UTF8.GetBytes(Body));
        Assert.Equal(("{ a }", null, 1), (request.Query, request.OperationName,
            request.Variables!.Value.GetProperty("a").GetProperty("b").GetInt32()));
    }

    private static async Task Refused(string code, string query, GraphQLLimits limits)
    {
        var answer = await Sample.Engine(options: new GraphQLOptions { Limits = limits }).Answer(query);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
    }

    private static string Document(int count, Func<int, string> field) =>
        $"{{{string.Concat(Enumerable.Range(0, count).Select(field))}}}";
}
