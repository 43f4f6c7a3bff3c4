using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Embedded;

/// <summary>Bounds of the embedded engine.</summary>
/// <param name="MaxActivations">At this many, the longest unused grains are let go, a sixteenth at a time.</param>
/// <param name="MaxWaitingPerGrain">Calls that may queue for one grain.</param>
/// <param name="SweepEvery">How often idle grains are looked for.</param>
/// <param name="IdleSweeps">A grain unused for this many sweeps is let go.</param>
public sealed record EmbeddedLimits(
    int MaxActivations, int MaxWaitingPerGrain, TimeSpan SweepEvery, int IdleSweeps)
{
    public static EmbeddedLimits Default { get; } = new(200_000, 1_000, TimeSpan.FromSeconds(30), 10);
}

/// <summary>
/// The whole cluster in one process: an activation per grain in use, one turn at a time for each, thousands at once.
/// A call to a loaded, free grain runs on the caller's thread and allocates nothing of the engine's.
/// </summary>
public sealed class EmbeddedEngine : IGrainEngine, IDisposable
{
    private readonly ConcurrentDictionary<GrainName, Activation> _activations = new();
    private readonly HostServices _services;
    private readonly EmbeddedLimits _limits;
    private readonly ITimer _sweeper;
    private int _sweep;
    private int _count;
    private int _trimming;

    public EmbeddedEngine(HostServices services, EmbeddedLimits? limits = null)
    {
        _limits = limits ?? EmbeddedLimits.Default;
        _services = services;
        _sweeper = services.Time.CreateTimer(_ => Sweep(), null, _limits.SweepEvery, _limits.SweepEvery);
    }

    /// <summary>Grains in memory now.</summary>
    public int ActivationCount => Volatile.Read(ref _count);

    public ValueTask<CommandReply> Execute(GrainName grain, CommandEnvelope envelope) =>
        InTurn(grain, envelope, static (host, e) => host.Execute(e));

    public ValueTask<ReadReply> Read(GrainName grain, ReadEnvelope envelope) =>
        InTurn(grain, envelope, static (host, e) => host.Read(e));

    /// <summary>Lets go of grains unused for long.</summary>
    public void Sweep()
    {
        var now = Interlocked.Increment(ref _sweep);
        foreach (var (grain, activation) in _activations)
        {
            if (now - activation.LastSweep > _limits.IdleSweeps)
            {
                LetGo(grain, activation);
            }
        }
    }

    public void Dispose() => _sweeper.Dispose();

    private ValueTask<TReply> InTurn<TEnvelope, TReply>(
        GrainName grain, TEnvelope envelope, Func<IGrainHost, TEnvelope, ValueTask<TReply>> call)
    {
        var activation = Find(grain);
        activation.LastSweep = _sweep;
        if (!activation.Turns.TryTake())
        {
            return Wait(activation, grain, envelope, call);
        }
        ValueTask<TReply> reply;
        try
        {
            reply = call(activation.Host, envelope);
        }
        catch
        {
            activation.Turns.GiveBack();
            throw;
        }
        if (!reply.IsCompletedSuccessfully)
        {
            return Finish(reply, activation.Turns);
        }
        activation.Turns.GiveBack();
        return reply;
    }

    private async ValueTask<TReply> Wait<TEnvelope, TReply>(
        Activation activation, GrainName grain, TEnvelope envelope, Func<IGrainHost, TEnvelope, ValueTask<TReply>> call)
    {
        while (!await activation.Turns.Take())
        {
            Remove(grain, activation);
            activation = Find(grain);
            activation.LastSweep = _sweep;
        }
        try
        {
            return await call(activation.Host, envelope);
        }
        finally
        {
            activation.Turns.GiveBack();
        }
    }

    private static async ValueTask<TReply> Finish<TReply>(ValueTask<TReply> reply, Turns turns)
    {
        try
        {
            return await reply;
        }
        finally
        {
            turns.GiveBack();
        }
    }

    private Activation Find(GrainName grain)
    {
        if (_activations.TryGetValue(grain, out var known))
        {
            return known;
        }
        var fresh = new Activation(GrainKinds.NewHost(grain, _services), new Turns(_limits.MaxWaitingPerGrain))
        {
            LastSweep = _sweep,
        };
        var kept = _activations.GetOrAdd(grain, fresh);
        if (ReferenceEquals(kept, fresh) && Interlocked.Increment(ref _count) > _limits.MaxActivations)
        {
            Trim(sparing: fresh);
        }
        return kept;
    }

    /// <summary>
    /// Makes room at once: between two sweeps a scan over all clients would otherwise fill the memory. One caller
    /// clears a sixteenth, so that the next ones need not look again.
    /// </summary>
    private void Trim(Activation sparing)
    {
        if (Interlocked.Exchange(ref _trimming, 1) == 1)
        {
            return;
        }
        var wanted = ActivationCount - _limits.MaxActivations + (_limits.MaxActivations / 16);
        foreach (var (grain, activation) in _activations.ToArray().OrderBy(pair => pair.Value.LastSweep))
        {
            if (wanted <= 0)
            {
                break;
            }
            wanted -= activation != sparing && LetGo(grain, activation) ? 1 : 0;
        }
        Volatile.Write(ref _trimming, 0);
    }

    /// <summary>False when a call has or wants a turn, or somebody else lets it go.</summary>
    private bool LetGo(GrainName grain, Activation activation)
    {
        if (!activation.Turns.TryClose())
        {
            return false;
        }
        try
        {
            activation.Host.Rest();
        }
        finally
        {
            Remove(grain, activation);
        }
        return true;
    }

    private void Remove(GrainName grain, Activation activation)
    {
        if (_activations.TryRemove(new(grain, activation)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Activation(IGrainHost host, Turns turns)
    {
        private int _lastSweep;

        public IGrainHost Host { get; } = host;

        public Turns Turns { get; } = turns;

        public int LastSweep
        {
            get => Volatile.Read(ref _lastSweep);
            set => Volatile.Write(ref _lastSweep, value);
        }
    }
}
