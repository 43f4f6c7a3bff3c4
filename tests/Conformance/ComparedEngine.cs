using System.Buffers;
using System.Text.Json;
using OsstOrleans.Gateway.CommandLine;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Conformance.Tests;

/// <summary>
/// An engine over a silo of its own, at a moment that stands still: two of them have seen the same when they were asked
/// the same.
/// </summary>
internal sealed class ComparedEngine : IAsyncDisposable
{
    private const string MasterKeyFile = "master.key";
    private static readonly TimeSpan s_patience = Patience.Limit;

    private readonly string _data;
    private readonly Platform _silo;
    private readonly IGraphQLEngine _engine;

    private ComparedEngine(string data, Platform silo, GraphQLEngineKind engine) =>
        (_data, _silo, _engine) = (data, silo, PlatformSchema.Build(silo, engine: engine));

    /// <summary>An engine over the data set and a small population, always the same.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="other">The one it is compared with: global ids are written with the master key.</param>
    public static async Task<ComparedEngine> Start(GraphQLEngineKind engine, ComparedEngine? other = null)
    {
        var data = Directory.CreateTempSubdirectory("osst-compared-").FullName;
        if (other is not null)
        {
            File.Copy(Path.Combine(other._data, MasterKeyFile), Path.Combine(data, MasterKeyFile));
        }
        var silo = await Platform.Open(new StoreAddress(data), new StandingTime());
        var compared = new ComparedEngine(data, silo, engine);
        await SimulateCommand.Population(
            compared._silo, clients: 40, seed: 7, from: null, to: null, quiet: true, CancellationToken.None);
        await compared.Settled(CancellationToken.None);
        return compared;
    }

    public string Sdl => _engine.Sdl;

    /// <summary>The answer's outcome and JSON; of a subscription, the first answer.</summary>
    public async Task<(GraphQLOutcome Outcome, string Json)> Ask(string operation, Caller caller)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var request = new GraphQLRequest(operation);
        var context = new GraphQLRequestContext { User = caller, TraceId = "t1", Cancelled = patience.Token };
        if (_engine.KindOf(request) != OperationKind.Subscription)
        {
            var output = new ArrayBufferWriter<byte>();
            var result = await _engine.ExecuteAsync(request, context, output);
            await Settled(patience.Token);
            return (result.Outcome, System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
        }
        await foreach (var happened in _engine.SubscribeAsync(request, context, patience.Token))
        {
            return (happened.Result.Outcome, System.Text.Encoding.UTF8.GetString(happened.Json.Span));
        }
        return (GraphQLOutcome.Success, "");
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private ValueTask Settled(CancellationToken patience) => _silo.WaitFor(_silo.Store.LastPosition, patience);

    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2021, 3, 1, 9, 0, 0, TimeSpan.Zero);
    }
}
