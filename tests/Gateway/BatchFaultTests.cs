using System.Buffers;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests.Cluster;
using Xunit;

namespace OsstOrleans.Gateway.Tests;

/// <summary>What nothing foresees, in the middle of many commands in one call.</summary>
public sealed class BatchFaultTests : IAsyncLifetime
{
    private const string Execute = """
        mutation { executeCommands(mode: EACH, commands: [
          { registerMunicipality: { municipality: "091", name: "Helsinki" } }
          { registerMunicipality: { municipality: "837", name: "Tampere" } }
        ]) { results { accepted position fault { code message } } } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("osst-batch-").FullName;
    private readonly List<string> _told = [];
    private GatedStore _gate = null!;
    private Platform _platform = null!;
    private IGraphQLEngine _engine = null!;

    public async Task InitializeAsync()
    {
        var address = new StoreAddress(_folder);
        var services = await Stores.OpenWithKey(address, TimeProvider.System, alone: true);
        _gate = new GatedStore(services.Store);
        _platform = await Platform.Open(
            await Platform.Prepare(services with { Store = _gate }, address, ClusterPlace.Here));
        _engine = PlatformSchema.Build(_platform, (_, trace) => _told.Add(trace));
    }

    public async Task DisposeAsync()
    {
        await _platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_fault_that_nothing_foresees_is_its_commands_own_and_hides_no_other()
    {
        _gate.NextFault = new InvalidOperationException("words of a person");
        var results = await Ask();
        var failed = Assert.Single(results, result => !result.GetProperty("accepted").GetBoolean());
        Assert.Equal(
            """{"code":"INTERNAL","message":"Unexpected fault"}""", failed.GetProperty("fault").GetRawText());
        var accepted = Assert.Single(results, result => result.GetProperty("accepted").GetBoolean());
        Assert.Equal(1, accepted.GetProperty("position").GetInt64());
        Assert.Equal(["t1"], _told);
        Assert.All(await Ask(), result => Assert.Equal(JsonValueKind.Null, result.GetProperty("fault").ValueKind));
    }

    private async Task<JsonElement[]> Ask()
    {
        var output = new ArrayBufferWriter<byte>();
        var caller = new Caller(Role.Operator, "o-1", Reach.All, null);
        await _engine.ExecuteAsync(
            new GraphQLRequest(Execute), new GraphQLRequestContext { User = caller, TraceId = "t1" }, output);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        return [.. json.RootElement.GetProperty("data").GetProperty("executeCommands").GetProperty("results")
            .EnumerateArray().Select(result => result.Clone())];
    }
}
