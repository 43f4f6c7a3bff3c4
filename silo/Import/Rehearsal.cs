using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// Grains that decide everything and store nothing, for a dry run. What they decided is in memory, about half a
/// kilobyte for each line; later lines see what earlier ones led to.
/// </summary>
public sealed class Rehearsal : IGrainCalls
{
    /// <summary>States in memory; the decided events are kept in any case.</summary>
    private const int MostHosts = 50_000;

    private readonly ConcurrentDictionary<GrainName, Rehearsing> _grains = new();
    private readonly GrainServices _services;

    /// <param name="services">The real store: it is read and never written.</param>
    public Rehearsal(GrainServices services) =>
        _services = services with { Store = new RehearsalStore(services.Store) };

    public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope) =>
        InTurn(grain, host => host.Execute(command, envelope));

    public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class => InTurn(grain, host => ((IGrainHost<TState>)host).Read(request));

    private async ValueTask<TReply> InTurn<TReply>(GrainName grain, Func<IGrainHost, ValueTask<TReply>> call)
    {
        if (_grains.Count > MostHosts)
        {
            _grains.Clear();
        }
        var rehearsing = _grains.GetOrAdd(
            grain, static (id, services) => new Rehearsing(Begin(id, services)), _services);
        await rehearsing.Turn.WaitAsync();
        try
        {
            return await call(await rehearsing.Host);
        }
        finally
        {
            rehearsing.Turn.Release();
        }
    }

    private static async Task<IGrainHost> Begin(GrainName grain, GrainServices services) =>
        GrainKinds.NewHost(grain, services, new ReadSnapshot(await services.Store.ReadSnapshot(grain)));

    private sealed record Rehearsing(Task<IGrainHost> Host)
    {
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
