using System.Buffers;
using System.Text;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Tests;

public sealed class ExecutionTests
{
    private readonly GraphQLEngine _engine = Sample.Engine();

    [Theory]
    [InlineData("{ hello }", """{"data":{"hello":"world"}}""")]
    [InlineData("{ a: hello b: hello __typename }", """{"data":{"a":"world","b":"world","__typename":"Query"}}""")]
    [InlineData("{ matrix }", """{"data":{"matrix":[[1,null],null,[]]}}""")]
    [InlineData("{ hello @skip(if: true) }", """{"data":{}}""")]
    [InlineData("{ client(id: \"nobody\") { id } }", """{"data":{"client":null}}""")]
    [InlineData("{ client(id: \"c2\") { name nick status born } }",
        """{"data":{"client":{"name":"Eino \"E\"","nick":"äö€😀\n","status":"NO_SHOW","born":null}}}""")]
    [InlineData("{ client(id: \"c1\") { born } }", """{"data":{"client":{"born":"1990-05-01"}}}""")]
    [InlineData("{ maybeClients { id } }", """{"data":{"maybeClients":[{"id":"c1"},null,{"id":"c2"}]}}""")]
    [InlineData("{ node(id: 297) { id __typename ... on Named { name } ... on Client { status } } }",
        """{"data":{"node":{"id":"297","__typename":"Municipality","name":"Kuopio"}}}""")]
    [InlineData(
        "{ search { __typename ... on Client { id } ... on Municipality { population } ... on Centre { title } } " +
        "}",
        """{"data":{"search":[{"__typename":"Client","id":"c1"},{"__typename":"Municipality","population":118000},""" +
            """{"__typename":"Centre","title":"Olohuone"},{"__typename":"Client","id":"c2"}]}}""")]
    [InlineData(
        "{ ...f } fragment f on Query { client(id: \"c1\") { id } client(id: \"c1\") { name ...g } } fragment g on " +
        "Client { id status }",
        """{"data":{"client":{"id":"c1","name":"Aino","status":"ACTIVE"}}}""")]
    public async Task A_query_answers_in_the_order_and_shape_it_asks(string query, string answer) =>
        Assert.Equal(answer, (await _engine.Answer(query)));

    [Theory]
    [InlineData("{ echo }", null, "none|absent|False")]
    [InlineData("{ echo(text: null, number: null) }", null, "null|null|False")]
    [InlineData("query($t: String, $n: Int) { echo(text: $t, number: $n) }", "{}", "none|absent|False")]
    [InlineData("query($t: String, $n: Int = 7) { echo(text: $t, number: $n) }", """{"t":null}""", "null|7|False")]
    [InlineData("query($n: Int) { echo(number: $n) }", """{"n":3.0}""", "none|3|False")]
    [InlineData("query($f: Boolean) { echo(flag: $f) }", "{}", "none|absent|False")]
    [InlineData("{ filter(where: { status: ACTIVE }) }", null, "{status:[ACTIVE],after:2018-01-01,limit:5}")]
    [InlineData("query($f: Filter) { filter(where: $f) }",
        """{"f":{"status":["NO_SHOW","ACTIVE"],"after":null,"nested":{"limit":1}}}""",
        "{status:[NO_SHOW,ACTIVE],after:,nested:{after:2018-01-01,limit:1},limit:5}")]
    [InlineData("query($s: Status!, $d: Date) { filter(where: { status: [$s], after: $d }) }", """{"s":"CLOSED"}""",
        "{status:[CLOSED],after:2018-01-01,limit:5}")]
    [InlineData("{ pick(by: { id: 5 }) }", null, "[id, 5]")]
    [InlineData("query($p: Pick!) { pick(by: $p) }", """{"p":{"name":"x"}}""", "[name, x]")]
    [InlineData("query($p: Pick!) { pick(by: $p) }", """{"p":{"id":1e3}}""", "[id, 1000]")]
    [InlineData("query($n: String!) { pick(by: { name: $n }) }", """{"n":"y"}""", "[name, y]")]
    [InlineData("query($d: Date) { on(date: $d) }", """{"d":"2018-12-31"}""", "2018-12-31")]
    public async Task Input_is_coerced_with_defaults_filled_in(string query, string? variables, string value)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await _engine.Answer(query, variables));
        Assert.Equal(value, answer.RootElement.GetProperty("data").EnumerateObject().Single().Value.GetString());
    }

    [Theory]
    [InlineData("query($n: Int) { echo(number: $n) }", """{"n":"3"}""",
        "Variable \"$n\" has invalid value: Int cannot represent non-integer value: \"3\"")]
    [InlineData("query($n: Int!) { echo(number: $n) }", "{}",
        "Variable \"$n\" has invalid value: Expected a value of non-null type \"Int!\" to be provided.")]
    [InlineData("query($n: Int!) { echo(number: $n) }", """{"n":null}""",
        "Variable \"$n\" has invalid value: Expected value of non-null type \"Int!\" not to be null.")]
    [InlineData("query($f: Filter) { filter(where: $f) }", """{"f":{"status":["ACTIVE","X"]}}""",
        "Variable \"$f\" has invalid value at \"value.status[1]\": Value \"X\" does not exist in \"Status\" enum.")]
    [InlineData("query($f: Filter) { filter(where: $f) }", """{"f":{"odd":1}}""",
        "Variable \"$f\" has invalid value: Expected value of type \"Filter\" not to include unknown field \"odd\", " +
            "found: { odd: 1 }.")]
    [InlineData("query($p: Pick!) { pick(by: $p) }", """{"p":{"id":"1","name":"x"}}""",
        "Variable \"$p\" has invalid value: Within OneOf Input Object type \"Pick\", exactly one field must be " +
            "specified, and the value for that field must be non-null.")]
    [InlineData("query($p: Pick!) { pick(by: $p) }", """{"p":{"id":null}}""",
        "Variable \"$p\" has invalid value at \"value.id\": Within OneOf Input Object type \"Pick\", exactly one " +
            "field must be specified, and the value for that field must be non-null.")]
    [InlineData("query($t: String) { echo(text: $t) }", """{"t":"\ud800"}""",
        "Variable \"$t\" has invalid value: The text is not valid Unicode.")]
    [InlineData("query($s: Boolean = true) { hello @skip(if: $s) }", """{"s":null}""",
        "Variable \"$s\" must not be null where it decides on @skip or @include.")]
    [InlineData("query($d: Date) { on(date: $d) }", """{"d":"31.12.2018"}""",
        "Variable \"$d\" has invalid value: Date cannot represent \"31.12.2018\": expected a date such as 2018-05-01.")]
    public async Task A_variable_that_does_not_fit_is_a_request_error(string query, string variables, string message)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await _engine.Answer(query, variables));
        var error = answer.RootElement.GetProperty("errors")[0];
        Assert.False(answer.RootElement.TryGetProperty("data", out _));
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal("VARIABLES", error.GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_bare_word_is_no_custom_scalar() => Assert.Contains(
        "Date cannot represent TODAY: expected a date such as 2018-05-01.", await _engine.Answer("{ on(date: TODAY) }"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true, true, "{}")]
    [InlineData(false, false, "{}")]
    [InlineData(false, true, """{"hello":"world"}""")]
    public async Task Skip_and_include_follow_their_variables(bool skip, bool include, string data) =>
        Assert.Equal($$"""{"data":{{data}}}""", await _engine.Answer(
            "query($s: Boolean!, $i: Boolean!) { hello @skip(if: $s) @include(if: $i) }",
            $$"""{"s":{{(skip ? "true" : "false")}},"i":{{(include ? "true" : "false")}}}"""));

    [Fact]
    public async Task Batch_resolvers_are_called_once_per_place()
    {
        var calls = new Calls();
        var answer = await Sample.Engine(calls).Answer(
            "{ clients(first: 3) { id friends { id municipality { name } friends { id } } municipality { id } } }");
        Assert.Equal(["friends x3", "municipality x3", "municipality x3", "friends x3"], Sorted(calls.Noted));
        Assert.Equal(
            """{"data":{"clients":[{"id":"c1","friends":[{"id":"c2","municipality":{"name":"Kuopio"}""" +
            ""","friends":[{"id":"c3"}]},{"id":"c3","municipality":{"name":"Kuopio"},"friends":[]}]""" +
            ""","municipality":{"id":"297"}},{"id":"c2","friends":[{"id":"c3","municipality":{"name":"Kuopio"}""" +
            ""","friends":[]}],"municipality":{"id":"297"}},{"id":"c3","friends":[],"municipality":{"id":"297"}}]}""" +
            """}""",
            answer);
    }

    [Fact]
    public async Task Batch_resolvers_below_unions_get_the_parents_of_their_type()
    {
        var calls = new Calls();
        var answer = await Sample.Engine(calls).Answer(
            "{ search { ... on Client { friends { id } } ... on Centre { municipality { name } } ... on " +
                "Municipality { name } } }");
        Assert.Equal(["friends x2"], calls.Noted);
        Assert.Equal(
            """{"data":{"search":[{"friends":[{"id":"c2"},{"id":"c3"}]},{"name":"Kuopio"},""" +
            """{"municipality":{"name":"Kuopio"}},{"friends":[{"id":"c3"}]}]}}""",
            answer);
    }

    [Fact]
    public async Task A_null_in_a_non_null_field_nulls_the_nearest_nullable_parent() =>
        Assert.Equal(
            """{"data":null,"errors":[{"message":"Cannot return null for non-nullable field """ +
            """Query.strict.","locations":[{"line":1,"column":9}],"path":["strict"]""" +
            ""","extensions":{"code":"NULL_VALUE"}}]}""",
            await _engine.Answer("{ hello strict }"));

    [Fact]
    public async Task One_element_of_a_batch_fails_alone_and_its_neighbours_stay_in_step() =>
        Assert.Equal(
            """{"data":{"maybeClients":[{"risky":"ok c1","friends":[{"id":"c2"},{"id":"c3"}]},null,null]}""" +
            ""","errors":[{"message":"Too risky.","locations":[{"line":1,"column":18}],"path":["maybeClients",""" +
            """2,"risky"],"extensions":{"code":"RISK"}}]}""",
            (await _engine.Answer("{ maybeClients { risky friends { id } } }")));

    [Fact]
    public async Task After_a_lost_object_later_objects_still_get_their_own_values()
    {
        // c2 is lost by its risky field before its friends are written; c3 must still get its own.
        var engine = GraphQLEngine.Build(Sample.Sdl, Sample.Resolvers(
            maybe: [Sample.Clients[0], Sample.Clients[1], Sample.Clients[2], Sample.Clients[0]]));
        Assert.StartsWith(
            """{"data":{"maybeClients":[{"risky":"ok c1","friends":[{"id":"c2"},{"id":"c3"}]},null,{"risky":"ok """ +
            """c3","friends":[]},{"risky":"ok c1","friends":[{"id":"c2"},{"id":"c3"}]}]}""",
            await engine.Answer("{ maybeClients { risky friends { id } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_keeps_its_code_and_extensions() =>
        Assert.Equal(
            """{"data":{"hello":"world","fault":null},"errors":[{"message":"Not your """ +
            """client.","locations":[{"line":2,"column":1}],"path":["fault"]""" +
            ""","extensions":{"code":"NOT_YOURS","field":"id","list":[1,2]}}]}""",
            await _engine.Answer("{ hello\nfault { id } }"));

    [Fact]
    public async Task An_unexpected_fault_is_masked_and_told_with_its_trace_id()
    {
        var told = new List<string>();
        var engine = Sample.Engine(options: new GraphQLOptions
        {
            OnUnexpectedFault = (fault, traceId) => told.Add($"{traceId}: {fault.Message}"),
        });
        Assert.Equal(
            """{"data":{"boom":null},"errors":[{"message":"Unexpected fault","locations":[{"line":1,"column":3}]""" +
            ""","path":["boom"],"extensions":{"code":"INTERNAL","traceId":"t1"}}]}""",
            await engine.Answer("{ boom { id } }"));
        Assert.Equal(["t1: secret"], told);
    }

    [Fact]
    public async Task A_plain_field_may_fail_too() =>
        Assert.Equal(
            """{"data":{"clients":[{"maybe":"yes"},{"maybe":null}]}""" +
            ""","errors":[{"message":"No.","locations":[{"line":1,"column":13}],"path":["clients",1,"maybe"]""" +
            ""","extensions":{"code":"NO"}}]}""",
            await _engine.Answer("{ clients { maybe } }"));

    [Fact]
    public async Task Mutations_run_one_after_the_other_and_end_with_a_lost_root()
    {
        var engine = Sample.Engine(new Calls());
        Assert.Equal("""{"data":{"a":1,"b":3,"query":{"hello":"world","clients":[{"friends":[{"id":"c2"}]}]},"c":6}}""",
            await engine.Answer(
                "mutation { a: add(amount: 1) b: add(amount: 2) query { hello clients(first: 1) { friends(first: 1) " +
                "{ id } } } c: add(amount: 3) }"));
        Assert.StartsWith("""{"data":null,"errors":[{"message":"No.",""",
            await engine.Answer("mutation { a: add(amount: 1) failing b: add(amount: 2) }"), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"add":7}}""", await engine.Answer("mutation { add(amount: 0) }"));
    }

    [Fact]
    public async Task A_cancelled_execution_answers_with_a_timeout()
    {
        using var cancelled = new CancellationTokenSource();
        var never = new TaskCompletionSource<string?>();
        var engine = GraphQLEngine.Build("type Query { slow: String quick: String }", new ResolverMap()
            .Root("Query", "slow", async _ =>
            {
                await cancelled.CancelAsync();
                return await never.Task;
            })
            .Root("Query", "quick", _ => new ValueTask<string?>("ok")));
        var answer = await engine.Answer(
            "{ quick slow }", context: new GraphQLRequestContext { Cancelled = cancelled.Token });
        Assert.Contains("\"code\":\"TIMEOUT\"", answer, StringComparison.Ordinal);
        Assert.StartsWith("""{"data":{"quick":"ok","slow":null}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_is_chosen_by_name()
    {
        const string Two = "query A { hello } query B { matrix }";
        Assert.Equal("""{"data":{"hello":"world"}}""", await _engine.Answer(Two, operationName: "A"));
        Assert.Contains("Must provide operation name", await _engine.Answer(Two), StringComparison.Ordinal);
        Assert.Contains("Unknown operation named", await _engine.Answer(Two, operationName: "C"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_answers_each_event_and_ends_with_the_streams_fault()
    {
        var answers = new List<string>();
        await foreach (var answer in _engine.SubscribeAsync(
            new GraphQLRequest("subscription { ticks(to: 3) { number client { friends { id } } } }"),
                new GraphQLRequestContext()))
        {
            answers.Add(Encoding.UTF8.GetString(answer.Json.Span));
        }
        Assert.Equal(4, answers.Count);
        Assert.Equal("""{"data":{"ticks":{"number":2,"client":{"friends":[{"id":"c2"},{"id":"c3"}]}}}}""", answers[1]);
        Assert.Contains("BROKEN", answers[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selects_tells_a_resolver_what_is_asked_below_it()
    {
        var asked = new List<bool>();
        const string Sdl = "type Query { a: A } type A { b: B } type B { c: Int d: Int }";
        var engine = GraphQLEngine.Build(Sdl, new ResolverMap()
            .Object<object>("A")
            .Root<object?>("Query", "a", call =>
            {
                asked.AddRange([call.Selects("b"), call.Selects("b.c"), call.Selects("b.d"), call.Selects("x")]);
                return new ValueTask<object?>((object?)null);
            })
            .Plain<object, object?>("A", "b", _ => null)
            .Plain<object, int?>("B", "c", _ => 1)
            .Plain<object, int?>("B", "d", _ => 1));
        await engine.Answer(
            "query($no: Boolean = false) { a { ...f } } fragment f on A { b { c d @include(if: $no) } }");
        Assert.Equal([true, true, false, false], asked);
    }

    [Fact]
    public void The_kind_of_an_operation_is_known_before_it_runs()
    {
        Assert.Equal(OperationKind.Mutation,
            _engine.KindOf(new GraphQLRequest("mutation { failing }")));
        Assert.Null(_engine.KindOf(new GraphQLRequest("mutation { nothing }")));
    }

    [Fact]
    public async Task The_result_tells_request_errors_from_field_errors()
    {
        var output = new ArrayBufferWriter<byte>();
        async Task<GraphQLResult> Run(string query) =>
            await _engine.ExecuteAsync(new GraphQLRequest(query), new GraphQLRequestContext(), output);
        Assert.Equal(GraphQLOutcome.Success, (await Run("{ hello }")).Outcome);
        Assert.Equal(new GraphQLResult(GraphQLOutcome.FieldErrors, OperationKind.Query,
            "NOT_YOURS"),
            await Run("{ fault { id } }"));
        Assert.Equal("SYNTAX", (await Run("{")).FirstErrorCode);
        Assert.Equal("VALIDATION", (await Run("{ x }")).FirstErrorCode);
    }

    private static List<string> Sorted(List<string> notes) =>
        [.. notes.Where(n => n.StartsWith("friends", StringComparison.Ordinal)).Take(1),
         .. notes.Where(n => n.StartsWith("muni", StringComparison.Ordinal)),
         .. notes.Where(n => n.StartsWith("friends", StringComparison.Ordinal)).Skip(1)];
}
