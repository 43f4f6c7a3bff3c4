using System.Net.Http.Headers;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Conformance.Tests;

/// <summary>A revoked token ends at the next look at the list: for requests, sockets and event streams.</summary>
public sealed class RevocationTests
{
    private const string Figures = "subscription { caseloadMetrics { clients } }";

    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(1);

    private readonly FakeTime _time = new();

    [Fact]
    public async Task A_revoked_token_is_refused_and_the_callers_other_tokens_are_not()
    {
        await using var server = await InProcessServer.Start(revocationTime: _time);
        var (token, other) = (server.Token(), server.Token());
        Assert.Equal(200, await Status(server, token));
        RevokedTokens.AddToken(server.Data, IdOf(token));
        Assert.Equal(200, await Status(server, token));
        _time.Advance(s_check);
        Assert.Equal(401, await Status(server, token));
        Assert.Equal(200, await Status(server, other));
    }

    [Fact]
    public async Task All_tokens_of_a_subject_made_so_far_end_and_later_ones_do_not()
    {
        await using var server = await InProcessServer.Start(revocationTime: _time);
        var (token, other) = (server.Token(), server.Token(subject: "somebody else"));
        Assert.Equal(200, await Status(server, token));
        RevokedTokens.AddSubject(server.Data, "conformance", TimeProvider.System.GetUtcNow());
        RevokedTokens.AddSubject(server.Data, "somebody else", TimeProvider.System.GetUtcNow().AddMinutes(-1));
        _time.Advance(s_check);
        Assert.Equal(401, await Status(server, token));
        Assert.Equal(200, await Status(server, other));
    }

    [Fact]
    public async Task The_socket_of_a_revoked_token_is_closed_with_4403()
    {
        await using var server = await InProcessServer.Start(revocationTime: _time);
        var token = server.Token();
        using var socket = await server.Acknowledged(token);
        using var other = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var first = await server.Receive(socket);
        RevokedTokens.AddToken(server.Data, IdOf(token));
        _time.Advance(s_check);
        Assert.Equal(4403, await server.CloseCode(socket));
        await server.Send(other, """{"type":"ping"}""");
        using var pong = await server.Receive(other);
        Assert.Equal("pong", pong!.RootElement.GetProperty("type").GetString());
        using var again = await server.Socket();
        await server.Send(again, server.Init(token));
        Assert.Equal(4403, await server.CloseCode(again));
    }

    [Fact]
    public async Task The_event_stream_of_a_revoked_token_says_so_and_completes()
    {
        await using var server = await InProcessServer.Start(revocationTime: _time);
        var token = server.Token();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{server.Address}?query={Uri.EscapeDataString(Figures)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await server.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, server.Patience);
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync(server.Patience));
        while ((await text.ReadLineAsync(server.Patience))!.StartsWith("data", StringComparison.Ordinal) is false)
        {
        }
        RevokedTokens.AddToken(server.Data, IdOf(token));
        _time.Advance(s_check);
        var rest = await text.ReadToEndAsync(server.Patience);
        Assert.Contains("UNAUTHENTICATED", rest, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata: \n\n", rest, StringComparison.Ordinal);
        Assert.Equal(0, server.Silo.Signals.Watches);
    }

    [Fact]
    public void A_line_that_a_crash_cut_off_revokes_nothing_and_spoils_nothing()
    {
        using var folder = new Folder();
        RevokedTokens.AddToken(folder.Path, "a");
        File.AppendAllText(Path.Combine(folder.Path, RevokedTokens.FileName), "token b");
        Assert.True(Has(folder, "a"));
        Assert.False(Has(folder, "b"));
        RevokedTokens.AddToken(folder.Path, "c");
        Assert.True(Has(folder, "a") && Has(folder, "c"));
    }

    [Fact]
    public void A_list_of_something_else_is_refused_at_the_start_and_changes_nothing_later()
    {
        using var folder = new Folder();
        RevokedTokens.AddToken(folder.Path, "a");
        using var revocations = Revocations.Follow(folder.Path, _time, s_check);
        var told = new List<string>();
        revocations.OnUnusable = told.Add;
        File.AppendAllText(Path.Combine(folder.Path, RevokedTokens.FileName), "nonsense here\n");
        _time.Advance(s_check);
        _time.Advance(s_check);
        Assert.Contains("Line 2", Assert.Single(told), StringComparison.Ordinal);
        var caller = new Caller(Role.Operator, "somebody", null, "");
        var token = new Verified(caller, default) { TokenId = "a", Use = new CallerUse() };
        Assert.True(revocations.Has(token));
        Assert.Throws<StoreRefusal>(() => RevokedTokens.Read(folder.Path));
    }

    private static bool Has(Folder folder, string id) => RevokedTokens.Read(folder.Path).Has(id, "somebody", default);

    private static string IdOf(string token) =>
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().ReadJsonWebToken(token).Id;

    private static async Task<int> Status(InProcessServer server, string token)
    {
        using var response = await server.PostAs(token, new { query = "{ me { role } }" });
        return (int)response.StatusCode;
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("osst-revoked-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
