using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Whatever is sent, the answer is a typed error in bounded time and memory, and the server goes on.</summary>
[Collection("demo")]
public sealed class BadRequestTests(DemoServer demo)
{
    private const long MostMemoryBytes = 1L << 30;

    private readonly RunningServer _server = demo.Server;

    private GraphQLClient Client => _server.As(Role.Coordinator);

    [Theory]
    [InlineData("", "BAD_REQUEST")]
    [InlineData("{", "BAD_REQUEST")]
    [InlineData("[]", "BAD_REQUEST")]
    [InlineData("null", "BAD_REQUEST")]
    [InlineData("{\"query\": 1}", "BAD_REQUEST")]
    [InlineData("{\"query\": \"{me{role}}\"} x", "BAD_REQUEST")]
    [InlineData("{\"query\": \"{me{role}}\", \"variables\": []}", "BAD_REQUEST")]
    [InlineData("{\"query\": \"\\ud800\"}", "BAD_REQUEST")]
    [InlineData("{\"query\": \"{ me { role \"}", "SYNTAX")]
    [InlineData("{\"query\": \"\"}", "SYNTAX")]
    [InlineData("{\"query\": \"{ me { password } }\"}", "VALIDATION")]
    [InlineData("{\"query\": \"{ caseload(municipality: 320) { totalCount } }\"}", "VALIDATION")]
    [InlineData("{\"query\": \"{ caseload { totalCount } }\"}", "VALIDATION")]
    [InlineData("{\"query\": \"query a { me { role } } query b { me { role } }\"}", "OPERATION")]
    [InlineData("{\"query\": \"query($n: Int!) { caseload(municipality: \\\"320\\\", first: $n) { totalCount } }\", "
        + "\"variables\": {\"n\": \"x\"}}", "VARIABLES")]
    [InlineData("{\"query\": \"query($d: Date) { municipalities(on: $d) { code } }\", "
        + "\"variables\": {\"d\": \"2018-02-30\"}}", "VARIABLES")]
    [InlineData("{\"query\": \"{ caseload(municipality: \\\"320\\\", first: 0) { totalCount } }\"}", "BAD_INPUT")]
    [InlineData("{\"query\": \"{ caseload(municipality: \\\"320\\\", after: \\\"nonsense\\\") { totalCount } }\"}",
        "BAD_INPUT")]
    [InlineData("{\"query\": \"{ caseloadMetrics(minPosition: 99999999) { clients } }\"}", "BAD_INPUT")]
    public async Task Unusable_requests_get_a_code(string body, string code)
    {
        var answer = await Client.SendBody(body);
        Assert.Equal(code, answer.Code);
        Assert.False(answer.HasData, answer.Text);
    }

    [Fact]
    public async Task An_unusable_request_leaves_its_connection_usable()
    {
        using var one = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        for (var i = 0; i < 100; i++)
        {
            using var request = Post("{");
            request.RequestUri = new Uri(_server.Address, "/graphql");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token(Role.Operator));
            using var bad = await one.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
            Assert.False(bad.Headers.ConnectionClose ?? false);
        }
    }

    [Fact]
    public async Task Oversize_requests_are_refused_in_bounded_time_and_memory()
    {
        var deep = new string('[', 100_000);
        var aliases = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a{i}:me{{role}}"));
        var spreads = string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"fragment f{i} on Query{{...f{i + 1} ...f{i + 1}}}"));
        (string Body, string Code)[] attacks =
        [
            (Query($"{{ client(id: {deep}"), "LIMIT_DEPTH"),
            (Query(string.Concat(Enumerable.Repeat("{a", 100_000))), "LIMIT_DEPTH"),
            ($$$"""{"query": "{me{role}}", "variables": {"a": {{{deep}}}""", "BAD_REQUEST"),
            (Query($"{{{aliases}}}"), "LIMIT_TOKENS"),
            (Query($"{{{aliases[..aliases.IndexOf("a300:", StringComparison.Ordinal)]}}}"), "LIMIT_ALIASES"),
            (Query($"{{...f0}} {spreads} fragment f30 on Query{{me{{role}}}}"), "LIMIT_SELECTIONS"),
            (Query($"{{me{{role}}}} #{new string(' ', 300_000)}"), "LIMIT_BYTES"),
        ];
        foreach (var (body, code) in attacks)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(code, (await Client.SendBody(body)).Code);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{code} took {watch.Elapsed}.");
        }
        using var process = Process.GetProcessById(_server.OwnProcess.Id);
        Assert.InRange(process.WorkingSet64, 1, MostMemoryBytes);
        await AssertStillWell();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_1_MiB_is_413(bool chunked)
    {
        var request = Post(Query($"{{me{{role}}}} #{new string(' ', 1 << 20)}"));
        request.Headers.TransferEncodingChunked = chunked;
        // A declared length is refused before the body is read: a client that asks first need not send it for nothing.
        request.Headers.ExpectContinue = !chunked;
        var answer = await Client.Send(request);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "LIMIT_BODY"), (answer.Status, answer.Code));
        await AssertStillWell();
    }

    [Fact]
    public async Task Methods_and_media_types_that_we_do_not_speak_have_their_own_status()
    {
        const string Mutation = "mutation{closeMatter(input:{clientId:\"x\",reason:OTHER}){accepted}}";
        await AssertStatus(HttpStatusCode.MethodNotAllowed, Get($"/graphql?query={Uri.EscapeDataString(Mutation)}"));
        await AssertStatus(HttpStatusCode.MethodNotAllowed, new HttpRequestMessage(HttpMethod.Put, "/graphql"));
        await AssertStatus(HttpStatusCode.MethodNotAllowed, new HttpRequestMessage(HttpMethod.Delete, "/graphql"));
        await AssertStatus(HttpStatusCode.BadRequest, Get("/graphql"));
        string[] others = ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"];
        foreach (var type in others)
        {
            await AssertStatus(HttpStatusCode.UnsupportedMediaType, Post(Query("{me{role}}"), type));
        }
        var picture = Post(Query("{me{role}}"));
        picture.Headers.Accept.ParseAdd("image/png");
        await AssertStatus(HttpStatusCode.NotAcceptable, picture);
        var status = Post(Query("{me{password}}"));
        status.Headers.Accept.ParseAdd("application/graphql-response+json");
        await AssertStatus(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_query_through_GET_is_answered()
    {
        const string Query = "query($m: String!) { municipality(code: $m) { name } }";
        const string Variables = """{"m":"320"}""";
        var answer = await Client.Send(Get(
            $"/graphql?query={Uri.EscapeDataString(Query)}&variables={Uri.EscapeDataString(Variables)}"));
        Assert.Equal("""{"data":{"municipality":{"name":"Kemijärvi"}}}""", answer.Text);
    }

    private static string Query(string document) =>
        $$"""{"query": {{System.Text.Json.JsonSerializer.Serialize(document)}}}""";

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post(string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
    }

    private async Task AssertStatus(HttpStatusCode status, HttpRequestMessage request)
    {
        var answer = await Client.Send(request);
        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Code);
    }

    private async Task AssertStillWell()
    {
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri(_server.Address, "health/ready")));
        var data = await Client.Query("{ me { role } }");
        Assert.Equal("coordinator", data.At("me", "role").GetString());
    }
}
