using System.Net;
using System.Net.Sockets;
using SQLitePCL;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What cannot be served is refused with one sentence and a non-zero exit, and stays as it was.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_port_in_use()
    {
        using var folder = await TestFolder.WithClients();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await AssertRefused(folder, $"Port {port} on 127.0.0.1 is in use", [.. RunningServer.Verb(folder.Data, port)]);
    }

    [Theory]
    [InlineData(0, "is damaged or not a database")]
    [InlineData(4096, "is damaged")]
    [InlineData(40_000, "is damaged")]
    public async Task A_damaged_database(int offset, string sentence)
    {
        using var folder = await TestFolder.WithClients();
        await using (var file = File.OpenWrite(folder.Database))
        {
            file.Position = offset;
            file.Write([.. Enumerable.Repeat((byte)0x5A, 3000)]);
        }
        await AssertRefused(folder, sentence);
    }

    [Fact]
    public async Task A_database_cut_short()
    {
        using var folder = await TestFolder.WithClients();
        await using (var file = File.OpenWrite(folder.Database))
        {
            file.SetLength(file.Length / 2);
        }
        await AssertRefused(folder, "is damaged");
    }

    [Fact]
    public async Task A_foreign_database()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Data);
        Execute(folder.Database, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('korvapuusti')");
        await AssertRefused(folder, "is a database of another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version()
    {
        using var folder = await TestFolder.WithClients();
        Execute(folder.Database, "PRAGMA user_version = 9999; UPDATE opens_from SET version = 9999");
        await AssertRefused(folder, "was written by a newer version");
    }

    [Theory]
    [InlineData("master.key", null, "is missing; without it no personal data can be read")]
    [InlineData("master.key", "short", "is not a master key")]
    [InlineData("token.key", "short", "is not a token key")]
    public async Task A_lost_or_broken_key(string name, string? content, string sentence)
    {
        using var folder = await TestFolder.WithClients();
        var key = Path.Combine(folder.Data, name);
        File.Delete(key);
        if (content is not null)
        {
            await File.WriteAllTextAsync(key, content);
        }
        await AssertRefused(folder, sentence);
    }

    [Fact]
    public async Task A_data_folder_that_another_process_serves()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.Start(folder, "--quiet");
        var second = await Osst.Run(RunningServer.Verb(folder.Data));
        AssertOneSentence(second, "is in use by another osst process");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.Data, "not a folder");
        AssertOneSentence(await Osst.Run(RunningServer.Verb(folder.Data)), "cannot be created or written");
        Assert.Equal("not a folder", await File.ReadAllTextAsync(folder.Data));
    }

    [Fact]
    public async Task Nothing_to_verify()
    {
        using var folder = new TestFolder();
        AssertOneSentence(await Osst.Run("verify", "--data", folder.Data), "There is no database in");
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("run", "--store", "postgres")]
    [InlineData("verify", "--store", "postgres")]
    [InlineData("migrate", "--to", "postgres")]
#if !HOTCHOCOLATE
    [InlineData("run", "--graphql", "hotchocolate")]
#endif
    [InlineData("run", "--postgres", "Host=127.0.0.1")]
    [InlineData("run", "--store", "postgres", "--postgres", "postgres://127.0.0.1/osst")]
    [InlineData("run", "--store", "postgres", "--postgres", "Host=127.0.0.1;Port=1;Database=osst")]
    [InlineData("run", "--listen", "everywhere")]
    [InlineData("silo")]
    [InlineData("gateway")]
    [InlineData("simulate", "--clients", "-5")]
    [InlineData("run", "--demo", "-5")]
    [InlineData("run", "--port", "70000")]
    [InlineData("run", "--port", "-1")]
    [InlineData("token", "--role", "social-worker")]
    public async Task An_option_that_cannot_be(params string[] arguments)
    {
        using var folder = new TestFolder();
        AssertOneSentence(await Osst.Run([.. arguments, "--data", folder.Data]), "");
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("--to", "2999-01-01")]
    [InlineData("--from", "2019-12-31")]
    public async Task A_simulation_of_days_that_cannot_be(string option, string day)
    {
        using var folder = new TestFolder();
        string[] period = option == "--from" ? [option, day, "--to", "2019-01-01"] : [option, day];
        AssertOneSentence(
            await Osst.Run(["simulate", "--clients", "1", .. period, "--data", folder.Data]), "--");
    }

    private static async Task AssertRefused(TestFolder folder, string sentence, params string[] arguments)
    {
        var before = folder.Content();
        var verb = arguments.Length > 0 ? arguments : [.. RunningServer.Verb(folder.Data)];
        AssertOneSentence(await Osst.Run(verb), sentence);
        folder.AssertUntouchedSince(before);
    }

    internal static void AssertOneSentence(Ended ended, string sentence)
    {
        Assert.True(ended.ExitCode is > 0 and < 128, $"exit {ended.ExitCode}: {ended.Output}{ended.Errors}");
        Assert.Contains(sentence, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.Trim().Split('\n'));
        Assert.EndsWith(".", ended.Errors.Trim(), StringComparison.Ordinal);
    }

    private static void Execute(string database, string sql)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(database, out var handle));
        using (handle)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(handle, sql));
        }
    }
}
