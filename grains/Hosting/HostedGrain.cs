using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>What every grain of the platform says of itself, inside its silo.</summary>
public interface IHostedGrain
{
    /// <summary>The grain's kind.</summary>
    GrainKind Kind { get; }
}

/// <summary>
/// The Orleans side of every grain: an activation around a <see cref="GrainHost{TState, TDecider}"/>. Orleans gives it
/// one command at a time and lets it go when it was not called for long; reads interleave.
/// </summary>
/// <typeparam name="TState">The grain's state.</typeparam>
/// <typeparam name="TCommand">The commands of its kind.</typeparam>
/// <typeparam name="TDecider">Its rules.</typeparam>
public abstract class HostedGrain<TState, TCommand, TDecider> : Grain, IHostedGrain
    where TState : class
    where TCommand : ICommand
    where TDecider : IDecider<TState>
{
    private readonly GrainHost<TState, TDecider> _host;
    private readonly IGrainServices _services;
    private readonly GrainName _name;

    protected HostedGrain(
        GrainKind kind, IPersistentState<GrainSnapshot> snapshot, IGrainServices services, IOpenWork? work = null)
    {
        (Kind, _services, _name) = (kind, services, new GrainName(kind, GrainContext.GrainId.Key.ToString()!));
        _host = new GrainHost<TState, TDecider>(_name, services, new SnapshotState(snapshot), work);
    }

    /// <inheritdoc/>
    public GrainKind Kind { get; }

    /// <summary>Takes a command: <c>IClientGrain.Execute</c>, and that of the other kinds.</summary>
    public ValueTask<CommandReply> Execute(TCommand command, Envelope envelope) =>
        command is IEndsForGood { IsListed: true } ending ? End(ending, envelope) : _host.Execute(command, envelope);

    /// <summary>Reads: <c>IClientGrain.Read</c>, and that of the other kinds.</summary>
    public ValueTask<ReadReply<TState>> Read(ReadRequest request) => _host.Read(request);

    /// <summary>
    /// A retry is listed, too: the process may have died between the commit and the list. What a person ended is a use
    /// of data, with a line.
    /// </summary>
    private async ValueTask<CommandReply> End(IEndsForGood command, Envelope envelope)
    {
        var reply = await _host.Execute(command, envelope);
        if (await _host.HasEnded(command, envelope.CommandId, reply))
        {
            await _services.ListEnded(_name, command, envelope.CommandId);
            if (command is not ICarriedOut)
            {
                await _host.LogEnding(command, envelope.Caller);
            }
        }
        return reply;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _services.Activated(Kind);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _services.LetGo(Kind);
        return _host.LetGo();
    }
}
