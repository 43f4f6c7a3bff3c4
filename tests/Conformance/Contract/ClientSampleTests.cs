using System.Text.RegularExpressions;

namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>The clients of <c>docs/clients</c> are compiled and do what their pages say.</summary>
public sealed partial class ClientSampleTests(DemoServer demo) : IClassFixture<DemoServer>
{
    [NodeFact]
    public async Task The_TypeScript_client_is_typed_by_the_contract_and_works()
    {
        await Node.Sample.Npm("build");
        var said = Lines(await Node.Sample.Run(Who(demo.Server.Address), "build/main.js"));
        var clients = Count(said[0]);
        Assert.Equal(
        [
            $"320 has {clients} clients.",
            "Registered as version 1; sent twice, recorded once.",
            "Rejected: OUT_OF_RANGE in birthYear.",
            "Refused: FORBIDDEN.",
            $"320 has {clients + 1} clients now.",
        ], said);
    }

    [Fact]
    public async Task The_CSharp_client_sends_a_command_again_until_an_answer_comes()
    {
        await using var network = await LossyProxy.Before(demo.Server.Address);
        var program = Path.Combine(AppContext.BaseDirectory, "OsstOrleans.ClientSample.dll");
        var said = Lines(await Tool.Run("dotnet", [program], AppContext.BaseDirectory, Who(network.Address)));
        var clients = Count(said[0]);
        Assert.Equal(
        [
            $"320 has {clients} clients.",
            "No answer came; the same command goes again.",
            "Registered as version 1.",
            "Sent again, recorded once.",
            "Rejected: OUT_OF_RANGE in birthYear.",
            "Refused: FORBIDDEN.",
            $"320 has {clients + 1} clients now.",
        ], said);
        Assert.Equal(1, network.Lost);
    }

    private Dictionary<string, string> Who(string address) => new()
    {
        ["OSST_URL"] = address,
        ["OSST_TOKEN"] = demo.Server.Environment(Role.SocialWorker)["WORKER"],
        ["OSST_MUNICIPALITY"] = "320",
    };

    private static string[] Lines(string printed) =>
        printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Count(string line) => int.Parse(FirstCount().Match(line).Groups[1].Value);

    [GeneratedRegex("has ([0-9]+) clients")]
    private static partial Regex FirstCount();
}

/// <summary>The program with a few synthetic clients.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    public RunningServer Server { get; } = new();

    public Task InitializeAsync() => Server.Start("--demo", "40");

    public Task DisposeAsync() => Server.DisposeAsync();
}
