using System.Net.Http.Headers;
using System.Text;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

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
        await RevokedFile.AddToken(server.Data, IdOf(token));
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
        await RevokedFile.AddSubject(server.Data, "conformance", TimeProvider.System.GetUtcNow());
        await RevokedFile.AddSubject(server.Data, "somebody else", TimeProvider.System.GetUtcNow().AddMinutes(-1));
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
        await RevokedFile.AddToken(server.Data, IdOf(token));
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
        await RevokedFile.AddToken(server.Data, IdOf(token));
        _time.Advance(s_check);
        var rest = await text.ReadToEndAsync(server.Patience);
        Assert.Contains("UNAUTHENTICATED", rest, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata: \n\n", rest, StringComparison.Ordinal);
        Assert.Equal(0, server.Silo.Signals.Watches);
    }

    [Theory]
    [InlineData("token 9f8b2c")]
    [InlineData("subject 2026-11-25T12:00:00.0000000Z Yrjö Työntekijä")]
    public async Task A_line_cut_off_at_any_byte_revokes_nothing_and_spoils_no_later_one(string last)
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, RevokedFile.FileName);
        var bytes = Encoding.UTF8.GetBytes(last);
        for (var kept = 0; kept <= bytes.Length; kept++)
        {
            File.Delete(path);
            File.Delete(Path.Combine(folder.Path, RevokedFile.CountName));
            File.Delete(Path.Combine(folder.Path, FolderList.FileName));
            await RevokedFile.AddToken(folder.Path, "a");
            await File.AppendAllBytesAsync(path, bytes[..kept]);
            Assert.True(Has(folder, "a"));
            Assert.False(RevokedFile.Read(folder.Path).Has(null, "Yrjö Työntekijä", default));
            await RevokedFile.AddToken(folder.Path, "c");
            await RevokedFile.AddSubject(folder.Path, "d", default);
            Assert.Equal(
                ["token a", "token c", "subject 0001-01-01T00:00:00.0000000Z d"],
                (await File.ReadAllLinesAsync(path)).Select(line => line[(line.IndexOf(' ') + 1)..]));
            Assert.True(Has(folder, "a") && Has(folder, "c"));
        }
    }

    [Fact]
    public async Task Bytes_that_a_lost_power_left_empty_at_the_end_are_cut_off_as_well()
    {
        using var folder = new Folder();
        await RevokedFile.AddToken(folder.Path, "a");
        var path = Path.Combine(folder.Path, RevokedFile.FileName);
        await File.AppendAllBytesAsync(path, new byte[4_096]);
        Assert.True(Has(folder, "a"));
        await RevokedFile.AddToken(folder.Path, "b");
        Assert.True(Has(folder, "a") && Has(folder, "b"));
        Assert.EndsWith(" token b\n", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_changed_or_cut_anywhere_is_refused()
    {
        using var folder = new Folder();
        await RevokedFile.AddToken(folder.Path, "a");
        await RevokedFile.AddSubject(folder.Path, "somebody", default);
        var path = Path.Combine(folder.Path, RevokedFile.FileName);
        var whole = await File.ReadAllBytesAsync(path);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(path, damaged);
            Assert.Throws<StoreRefusal>(() => RevokedFile.Read(folder.Path));
            await File.WriteAllBytesAsync(path, whole[..(bit / 8)]);
            Assert.Throws<StoreRefusal>(() => RevokedFile.Read(folder.Path));
        }
        await File.WriteAllBytesAsync(path, whole);
        Assert.True(Has(folder, "a"));
    }

    [Fact]
    public async Task A_list_of_an_older_program_is_read_and_goes_on()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, RevokedFile.FileName);
        await File.WriteAllTextAsync(path, "token a\n\ntoken b\n");
        await RevokedFile.AddToken(folder.Path, "c");
        Assert.All(["a", "b", "c"], id => Assert.True(Has(folder, id)));
        await File.AppendAllTextAsync(path, "token d\n");
        Assert.Throws<StoreRefusal>(() => RevokedFile.Read(folder.Path));
    }

    [Fact]
    public async Task Revocations_at_the_same_time_are_all_written()
    {
        using var folder = new Folder();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => RevokedFile.AddToken(folder.Path, $"t{number}"))));
        Assert.All(Enumerable.Range(0, 20), number => Assert.True(Has(folder, $"t{number}")));
    }

    [Fact]
    public async Task A_list_of_something_else_is_refused_at_the_start_and_changes_nothing_later()
    {
        using var folder = new Folder();
        await RevokedFile.AddToken(folder.Path, "a");
        await using var revocations = await Revocations.Follow(folder.Path, null, _time, s_check);
        var told = new List<string>();
        revocations.OnUnusable = told.Add;
        await File.AppendAllTextAsync(Path.Combine(folder.Path, RevokedFile.FileName), "nonsense here\n");
        _time.Advance(s_check);
        _time.Advance(s_check);
        Assert.Contains("Line 2", Assert.Single(told), StringComparison.Ordinal);
        var caller = new Caller(Role.Operator, "somebody", Reach.All);
        var token = new Verified(new Identity(caller, default) { TokenId = "a" }, new CallerUse());
        Assert.True(revocations.Has(token));
        Assert.Throws<StoreRefusal>(() => RevokedFile.Read(folder.Path));
    }

    private static bool Has(Folder folder, string id) => RevokedFile.Read(folder.Path).Has(id, "somebody", default);

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
