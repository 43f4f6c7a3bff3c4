using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What a newcomer does first, and how a start ends.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_start_with_the_same_data_sends_nothing_again()
    {
        using var folder = new TestFolder();
        long loaded;
        await using (var first = await RunningServer.Start(folder, "--demo", "50"))
        {
            loaded = await first.Position();
            Assert.True(loaded > 500);
            Assert.Equal(0, (await first.Process.Stop()).ExitCode);
        }
        await using var second = await RunningServer.Start(folder, "--demo", "50");
        Assert.Equal(loaded, await second.Position());
    }

    [Fact]
    public async Task The_welcome_says_how_to_get_a_token_and_has_a_question_that_works_when_pasted()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.StartProcess(folder, "--demo", "20");
        await server.Process.Line("Ctrl-C stops it.");
        Assert.All(RoleNames.All, role => Assert.Contains(role, server.Process.Output, StringComparison.Ordinal));
        var lines = server.Process.Output.Split('\n').Where(l => !l.Contains(folder.Data, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        foreach (var page in new[] { "graphql/schema.graphql", "health/ready", "health/live", "health/startup" })
        {
            using var http = new HttpClient();
            Assert.NotEmpty(await http.GetStringAsync(new Uri(server.Address, page)));
        }
        var question = server.Process.Output[server.Process.Output.IndexOf("curl ", StringComparison.Ordinal)..]
            .Split("\n\n")[0].Replace("./osst", $"dotnet {OsstProcess.Program}", StringComparison.Ordinal);
        var pasted = await Paste(question);
        Assert.Equal(12, pasted.At("data", "caseloadMetrics", "municipalities").GetInt32());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_told_stop_drains_and_exits_0(string signal)
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.StartProcess(folder, "--quiet");
        var ended = await server.OwnProcess.Stop(signal);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Single(ended.Output.Trim().Split('\n'));
    }

    /// <summary>Three seconds: one more than a command line gives a verb that was told to stop, by itself.</summary>
    [Fact]
    public async Task A_request_under_way_is_answered_before_the_end()
    {
        const string Body = """{"query": "{ me { role } }"}""";
        using var folder = new TestFolder();
        await using var server = await RunningServer.Start(folder, "--quiet");
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"""
            POST /graphql HTTP/1.1
            Host: osst
            Content-Type: application/json
            Authorization: Bearer {server.Token(Role.Operator)}
            Content-Length: {Body.Length}
            Expect: 100-continue


            """.ReplaceLineEndings("\r\n")));
        // The server asks for the body: the request is under way.
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer);
        Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);

        var stopped = server.Process.Stop();
        await Patience.Until(async () => !await IsReady(server)); // It has begun to stop.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body));
        read = await stream.ReadAsync(buffer);
        var answer = Encoding.ASCII.GetString(buffer, 0, read);
        Assert.EndsWith("""{"data":{"me":{"role":"operator"}}}""", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await stopped).ExitCode);
    }

    [Fact]
    public async Task A_stop_while_loading_drains_and_the_next_start_goes_on()
    {
        using var folder = new TestFolder();
        await using (var process = OsstProcess.Start([.. RunningServer.Verb(folder.Data), "--demo", "1500"]))
        {
            await process.Line("Loading OSST 2018-2019 and 1500 synthetic clients: 10");
            var ended = await process.Stop();
            Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
            Assert.DoesNotContain("listens", ended.Output, StringComparison.Ordinal);
        }
        await using var server = await RunningServer.Start(folder, "--demo", "1500");
        await server.Process.Stop();
        await Osst.AssertVerifies("--data", folder.Data);
    }

    private static async Task<JsonElement> Paste(string line) =>
        JsonElement.Parse(await Tool.Run("bash", ["-c", line]));

    /// <summary>False also of one that takes no new connection any more.</summary>
    private static async Task<bool> IsReady(RunningServer server)
    {
        try
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri(server.Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
