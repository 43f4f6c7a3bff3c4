using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Documents by id, on every transport; and in production no others.</summary>
public sealed class TrustedDocumentTests : IDisposable
{
    private const string Me = "query Me($no: Boolean = false) { me { role subject @skip(if: $no) } }";
    private const string Figures = "subscription { caseloadMetrics { clients } }";
    private const string Close = "mutation { startProgramme(input: {programmeId: \"p\", name: \"P\", "
        + "startsOn: \"2018-01-01\", endsOn: \"2019-01-01\", budgetCents: 1}) { accepted } }";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_document_is_asked_by_its_id_with_variables_of_ones_own()
    {
        await using var server = await Start(false, ("me", Me), ($"sha256:{HashOf(Figures)}", Figures));
        var (_, answer) = await InProcessServer.Read(server.Post(
            new { documentId = "me", variables = new { no = true } }));
        Assert.Equal("""{"data":{"me":{"role":"researcher"}}}""", answer.GetRawText());
        Assert.Equal((200, null), await Outcome(server.Post(new { query = "{ me { role } }" })));
        Assert.Equal((400, "DOCUMENT_NOT_FOUND"), await Outcome(server.Post(new { documentId = "you" })));
        Assert.Equal((400, "BAD_REQUEST"), await Outcome(server.Post(new { documentId = "me", query = Me })));
        Assert.Equal((400, "BAD_REQUEST"), await Outcome(server.Post(new { documentId = 7 })));
    }

    [Fact]
    public async Task A_hash_is_found_with_its_prefix_without_it_and_in_Apollos_place()
    {
        var hash = HashOf(Me);
        await using var server = await Start(false, (hash, Me));
        foreach (var request in new object[]
        {
            new { documentId = hash },
            new { documentId = $"sha256:{hash}" },
            new { extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } } },
            new { query = Me, extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } } },
        })
        {
            Assert.Equal((200, null), await Outcome(server.Post(request)));
        }
    }

    [Theory]
    [InlineData("clients")]
    [InlineData("benefit-months")]
    public async Task Production_takes_the_lines_that_this_program_sends(string kind)
    {
        await using var server = await Start(true, ("me", Me));
        var (status, answer) = await InProcessServer.Read(server.Post(
            new
            {
                documentId = $"osst/import/{kind}",
                variables = new { input = new { source = "kela", lines = Array.Empty<int>() } },
            }));
        Assert.Equal(200, status);
        Assert.NotEqual("DOCUMENT_NOT_TRUSTED", InProcessServer.CodeOf(answer));
        Assert.NotEqual("DOCUMENT_NOT_FOUND", InProcessServer.CodeOf(answer));
    }

    [Fact]
    public async Task Production_takes_no_other_document_on_any_transport()
    {
        await using var server = await Start(true, ("me", Me), ("figures", Figures), ("start", Close));
        Assert.Equal((200, null), await Outcome(server.Post(new { documentId = "me" })));
        Assert.Equal((400, "DOCUMENT_NOT_TRUSTED"), await Outcome(server.Post(new { query = Me })));
        Assert.Equal((200, null), await Outcome(Get(server, "documentId=me")));
        Assert.Equal((400, "DOCUMENT_NOT_TRUSTED"), await Outcome(Get(server, $"query={Uri.EscapeDataString(Me)}")));
        Assert.Equal((405, "BAD_REQUEST"), await Outcome(Get(server, "documentId=start")));
        var (_, batch) = await InProcessServer.Read(server.Post(
            new object[] { new { documentId = "me" }, new { query = Me }, new { documentId = "you" } }));
        Assert.Equal(
            [null, "DOCUMENT_NOT_TRUSTED", "DOCUMENT_NOT_FOUND"],
            batch.EnumerateArray().Select(InProcessServer.CodeOf));
        using var refused = await Get(server, $"query={Uri.EscapeDataString(Figures)}", "text/event-stream");
        Assert.Equal(400, (int)refused.StatusCode);
        using var stream = await Get(server, "documentId=figures", "text/event-stream");
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Production_takes_no_other_document_on_a_socket_and_the_socket_goes_on()
    {
        await using var server = await Start(true, ("figures", Figures));
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var refused = await server.Receive(socket);
        Assert.Equal(
            "DOCUMENT_NOT_TRUSTED",
            refused!.RootElement.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        await server.Send(socket, """{"type":"subscribe","id":"1","payload":{"documentId":"figures"}}""");
        using var next = await server.Receive(socket);
        Assert.Equal("next", next!.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Production_lets_operators_introspect_alone_and_only_by_a_trusted_document()
    {
        await using var server = await Start(true, ("schema", "{ __schema { queryType { name } } }"));
        Assert.Equal((200, null), await Outcome(server.Post(new { documentId = "schema" }, Role.Operator)));
        Assert.Equal((200, "FORBIDDEN"), await Outcome(server.Post(new { documentId = "schema" })));
    }

    [Fact]
    public async Task Apollos_manifest_is_read_too()
    {
        await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(new
        {
            format = "apollo-persisted-query-manifest",
            version = 1,
            operations = new[] { new { id = "me", body = Me, name = "Me", type = "query" } },
        }));
        await using var server = await InProcessServer.Start(
            new ServerOptions { Documents = TrustedDocuments.Read(_file) });
        Assert.Equal((200, null), await Outcome(server.Post(new { documentId = "me" })));
    }

    [Theory]
    [InlineData("{", "are no JSON")]
    [InlineData("[]", "are no JSON object")]
    [InlineData("{}", "has 0 documents")]
    [InlineData("{\"a\": 1}", "The document a of")]
    [InlineData("{\"a\": \"{x}\", \"a\": \"{x}\"}", "stands there twice")]
    [InlineData("{\"sha256:00\": \"{ me { role } }\"}", "The document sha256:00 of")]
    [InlineData("{\"operations\": [{\"id\": \"a\"}]}", "Operation 1 of")]
    public async Task A_faulty_manifest_is_refused(string manifest, string sentence)
    {
        await File.WriteAllTextAsync(_file, manifest);
        var refusal = Assert.Throws<StoreRefusal>(() => TrustedDocuments.Read(_file));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nothing }", "Cannot query field")]
    [InlineData("{ me {", "Syntax Error")]
    [InlineData("query A { me { role } } query B { me { role } }", "Must provide operation name")]
    public async Task A_document_that_cannot_run_is_refused_at_the_start(string text, string why)
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            async () => await Start(false, ("fine", Me), ("bad", text)));
        Assert.StartsWith("The trusted document bad cannot run: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Who may not introspect must not learn the schema's names from errors.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Only_outside_production_errors_say_what_may_have_been_meant(bool isProduction, bool suggests)
    {
        await using var server = await Start(isProduction, ("figures",
            "query($f: CaseloadFilter) { caseloadMetrics(filter: $f) { __typename } }"));
        var (_, answer) = await InProcessServer.Read(server.Post(
            new { documentId = "figures", variables = new { f = new { statu = "MET" } } }));
        Assert.Contains("unknown field", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(suggests, answer.GetRawText().Contains("Did you mean", StringComparison.Ordinal));
    }

    private async Task<InProcessServer> Start(bool isProduction, params (string Id, string Text)[] documents)
    {
        await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(documents.ToDictionary(d => d.Id, d => d.Text)));
        return await InProcessServer.Start(new ServerOptions
        {
            Documents = TrustedDocuments.Read(_file),
            IsProduction = isProduction,
        });
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<HttpResponseMessage> Get(
        InProcessServer server, string query, string accept = "application/graphql-response+json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Address}?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token());
        request.Headers.Accept.ParseAdd(accept);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, server.Patience);
    }

    private static async Task<(int Status, string? Code)> Outcome(Task<HttpResponseMessage> sent)
    {
        var (status, answer) = await InProcessServer.Read(sent);
        return (status, InProcessServer.CodeOf(answer));
    }
}
