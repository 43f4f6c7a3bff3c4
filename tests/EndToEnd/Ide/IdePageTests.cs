using System.Net;

namespace OsstOrleans.EndToEnd.Tests.Ide;

/// <summary>What the address of the IDE answers, seen over HTTP.</summary>
public sealed class IdePageTests : IDisposable
{
    private const string Page = "/graphql/ide";

    private readonly TestFolder _folder = new();
    private readonly string _ide;

    public IdePageTests()
    {
        _ide = Path.Combine(_folder.Path, "ide", "build");
        Directory.CreateDirectory(_ide);
    }

    [Fact]
    public async Task Where_nothing_is_bundled_one_sentence_says_what_to_install()
    {
        await using var server = await RunningServer.Start(_folder, "--ide", _ide);
        var (status, text, _) = await Get(server, Page);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("install Node.js 20 or newer with npm, then run ./osst ide", text);
        Assert.DoesNotContain(Page, server.Process.Output);
    }

    [Fact]
    public async Task While_it_is_bundled_the_page_looks_again_and_then_it_is_there()
    {
        var mark = Path.Combine(_ide, "..", ".bundling");
        await File.WriteAllTextAsync(mark, "1");
        await using var server = await RunningServer.Start(_folder, "--ide", _ide);
        Assert.Contains("http-equiv=\"refresh\"", (await Get(server, Page)).Text);
        await server.Process.Line("Open it in a browser: the dashboard lets you choose a role. The IDE is at");
        await File.WriteAllTextAsync(Path.Combine(_ide, "index.html"), "the editor");
        File.Delete(mark);
        var (status, text, policy) = await Get(server, Page);
        Assert.Equal((HttpStatusCode.OK, "the editor"), (status, text));
        Assert.Contains("default-src 'none'; script-src 'self';", policy);
        Assert.DoesNotContain("http", policy);
    }

    [Fact]
    public async Task Nothing_but_the_bundled_files_is_given_out()
    {
        await File.WriteAllTextAsync(Path.Combine(_ide, "..", "secret.js"), "secret");
        await File.WriteAllTextAsync(Path.Combine(_ide, "made-of"), "secret");
        await File.WriteAllTextAsync(Path.Combine(_ide, "ide.js"), "script");
        await using var server = await RunningServer.Start(_folder, "--ide", _ide);
        Assert.Equal("script", (await Get(server, $"{Page}/ide.js")).Text);
        foreach (var path in (string[])["made-of", "..%2Fsecret.js", "%2e%2e/secret.js", "%2Fetc%2Fpasswd", "no.js"])
        {
            var (status, text, _) = await Get(server, $"{Page}/{path}");
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.DoesNotContain("secret", text);
        }
    }

    [Fact]
    public async Task Production_has_no_IDE()
    {
        await File.WriteAllTextAsync(Path.Combine(_ide, "index.html"), "the editor");
        var documents = Path.Combine(_folder.Path, "documents.json");
        await File.WriteAllTextAsync(documents, """{"me":"{ me { role } }"}""");
        using var provider = new ProviderFiles(_folder.Path);
        await using var server = await RunningServer.Start(
            _folder, "--ide", _ide, "--production", "--documents", documents, "--settings", provider.Settings);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(server, Page)).Status);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(HttpStatusCode Status, string Text, string Policy)> Get(
        RunningServer server, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Address, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(),
            answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : "");
    }
}
