using System.Globalization;
using OsstOrleans.EndToEnd.Tests.Imports;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A process that may not have the memory for all grains that it is asked for.</summary>
public sealed class LimitedMemoryTests(ITestOutputHelper output)
{
    private const int People = 24_000;
    private const long HeapBytes = 160 << 20;

    [Fact]
    public async Task A_process_that_is_asked_for_more_grains_than_fit_lets_go_of_some_and_serves_all()
    {
        using var folder = new TestFolder();
        var limit = ("DOTNET_GCHeapHardLimit", HeapBytes.ToString("X", CultureInfo.InvariantCulture));
        await using var server = await RunningServer.Answering(
            OsstProcess.Start([limit], [.. RunningServer.Verb(folder.Data), "--demo", "0"]), folder.Data);
        var imported = await Osst.Run(
            "import", "clients", ImportFiles.Clients(folder, People), "--url", server.Address.ToString(),
            "--token", server.Token(Role.Integration), "--data", folder.Data);
        Assert.True(imported.ExitCode == 0, $"{imported.Output}{imported.Errors}{server.Process.Errors}");
        Assert.Contains(" 0 refused", imported.Output, StringComparison.Ordinal);
        var grains = await Activations(server);
        output.WriteLine($"{grains} of {People} clients and their identifiers are in memory");
        Assert.InRange(grains, 1, (2 * People) - 1);
        var data = await server.As(Role.Researcher).Query("{ caseloadMetrics(municipalities: [\"320\"]) { clients } }");
        Assert.True(data.At("caseloadMetrics", "clients").GetInt32() > 0);
    }

    private static async Task<int> Activations(RunningServer server)
    {
        var ops = await server.As(Role.Operator).Send(new HttpRequestMessage(HttpMethod.Get, "/ops.json"));
        return ops.Json.At("cluster", "silos")[0].GetProperty("activations").GetInt32();
    }
}
