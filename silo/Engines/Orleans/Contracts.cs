using Orleans;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>
/// The calls between processes. Processes of two versions make them while a cluster is upgraded, so a method is never
/// changed and never removed (golden file <c>tests/Silo/Golden/grain-contract.txt</c>). A call that meets a fault of
/// the store or a limit answers with it; an exception is a fault of the cluster or of the program.
/// </summary>
[Alias("osst.grain")]
internal interface IHostedGrain : IGrainWithStringKey
{
    [Alias("execute")]
    ValueTask<CommandAnswer> Execute(CommandEnvelope envelope);

    [Alias("read")]
    ValueTask<ReadAnswer> Read(ReadEnvelope envelope);
}

/// <summary>A client; its key is the client's random id.</summary>
[Alias("osst.client")]
internal interface IClientGrain : IHostedGrain;

/// <summary>A municipality; its key is the municipality's code.</summary>
[Alias("osst.municipality")]
internal interface IMunicipalityGrain : IHostedGrain;

/// <summary>A drop-in centre.</summary>
[Alias("osst.drop-in-centre")]
internal interface IDropInCentreGrain : IHostedGrain;

/// <summary>A programme, such as the OSST experiment.</summary>
[Alias("osst.programme")]
internal interface IProgrammeGrain : IHostedGrain;

/// <summary>An identifier of another system; its key is a keyed hash of it.</summary>
[Alias("osst.external-id")]
internal interface IExternalIdGrain : IHostedGrain;

/// <summary>A system that is told of events.</summary>
[Alias("osst.receiver")]
internal interface IReceiverGrain : IHostedGrain;
