using System.Diagnostics;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>
/// <c>./osst</c> looks once whether the package feed has the standard engines. The script runs in a copy of the
/// house with a <c>dotnet</c> that only notes how it was called.
/// </summary>
public sealed class FeedProbeTests : IDisposable
{
    private const string Noting = """
        #!/usr/bin/env bash
        case "$1" in
            --list-sdks) echo "10.0.400 [here]"; exit ;;
            restore) [ -n "$FEED_IS_SLOW" ] && exec sleep 600 ;;
        esac
        echo "$1" >>"$CALLS"
        [ "$1" != restore ] || exit "$RESTORED"
        """;

    private readonly TestFolder _folder = new();

    public FeedProbeTests()
    {
        foreach (var part in new[] { "grains", "silo", "graphql-gateway/bin/Release/net10.0", "deploy/data", "bin" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, part));
        }
        File.Copy(Script(), Path.Combine(_folder.Path, "osst"));
        File.WriteAllText(
            Path.Combine(_folder.Path, "Directory.Build.props"), "<OrleansVersion>10.4.2</OrleansVersion>");
        var dotnet = Path.Combine(_folder.Path, "bin", "dotnet");
        File.WriteAllText(dotnet, Noting);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Found => Path.Combine(_folder.Path, ".engines.props");

    [Fact]
    public async Task The_feed_is_asked_once_and_the_answer_told_once()
    {
        var first = await Osst("verify", restored: false);
        AssertTold("Grains: the package feed has no Orleans 10.4.2; the embedded engine hosts.", first);
        AssertTold("GraphQL: the package feed has no HotChocolate 16.*; the embedded engine answers.", first);
        Assert.Contains(">false</HasOrleans>", await File.ReadAllTextAsync(Found), StringComparison.Ordinal);
        Assert.Contains(">false</HasHotChocolate>", await File.ReadAllTextAsync(Found), StringComparison.Ordinal);
        var second = await Osst("verify", restored: false);
        Assert.DoesNotContain("package feed", second.Errors, StringComparison.Ordinal);
        Assert.Equal(2, Calls().Count(call => call == "restore"));
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
    }

    [Fact]
    public async Task What_the_feed_has_is_built_in()
    {
        var ended = await Osst("verify", restored: true);
        AssertTold("Grains: the package feed has Orleans 10.4.2; the embedded engine hosts unless told", ended);
        AssertTold("GraphQL: the package feed has HotChocolate 16.*; it answers unless told otherwise.", ended);
        Assert.Contains(">true</HasOrleans>", await File.ReadAllTextAsync(Found), StringComparison.Ordinal);
        Assert.Contains(">true</HasHotChocolate>", await File.ReadAllTextAsync(Found), StringComparison.Ordinal);
        Assert.Equal(["restore", "restore", "build"], Calls().Take(3));
    }

    [Fact]
    public async Task Another_version_is_looked_for_anew()
    {
        await Osst("verify", restored: false);
        var ended = await Osst(
            "verify", restored: true, ("HotChocolateVersion", "16.0.0"), ("OrleansVersion", "10.3.0"));
        AssertTold("has HotChocolate 16.0.0;", ended);
        AssertTold("has Orleans 10.3.0;", ended);
        Assert.Equal(4, Calls().Count(call => call == "restore"));
    }

    [Fact]
    public async Task Whoever_says_what_there_is_is_believed()
    {
        await Osst("verify", restored: false, ("HasHotChocolate", "false"), ("HasOrleans", "false"));
        Assert.DoesNotContain("restore", Calls());
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_hinders_nothing()
    {
        var ended = await Osst("verify", restored: false, ("FEED_IS_SLOW", "1"), ("OSST_PROBE_SECONDS", "1"));
        Assert.Equal(0, ended.ExitCode);
        AssertTold("has no HotChocolate", ended);
        Assert.EndsWith("osst.dll", Calls()[^1], StringComparison.Ordinal); // The program itself ran.
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Ended> Osst(
        string verb, bool restored, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_folder.Path, "osst"), verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{Path.Combine(_folder.Path, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["CALLS"] = CallsPath(),
                ["RESTORED"] = restored ? "0" : "1",
                ["FEED_IS_SLOW"] = "",
            },
        };
        foreach (var inherited in new[]
        {
            "HasOrleans", "OrleansVersion", "HasHotChocolate", "HotChocolateVersion", "RestoreAdditionalProjectSources",
        })
        {
            start.Environment.Remove(inherited);
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }

    private static void AssertTold(string found, Ended ended) =>
        Assert.Contains(found, ended.Errors, StringComparison.Ordinal);

    private string[] Calls() => File.Exists(CallsPath()) ? File.ReadAllLines(CallsPath()) : [];

    private string CallsPath() => Path.Combine(_folder.Path, "calls");

    private static string Script()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OsstOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        return Path.Combine(folder, "osst");
    }
}
