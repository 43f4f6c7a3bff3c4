using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>What Orleans logs of grains that fail. A grain's key may be a client's id, which must not reach logs.
/// </summary>
public sealed class OrleansLogTests : IAsyncLifetime
{
    private const string Key = "tunnistettava-asiakas-1";

    private readonly TempFolder _folder = new();
    private readonly KeptLines _console = new(isStructured: false);
    private readonly KeptLines _collector = new(isStructured: true);
    private readonly BrokenStorage _snapshots = new();
    private GatedStore _gate = null!;
    private Platform _silo = null!;
    private IHost _host = null!;

    public async Task InitializeAsync()
    {
        var address = new StoreAddress(_folder.Path);
        var services = await Stores.OpenWithKey(address, TimeProvider.System, alone: true);
        _gate = new GatedStore(services.Store);
        _silo = await Platform.Prepare(services with { Store = _gate }, address, ClusterPlace.Here);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _silo.AddTo(builder);
        // All that there is, and not only what an operator sees.
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Orleans", LogLevel.Debug)
            .AddProvider(_console).AddProvider(_collector);
        builder.Services.AddKeyedSingleton<IGrainStorage>(GrainSnapshot.Storage, _snapshots);
        _host = builder.Build();
        _silo.Attach(_host.Services);
        await _silo.Start(_host);
    }

    public async Task DisposeAsync()
    {
        await OrleansHosting.Stop(_host);
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whatever_fails_no_provider_gets_a_grains_key()
    {
        await AnActivationFails();
        await ASnapshotIsRefused();
        await AMessageIsRejected();
        await ACallComesTooLate();
        foreach (var lines in new[] { _console.Written, _collector.Written })
        {
            Assert.DoesNotContain(lines, line => line.Contains(Key, StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("client/*", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains(nameof(InconsistentStateException), StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains(nameof(BrokenStorage), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_entry_keeps_what_cannot_be_a_key()
    {
        var log = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Some");
        log.LogWarning("{Count} of {Grain} at {Silo}: {Text}", 7, GrainId.Create("client", Key), Here, Key);
        Assert.Contains($"7 of client/* at {Here}: [text] ", _console.Written);
        Assert.Contains(_collector.Written, line => line.Contains("Count=7, Grain=client/*", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_was_put_together_elsewhere_is_only_an_event()
    {
        var log = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Some");
        var text = string.Concat("The grain ", Key, " failed");
        log.Log(LogLevel.Warning, new EventId(7, "Seven"), text, null, static (words, _) => words);
        KeyValuePair<string, object?>[] template = [KeyValuePair.Create("{OriginalFormat}", (object?)text)];
        log.Log(LogLevel.Warning, new EventId(8), template, null, static (_, _) => Key);
        Assert.Contains("event 7 Seven ", _console.Written);
        Assert.Contains("event 8 ", _console.Written);
    }

    [Fact]
    public void An_entry_of_another_category_is_scrubbed_where_it_has_a_value_of_Orleans()
    {
        var log = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Other");
        log.LogWarning(new InvalidOperationException(Key), "{Grain} {Words}", GrainId.Create("client", Key), "words");
        log.LogWarning("{Words}", "words alone");
        Assert.Contains("client/* words System.InvalidOperationException", _console.Written.Select(l => l.TrimEnd()));
        Assert.Contains("words alone ", _console.Written);
    }

    /// <summary>A grain's name is the platform's own, and a reference to a grain is of whoever declares it.</summary>
    [Fact]
    public void An_entry_of_another_category_is_scrubbed_where_it_names_a_grain_in_any_form()
    {
        var log = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Other");
        var name = GrainName.Client(Key);
        log.LogWarning("{Grain} {Words}", name, "words");
        log.LogWarning("{Grains} {Words}", new[] { name }, "many");
        log.LogWarning("{Grains} {Words}", new Dictionary<GrainName, int> { [name] = 1 }, "counted");
        log.LogWarning("{Grain} {Words}", Client, "reference");
        var written = _console.Written.Concat(_collector.Written).ToArray();
        Assert.DoesNotContain(written, line => line.Contains(Key, StringComparison.Ordinal));
        Assert.Contains("client/* words ", written);
        Assert.All(["many", "counted", "reference"], words => Assert.Contains(
            written, line => line.Contains($"] {words}", StringComparison.Ordinal)));
    }

    private static SiloAddress Here { get; } = SiloAddress.FromParsableString("127.0.0.1:11111@1");

    private IClientGrain Client => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IClientGrain>(Key);

    private async Task AnActivationFails()
    {
        _snapshots.FailsReads = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await Send(Register));
        _snapshots.FailsReads = false;
    }

    private async Task ASnapshotIsRefused()
    {
        await Send(Register);
        for (var letter = 0; letter < 60; letter++)
        {
            await Send(Letter);
        }
        await _snapshots.Refused.Task.Patiently();
    }

    /// <summary>More commands than may wait for one grain.</summary>
    private async Task AMessageIsRejected()
    {
        _gate.Shut();
        var calls = Enumerable.Range(0, 1_500).Select(_ => Send(Letter).AsTask()).ToArray();
        await Assert.ThrowsAsync<LimitExceededException>(async () => await await Task.WhenAny(calls));
        _gate.OpenDoor();
        await Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private async Task ACallComesTooLate()
    {
        var client = Client;
        await _host.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(
            async () => await client.Read(ReadAs(Worker)).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private ValueTask<CommandReply> Send(IClientCommand command) => Client.Execute(command, Ask(command).Envelope);

    /// <summary>A storage whose faults name the grain.</summary>
    private sealed class BrokenStorage : IGrainStorage
    {
        public bool FailsReads { get; set; }

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => FailsReads
            ? throw new InvalidOperationException($"{grainId} cannot be read.")
            : Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Refused.TrySetResult();
            throw new InconsistentStateException($"{grainId} was written by another.", "1", "2");
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Task.CompletedTask;
    }
}
