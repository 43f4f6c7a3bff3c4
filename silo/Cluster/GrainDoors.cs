using Orleans;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Cluster;

/// <summary>The Orleans interface behind each kind of name.</summary>
/// <param name="factory">Makes references to grains.</param>
internal sealed class GrainDoors(Func<IGrainFactory> factory) : IGrainCalls
{
    static GrainDoors()
    {
        Door<ClientState>.Read = (g, key, read) => g.GetGrain<IClientGrain>(key).Read(read);
        Door<MunicipalityState>.Read = (g, key, read) => g.GetGrain<IMunicipalityGrain>(key).Read(read);
        Door<DropInCentreState>.Read = (g, key, read) => g.GetGrain<IDropInCentreGrain>(key).Read(read);
        Door<ProgrammeState>.Read = (g, key, read) => g.GetGrain<IProgrammeGrain>(key).Read(read);
        Door<ExternalIdState>.Read = (g, key, read) => g.GetGrain<IExternalIdGrain>(key).Read(read);
        Door<ReceiverState>.Read = (g, key, read) => g.GetGrain<IReceiverGrain>(key).Read(read);
    }

    public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var (key, grains) = (KeyOf(grain), factory());
        return (grain.Kind, command) switch
        {
            (GrainKind.Client, IClientCommand it) => grains.GetGrain<IClientGrain>(key).Execute(it, envelope),
            (GrainKind.Municipality, IMunicipalityCommand it) =>
                grains.GetGrain<IMunicipalityGrain>(key).Execute(it, envelope),
            (GrainKind.DropInCentre, IDropInCentreCommand it) =>
                grains.GetGrain<IDropInCentreGrain>(key).Execute(it, envelope),
            (GrainKind.Programme, IProgrammeCommand it) => grains.GetGrain<IProgrammeGrain>(key).Execute(it, envelope),
            (GrainKind.ExternalId, IExternalIdCommand it) =>
                grains.GetGrain<IExternalIdGrain>(key).Execute(it, envelope),
            (GrainKind.Receiver, IReceiverCommand it) => grains.GetGrain<IReceiverGrain>(key).Execute(it, envelope),
            _ => throw new ArgumentException("This command is for another kind of grain.", nameof(command)),
        };
    }

    public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class => Door<TState>.Read(factory(), KeyOf(grain), request);

    /// <exception cref="ArgumentException">No stream is begun that the log could not name again.</exception>
    private static string KeyOf(GrainName grain) => GrainName.IsValidKey(grain.Key)
        ? grain.Key
        : throw new ArgumentException("This is no grain's key.", nameof(grain));

    private static class Door<TState>
        where TState : class
    {
        public static Func<IGrainFactory, string, ReadRequest, ValueTask<ReadReply<TState>>> Read { get; set; } =
            (_, _, _) => throw new ArgumentException("No grain has this state.");
    }
}
