using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>What every activation of a silo needs.</summary>
internal sealed record GrainNeeds(HostServices Services, SnapshotShelves Shelves, ActivationTally Tally);

/// <summary>
/// An Orleans activation around the same host as everywhere. Orleans gives it one turn at a time and lets it go when it
/// rests; should two activations of one grain run while a cluster heals, the log's expected version lets one win.
/// </summary>
internal abstract class HostedGrain : Grain, IHostedGrain
{
    private readonly GrainKind _kind;
    private readonly ActivationTally _tally;
    private readonly IGrainHost _host;
    private readonly SnapshotShelf? _shelf;

    protected HostedGrain(GrainKind kind, IGrainContext context, GrainNeeds needs)
    {
        (_kind, _tally, _shelf) = (kind, needs.Tally, needs.Shelves.ShelfFor(context));
        _host = GrainKinds.NewHost(new GrainName(kind, context.GrainId.Key.ToString()!), needs.Services, _shelf);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tally.Came(_kind);
        return Task.CompletedTask;
    }

    public async ValueTask<CommandAnswer> Execute(CommandEnvelope envelope)
    {
        if (envelope.Command is UnknownCommand)
        {
            return new CommandAnswer(null, CallFault.OtherVersion);
        }
        try
        {
            return new CommandAnswer(await _host.Execute(envelope));
        }
        catch (Exception fault)
        {
            return new CommandAnswer(null, CallFault.Of(fault));
        }
    }

    public async ValueTask<ReadAnswer> Read(ReadEnvelope envelope)
    {
        try
        {
            return new ReadAnswer(await _host.Read(envelope));
        }
        catch (Exception fault)
        {
            return new ReadAnswer(null, CallFault.Of(fault));
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _tally.Went(_kind);
        _host.Rest();
        if (_shelf is not null)
        {
            await _shelf.Written;
        }
    }
}

[GrainType("client")]
internal sealed class ClientGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.Client, context, needs), IClientGrain;

[GrainType("municipality")]
internal sealed class MunicipalityGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.Municipality, context, needs), IMunicipalityGrain;

[GrainType("drop-in-centre")]
internal sealed class DropInCentreGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.DropInCentre, context, needs), IDropInCentreGrain;

[GrainType("programme")]
internal sealed class ProgrammeGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.Programme, context, needs), IProgrammeGrain;

[GrainType("external-id")]
internal sealed class ExternalIdGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.ExternalId, context, needs), IExternalIdGrain;

[GrainType("receiver")]
internal sealed class ReceiverGrain(IGrainContext context, GrainNeeds needs)
    : HostedGrain(GrainKind.Receiver, context, needs), IReceiverGrain;
