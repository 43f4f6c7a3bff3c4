using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Conformance.Tests;

/// <summary>What HTTP allows a client to send beside what it means: none of it changes the answer.</summary>
public sealed class ForeignClientTests
{
    private const string Me = "{ me { role } }";
    private const string Answer = """{"data":{"me":{"role":"researcher"}}}""";
    private const string Page = "https://dashboard.example";

    [Theory]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Connection: upgrade\r\nUpgrade: TLS/1.2, h2c")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket2")]
    [InlineData("Upgrade: websocket")]
    [InlineData("Connection: keep-alive\r\nUpgrade: websocket")]
    [Trait("case", "26")]
    public async Task An_offered_protocol_that_is_not_wanted_is_ignored(string offer)
    {
        await using var server = await InProcessServer.Start();
        Assert.StartsWith("HTTP/1.1 200", await Raw(server, offer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: WebSocket", "426")]
    [InlineData("Connection: Upgrade, keep-alive\r\nUpgrade: h2c, websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws", "101")]
    public async Task WebSocket_is_taken_whatever_is_offered_beside_it(string offer, string status)
    {
        await using var server = await InProcessServer.Start();
        Assert.StartsWith($"HTTP/1.1 {status}", await Raw(server, offer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"", "")]
    [InlineData("Application/JSON;Charset=UTF-8", "")]
    [InlineData("application/json", "\ufeff")]
    [Trait("case", "27")]
    public async Task A_body_is_read_however_its_type_and_beginning_are_written(string type, string mark)
    {
        await using var server = await InProcessServer.Start();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{{mark}}{"query": "{{Me}}"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = content };
        var (status, answer) = await InProcessServer.Read(Send(server, request));
        Assert.Equal((200, Answer), (status, answer.GetRawText()));
    }

    [Fact]
    public async Task A_compressed_body_is_refused_as_what_it_is()
    {
        await using var server = await InProcessServer.Start();
        using var content = new StringContent($$"""{"query": "{{Me}}"}""", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = content };
        using var response = await Send(server, request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("identity", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task A_token_that_is_none_is_told_apart_from_a_missing_one_and_a_balancer_may_ask_by_head()
    {
        await using var server = await InProcessServer.Start();
        using var missing = await server.Http.GetAsync($"{server.Address}?query={{me{{role}}}}");
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Address}?query={{me{{role}}}}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer none");
        using var wrong = await server.Http.SendAsync(request);
        Assert.Equal("Bearer error=\"invalid_token\"", wrong.Headers.WwwAuthenticate.ToString());
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(server.Address, "/health/live"));
        using var alive = await server.Http.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData("application/json, text/plain, */*", 200, "application/json")]
    [InlineData("application/json;charset=utf-8", 200, "application/json")]
    [InlineData("application/graphql-response+json, application/json;q=0.9", 400, "application/graphql-response+json")]
    [Trait("case", "24")]
    public async Task A_request_that_cannot_run_has_the_status_of_the_type_that_was_asked_for(
        string accept, int status, string type)
    {
        await using var server = await InProcessServer.Start();
        using var content = new StringContent("""{"query": "{ nope }"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Send(server, request);
        Assert.Equal((status, type), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("operationName=P&variables={}", """{"persistedQuery":{"version":1,"sha256Hash":"HASH"}}""", 200)]
    [InlineData("", """{"persistedQuery":{"sha256Hash":"sha256:HASH","version":1},"client":{"name":"a"}}""", 200)]
    [InlineData("query={me{role}}", """{"persistedQuery":{"version":1,"sha256Hash":"HASH"}}""", 200)]
    [InlineData("query={me{role}}", "{}", 200)]
    [InlineData("query={me{role}}", "null", 200)]
    [InlineData("", """{"persistedQuery":{"version":1,"sha256Hash":"00"}}""", 400)]
    [InlineData("", """{"persistedQuery":7}""", 400)]
    [InlineData("query={me{role}}", "[]", 400)]
    [InlineData("query={me{role}}", "{", 400)]
    [InlineData("query={me{role}}", "{} x", 400)]
    [Trait("case", "22")]
    public async Task Apollos_hash_is_read_from_a_GET_as_from_a_POST(string others, string extensions, int status)
    {
        const string Document = "query P { me { role } }";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document)));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            {"format": "apollo-persisted-query-manifest", "version": 1, "operations":
              [{"id": "{{hash}}", "name": "P", "type": "query", "body": "{{Document}}"}]}
            """, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var server = await InProcessServer.Start(
            new ServerOptions { Documents = TrustedDocuments.Read(file) });
        File.Delete(file);
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"{server.Address}?{others}&extensions={Uri.EscapeDataString(extensions.Replace("HASH", hash))}");
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        var (got, answer) = await InProcessServer.Read(Send(server, request));
        Assert.Equal(status, got);
        Assert.Equal(status == 200, answer.GetRawText() == Answer);
    }

    [Fact]
    [Trait("case", "39")]
    public async Task A_question_for_methods_needs_no_token()
    {
        await using var server = await InProcessServer.Start();
        using var response = await Preflight(server, Page);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal(["GET", "POST", "OPTIONS"], response.Content.Headers.Allow);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData("https://other.example", false)]
    [InlineData("https://dashboard.example.org", false)]
    [InlineData("http://dashboard.example", false)]
    [InlineData("https://dashboard.example:8443", false)]
    [InlineData("null", false)]
    public async Task A_page_of_an_allowed_origin_may_ask_and_no_other(string origin, bool mayAsk)
    {
        var settings = new GatewaySettings { Http = new HttpLimits { AllowedOrigins = [Page] } };
        await using var server = await InProcessServer.Start(new ServerOptions { Settings = settings });
        using var preflight = await Preflight(server, origin);
        Assert.Equal(204, (int)preflight.StatusCode);
        Assert.Equal(mayAsk ? origin : null, AllowedOrigin(preflight));
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{server.Address}?query={Uri.EscapeDataString(Me)}");
        request.Headers.Add("Origin", origin);
        using var answer = await Send(server, request);
        Assert.Equal(mayAsk ? origin : null, AllowedOrigin(answer));
        using var nobody = new HttpRequestMessage(HttpMethod.Get, request.RequestUri);
        nobody.Headers.Add("Origin", origin);
        using var refused = await server.Http.SendAsync(nobody);
        Assert.Equal((401, mayAsk ? origin : null), ((int)refused.StatusCode, AllowedOrigin(refused)));
    }

    private static Task<HttpResponseMessage> Preflight(InProcessServer server, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, server.Address);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return server.Http.SendAsync(request);
    }

    private static string? AllowedOrigin(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;

    private static Task<HttpResponseMessage> Send(InProcessServer server, HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token());
        return server.Http.SendAsync(request, server.Patience);
    }

    /// <summary>The first line of the answer to a query by GET; HttpClient offers no such upgrades.</summary>
    private static async Task<string> Raw(InProcessServer server, string headers)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, server.Patience);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /graphql?query={Uri.EscapeDataString(Me)} HTTP/1.1\r\nHost: {server.Address.Authority}\r\n"
            + $"Authorization: Bearer {server.Token()}\r\n{headers}\r\n\r\n"), server.Patience);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(server.Patience) ?? "";
    }
}
