using System.Net.Http.Headers;
using System.Text;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Disclosure;

namespace OsstOrleans.Conformance.Tests;

/// <summary>What one request and one caller may take, over real HTTP.</summary>
public sealed class LimitTests
{
    private const string Me = "{ me { role } }";
    private const string Figures = "subscription { caseloadMetrics { clients } }";
    private const string Introspection = "{ __schema { queryType { name } } }";

    [Fact]
    public async Task A_batch_is_answered_entry_by_entry_in_its_order()
    {
        await using var server = await InProcessServer.Start();
        var (status, answers) = await InProcessServer.Read(server.Post(new object[]
        {
            new { query = Me },
            new { query = "{ nothing }" },
            new { },
            7,
            new { query = Figures },
            new { query = "query($n: Int!) { caseload(municipality: \"320\", first: $n) { totalCount } }" },
            new { query = "{ me { subject } }", extensions = new { } },
        }));
        Assert.Equal(200, status);
        Assert.Equal(
            [null, "VALIDATION", "BAD_REQUEST", "BAD_REQUEST", "OPERATION", "VARIABLES", null],
            answers.EnumerateArray().Select(InProcessServer.CodeOf));
        Assert.Equal("""{"data":{"me":{"role":"researcher"}}}""", answers[0].GetRawText());
        Assert.Equal("""{"data":{"me":{"subject":"conformance"}}}""", answers[6].GetRawText());
    }

    [Fact]
    public async Task Later_entries_of_a_batch_see_what_earlier_ones_did()
    {
        await using var server = await InProcessServer.Start();
        const string Start = "mutation { startProgramme(input: {programmeId: \"p1\", name: \"P\", "
            + "startsOn: \"2018-01-01\", endsOn: \"2019-01-01\", budgetCents: 1}) { accepted } }";
        var (_, answers) = await InProcessServer.Read(server.Post(
            new object[]
            {
                new { query = "{ programme(id: \"p1\") { name } }" }, new { query = Start },
                new { query = "{ programme(id: \"p1\") { name } }" },
            }, Role.Operator));
        Assert.Equal("""{"data":{"programme":null}}""", answers[0].GetRawText());
        Assert.Equal("""{"data":{"startProgramme":{"accepted":true}}}""", answers[1].GetRawText());
        Assert.Equal("""{"data":{"programme":{"name":"P"}}}""", answers[2].GetRawText());
    }

    [Theory]
    [InlineData(2, 1, "LIMIT_BATCH")]
    [InlineData(3, 2, "LIMIT_BATCH")]
    [InlineData(2, 2, null)]
    [InlineData(0, 2, "BAD_REQUEST")]
    public async Task A_batch_has_a_size(int size, int most, string? code)
    {
        await using var server = await Start(new HttpLimits { MaxBatch = most });
        var (status, answer) = await InProcessServer.Read(server.Post(Enumerable.Repeat(new { query = Me }, size)));
        Assert.Equal(code is null ? 200 : 400, status);
        Assert.Equal(code, code is null ? null : InProcessServer.CodeOf(answer));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[{\"query\":\"{ me { role } }\"}")]
    [InlineData("[{\"query\":\"{ me { role } }\"}] x")]
    [InlineData(" [1,] ")]
    public async Task A_broken_batch_is_refused_as_a_whole(string body)
    {
        await using var server = await InProcessServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token());
        var (status, answer) = await InProcessServer.Read(server.Http.SendAsync(request, server.Patience));
        Assert.Equal((400, "BAD_REQUEST"), (status, InProcessServer.CodeOf(answer)));
    }

    [Fact]
    public async Task A_body_past_the_limit_is_refused()
    {
        await using var server = await Start(new HttpLimits { MaxBodyBytes = 2_000 });
        Assert.Equal((200, null), await Outcome(server.Post(new { query = Me + new string(' ', 1_500) })));
        Assert.Equal((413, "LIMIT_BODY"), await Outcome(server.Post(new { query = Me + new string(' ', 2_500) })));
    }

    [Fact]
    public async Task A_caller_has_so_many_operations_under_way_and_queries_count()
    {
        await using var server = await Start(new HttpLimits { MaxOperationsPerCaller = 1 });
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var next = await server.Receive(socket);
        Assert.Equal((429, "LIMIT_OPERATIONS"), await Outcome(server.Post(new { query = Me })));
        Assert.Equal((200, null), await Outcome(server.Post(new { query = Me }, Role.Operator)));
        await server.Send(socket, """{"type":"complete","id":"1"}""");
        // The place is free when the subscription has ended.
        await Patience.Until(async () => await Outcome(server.Post(new { query = Me })) is not (429, _));
    }

    [Fact]
    public async Task A_caller_has_so_many_sockets()
    {
        await using var server = await Start(new HttpLimits { MaxSocketsPerCaller = 1 });
        using (var first = await server.Acknowledged())
        {
            using var second = await server.Socket();
            await server.Send(second, server.Init());
            Assert.Equal(1008, await server.CloseCode(second));
            using var others = await server.Acknowledged(server.Token(Role.Operator));
            first.Abort();
        }
        while (true)
        {
            using var again = await server.Socket();
            await server.Send(again, server.Init());
            using var said = await server.Receive(again);
            if (said is not null)
            {
                break; // The place is free when the server has seen the end, too.
            }
        }
    }

    [Fact]
    public async Task A_page_past_the_limit_is_refused()
    {
        var settings = new GatewaySettings { GraphQL = new ApiLimits { MaxPageSize = 60 } };
        await using var server = await InProcessServer.Start(new ServerOptions { Settings = settings });
        foreach (var (first, code) in new[] { (0, "BAD_INPUT"), (60, null), (61, "LIMIT_PAGE_SIZE") })
        {
            var query = $"{{ caseload(municipality: \"320\", first: {first}) {{ totalCount }} }}";
            Assert.Equal(code, (await Outcome(server.Post(new { query }, Role.SocialWorker))).Code);
        }
    }

    [Fact]
    public async Task Introspection_is_for_the_roles_that_may()
    {
        await using var everybody = await InProcessServer.Start();
        await using var few = await Start(new HttpLimits { IntrospectionRoles = [Role.Operator] });
        Assert.Equal((200, null), await Outcome(everybody.Post(new { query = Introspection })));
        Assert.Equal((200, null), await Outcome(few.Post(new { query = Introspection }, Role.Operator)));
        Assert.Equal((200, "FORBIDDEN"), await Outcome(few.Post(new { query = Introspection })));
        using var socket = await few.Acknowledged();
        await few.Send(socket, InProcessServer.Subscribe("1", Introspection));
        using var refused = await few.Receive(socket);
        Assert.Equal("error", refused!.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_operation_that_costs_too_much_is_refused_and_its_cost_is_told_on_demand()
    {
        await using var server = await InProcessServer.Start();
        const string Page = "query($n: Int!) { caseload(municipality: \"320\", first: $n) "
            + "{ nodes { client { history { version } } } } }";
        var (_, told) = await InProcessServer.Read(server.Post(
            new { query = Page, variables = new { n = 10 } }, Role.SocialWorker, "validate"));
        Assert.Equal(
            """{"extensions":{"operationCost":{"fieldCost":121,"typeCost":1022}}}""", told.GetRawText());
        var (_, beside) = await InProcessServer.Read(server.Post(
            new { query = Me }, Role.SocialWorker, "report"));
        var cost = beside.GetProperty("extensions").GetProperty("operationCost");
        Assert.Equal(2, cost.GetProperty("typeCost").GetInt32());
        Assert.Equal((200, "LIMIT_COST"), await Outcome(server.Post(
            new { query = Page, variables = new { n = 100_000 } }, Role.SocialWorker)));
    }

    private static Task<InProcessServer> Start(HttpLimits limits) =>
        InProcessServer.Start(new ServerOptions { Settings = new GatewaySettings { Http = limits } });

    private static async Task<(int Status, string? Code)> Outcome(Task<HttpResponseMessage> sent)
    {
        var (status, answer) = await InProcessServer.Read(sent);
        return (status, InProcessServer.CodeOf(answer));
    }
}
