using System.Globalization;
using System.Net;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Limits from a file, trusted documents, production, and tokens that end: by the real program.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task A_settings_file_changes_what_it_names_and_nothing_else()
    {
        using var folder = new TestFolder();
        var file = Write(folder, """
            {"graphql": {"maxAliases": 1, "maxFieldCost": 400}, "http": {"executionTime": 2.5, "maxBodyBytes": 2000,
             "introspectionRoles": ["operator"]}, "streams": {}}
            """);
        await using var server = await RunningServer.Start(folder, "--quiet", "--settings", file);
        var researcher = server.As(Role.Researcher);
        Assert.Equal("LIMIT_ALIASES", (await researcher.Send("{ a: me { role } b: me { role } }")).Code);
        Assert.Equal("LIMIT_COST", (await researcher.Send("{ referralFunnel { withheld } }")).Code);
        Assert.Equal("FORBIDDEN", (await researcher.Send("{ __schema { description } }")).Code);
        Assert.Equal("LIMIT_BODY", (await researcher.Send("{ me { role } }" + new string(' ', 3_000))).Code);
        Assert.Null((await researcher.Send("{ a: me { role } }")).Code);
    }

    [Theory]
    [InlineData("{\"graphql\": {\"maxDepth\": 0}}", "graphql.maxDepth takes a whole number from 4 to 200, not 0.")]
    [InlineData("{\"graphql\": {\"maxDepth\": 4.5}}", "graphql.maxDepth takes a whole number from 4 to 200, not 4.5.")]
    [InlineData("{\"graphql\": {\"maxDepth\": \"9\"}}", "graphql.maxDepth takes a whole number from 4 to 200, not")]
    [InlineData("{\"http\": {\"executionTime\": 1e9}}", "http.executionTime takes a number of seconds from 0.1 to 600")]
    [InlineData("{\"http\": {\"maxbatch\": 1}}", "there is no setting http.maxbatch.")]
    [InlineData("{\"htpp\": {}}", "there is no section \"htpp\".")]
    [InlineData("{\"http\": 1}", "\"http\" is no JSON object.")]
    [InlineData("{\"http\": {\"maxBatch\": 1, \"maxBatch\": 2}}", "http.maxBatch stands there twice.")]
    [InlineData("{\"http\": {\"introspectionRoles\": [\"king\"]}}", "http.introspectionRoles takes a list of roles")]
    [InlineData("{\"http\": {\"allowedOrigins\": [\"*\"]}}", "http.allowedOrigins takes a list of origins")]
    [InlineData("{\"http\": {\"allowedOrigins\": [\"https://a.example/\"]}}", "http.allowedOrigins takes a list of")]
    [InlineData("{\"http\": {\"allowedOrigins\": [\"a.example\"]}}", "http.allowedOrigins takes a list of origins")]
    [InlineData("{\"http\": {\"allowedOrigins\": \"https://a.example\"}}", "http.allowedOrigins takes a list of")]
    [InlineData("{\"http\": {", "is no JSON: line 1.")]
    public async Task A_setting_that_cannot_be_is_refused(string settings, string sentence)
    {
        using var folder = new TestFolder();
        var ended = await Osst.Run([.. RunningServer.Verb(folder.Data), "--settings", Write(folder, settings)]);
        RefusalTests.AssertOneSentence(ended, sentence);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("--production")]
    [InlineData("--production", "--demo", "5", "--documents", "FILE")]
    [InlineData("--production", "--documents", "FILE")] // Names no provider whose tokens it could take.
    [InlineData("--settings", "nowhere.json")]
    [InlineData("--documents", "nowhere.json")]
    public async Task Options_that_cannot_be_together_or_name_no_file_are_refused(params string[] options)
    {
        using var folder = new TestFolder();
        var file = Write(folder, "{\"me\": \"{ me { role } }\"}");
        var ended = await Osst.Run(
            [.. RunningServer.Verb(folder.Data), .. options.Select(o => o == "FILE" ? file : o)]);
        RefusalTests.AssertOneSentence(ended, "");
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Production_serves_its_documents_and_prints_no_token()
    {
        using var folder = new TestFolder();
        var file = Write(folder, "{\"me\": \"{ me { role } }\"}");
        using var provider = new ProviderFiles(folder.Path);
        await using var server = await RunningServer.Start(
            folder, "--documents", file, "--production", "--settings", provider.Settings);
        Assert.Equal("UNAUTHENTICATED", (await server.As(Role.Researcher).SendBody("{\"documentId\": \"me\"}")).Code);
        var researcher = server.With(provider.Token("researcher"));
        var trusted = await researcher.SendBody("{\"documentId\": \"me\"}");
        Assert.Equal("""{"data":{"me":{"role":"researcher"}}}""", trusted.Text);
        Assert.Equal("DOCUMENT_NOT_TRUSTED", (await researcher.Send("{ me { role } }")).Code);
        Assert.DoesNotContain("eyJ", server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_ends_while_the_server_runs_and_stays_so_after_a_restart()
    {
        using var folder = new TestFolder();
        string token;
        await using (var server = await RunningServer.Start(folder, "--quiet"))
        {
            token = server.Token(Role.Researcher);
            Assert.Null((await server.With(token).Send("{ me { role } }")).Code);
            var revoked = await Osst.Run("token", "--revoke", token, "--data", folder.Data);
            Assert.Equal((0, ""), (revoked.ExitCode, revoked.Errors));
            await Patience.Until(async () =>
                (await server.With(token).Send("{ me { role } }")).Status == HttpStatusCode.Unauthorized);
            Assert.Null((await server.As(Role.Researcher).Send("{ me { role } }")).Code);
        }
        await using (var server = await RunningServer.Start(folder, "--quiet"))
        {
            Assert.Equal("UNAUTHENTICATED", (await server.With(token).Send("{ me { role } }")).Code);
        }
    }

    [Fact]
    public async Task A_revoked_subject_is_refused_and_others_are_not()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.Start(folder, "--quiet");
        var token = server.Token(Role.Operator);
        var other = (await Osst.Run("token", "--role", "operator", "--data", folder.Data)).Output.Trim();
        var revoked = await Osst.Run("token", "--revoke-subject", "tester", "--data", folder.Data);
        Assert.Equal(0, revoked.ExitCode);
        await Patience.Until(async () =>
            (await server.With(token).Send("{ me { role } }")).Code == "UNAUTHENTICATED");
        Assert.Null((await server.With(other).Send("{ me { role } }")).Code);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--role", "operator", "--revoke", "a")]
    [InlineData("token", "--revoke", "two words")]
    [InlineData("token", "--revoke-subject", "")]
    public async Task A_verb_that_says_too_little_or_too_much_is_refused(params string[] arguments)
    {
        using var folder = new TestFolder();
        RefusalTests.AssertOneSentence(await Osst.Run([.. arguments, "--data", folder.Data]), "");
        Assert.False(Directory.Exists(folder.Data));
    }

    private static string Write(TestFolder folder, string text)
    {
        var path = Path.Combine(folder.Path, $"{text.Length.ToString(CultureInfo.InvariantCulture)}.json");
        File.WriteAllText(path, text);
        return path;
    }
}
