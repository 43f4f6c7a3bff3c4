using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Embedded;

/// <summary>Bounds of the embedded engine.</summary>
/// <param name="MaxActivations">Above this many, the longest unused grains are let go.</param>
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
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly Func<GrainId, Activation> _activate;
    private readonly EmbeddedLimits _limits;
    private readonly ITimer _sweeper;
    private int _sweep;

    public EmbeddedEngine(HostServices services, EmbeddedLimits? limits = null)
    {
        _limits = limits ?? EmbeddedLimits.Default;
        _activate = grain => new Activation(GrainKinds.NewHost(grain, services), new Turns(_limits.MaxWaitingPerGrain));
        _sweeper = services.Time.CreateTimer(_ => Sweep(), null, _limits.SweepEvery, _limits.SweepEvery);
    }

    /// <summary>Grains in memory now.</summary>
    public int ActivationCount => _activations.Count;

    public ValueTask<CommandReply> Execute(GrainId grain, CommandEnvelope envelope) =>
        InTurn(grain, envelope, static (host, e) => host.Execute(e));

    public ValueTask<ReadReply> Read(GrainId grain, ReadEnvelope envelope) =>
        InTurn(grain, envelope, static (host, e) => host.Read(e));

    /// <summary>Lets go of grains unused for long, and of the longest unused ones when there are too many.</summary>
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
        var excess = _activations.Count - _limits.MaxActivations;
        if (excess > 0)
        {
            foreach (var (grain, activation) in _activations.OrderBy(pair => pair.Value.LastSweep).Take(excess))
            {
                LetGo(grain, activation);
            }
        }
    }

    public void Dispose() => _sweeper.Dispose();

    private ValueTask<TReply> InTurn<TEnvelope, TReply>(
        GrainId grain, TEnvelope envelope, Func<IGrainHost, TEnvelope, ValueTask<TReply>> call)
    {
        var activation = _activations.GetOrAdd(grain, _activate);
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
        Activation activation, GrainId grain, TEnvelope envelope, Func<IGrainHost, TEnvelope, ValueTask<TReply>> call)
    {
        if (!await activation.Turns.Take())
        {
            _activations.TryRemove(new(grain, activation));
            return await InTurn(grain, envelope, call);
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

    private void LetGo(GrainId grain, Activation activation)
    {
        if (activation.Turns.TryClose())
        {
            activation.Host.Rest();
            _activations.TryRemove(new(grain, activation));
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
