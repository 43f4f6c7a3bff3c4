using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// Grains that decide everything and store nothing, for a dry run. What they decided is in memory, about half a
/// kilobyte for each line; later lines see what earlier ones led to.
/// </summary>
public sealed class Rehearsal : IGrainEngine
{
    /// <summary>States in memory; the decided events are kept in any case.</summary>
    private const int MostHosts = 50_000;

    private readonly ConcurrentDictionary<GrainName, Rehearsing> _grains = new();
    private readonly HostServices _services;

    /// <param name="services">The real store: it is read and never written.</param>
    public Rehearsal(HostServices services) => _services = services with { Store = new RehearsalStore(services.Store) };

    public ValueTask<CommandReply> Execute(GrainName grain, CommandEnvelope envelope) =>
        InTurn(grain, host => host.Execute(envelope));

    public ValueTask<ReadReply> Read(GrainName grain, ReadEnvelope envelope) =>
        InTurn(grain, host => host.Read(envelope));

    private async ValueTask<TReply> InTurn<TReply>(GrainName grain, Func<IGrainHost, ValueTask<TReply>> call)
    {
        if (_grains.Count > MostHosts)
        {
            _grains.Clear();
        }
        var rehearsing = _grains.GetOrAdd(
            grain, static (id, services) => new Rehearsing(GrainKinds.NewHost(id, services)), _services);
        await rehearsing.Turn.WaitAsync();
        try
        {
            return await call(rehearsing.Host);
        }
        finally
        {
            rehearsing.Turn.Release();
        }
    }

    private sealed record Rehearsing(IGrainHost Host)
    {
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
