using Orleans;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>
/// The calls between processes. Processes of two versions make them while a cluster is upgraded, so a method is never
/// changed and never removed (golden file <c>tests/Silo/Golden/grain-contract.txt</c>). Whatever a grain meets is an
/// answer; an exception means that the call did not reach it, or that its answer was lost.
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

/// <summary>Which contract a grain has.</summary>
internal static class GrainContracts
{
    /// <exception cref="ArgumentException">No stream is begun that the log could not name again.</exception>
    public static IHostedGrain Find(this IGrainFactory grains, GrainName grain) => grain.Kind switch
    {
        _ when !GrainName.IsValidKey(grain.Key) => throw new ArgumentException("This is no grain's key.", nameof(grain)),
        GrainKind.Client => grains.GetGrain<IClientGrain>(grain.Key),
        GrainKind.Municipality => grains.GetGrain<IMunicipalityGrain>(grain.Key),
        GrainKind.DropInCentre => grains.GetGrain<IDropInCentreGrain>(grain.Key),
        GrainKind.Programme => grains.GetGrain<IProgrammeGrain>(grain.Key),
        GrainKind.ExternalId => grains.GetGrain<IExternalIdGrain>(grain.Key),
        GrainKind.Receiver => grains.GetGrain<IReceiverGrain>(grain.Key),
        _ => throw new ArgumentOutOfRangeException(nameof(grain)),
    };
}
