using System.Globalization;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.EndToEnd.Tests.Imports.ImportFiles;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary><c>osst import --url</c>: servers with limits of their own, and what stands before them.</summary>
public sealed class RemoteImportTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("{\"graphql\": {\"maxImportLines\": 100}}")]
    [InlineData("{\"graphql\": {\"maxImportLines\": 1}}")]
    [InlineData("{\"http\": {\"maxBodyBytes\": 8000}}")]
    [Trait("case", "14")]
    public async Task Batches_become_as_small_as_the_server_takes_them(string settings)
    {
        var file = Path.Combine(_folder.Path, "settings.json");
        await File.WriteAllTextAsync(file, settings);
        await using var server = await RunningServer.Start(_folder, "--quiet", "--settings", file);
        var ended = await Send(server, server.Address.ToString(), 600);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("600 accepted, 0 known already, 0 refused", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/osst")]
    [InlineData("/osst/")]
    [InlineData("/osst/graphql")]
    [InlineData("/osst?a=b")]
    [Trait("case", "13")]
    public async Task A_server_may_be_under_a_path_and_a_proxy_may_take_less_than_the_server(string path)
    {
        await using var server = await RunningServer.Start(_folder, "--quiet");
        await using var proxy = await PathProxy.Start(server.Address, "/osst", mostBytes: 20_000);
        var ended = await Send(server, proxy.Address + path, 300);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("300 accepted", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("case", "13")]
    public async Task A_page_that_is_no_answer_is_told_at_once()
    {
        await using var server = await RunningServer.Start(_folder, "--quiet");
        await using var proxy = await PathProxy.Start(server.Address, "/osst", mostBytes: 20_000);
        var ended = await Send(server, proxy.Address + "/elsewhere", 1);
        RefusalTests.AssertOneSentence(ended, "HTTP 404 and no GraphQL");
        Assert.Equal(1, proxy.Requests);
    }

    [Theory]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("http://osst.example/graphql")]
    public async Task No_token_and_no_identity_code_travels_in_clear_to_another_machine(string server) =>
        RefusalTests.AssertOneSentence(
            await Run(_folder, "clients", Clients(_folder, 1, "1.csv"), "--url", server, "--token", "t"),
            "another machine is an https address");

    private Task<Ended> Send(RunningServer server, string url, int clients) => Run(
        _folder, "clients", Clients(_folder, clients, $"{clients.ToString(CultureInfo.InvariantCulture)}.csv"),
        "--url", url, "--token", server.Token(Role.Integration));
}
