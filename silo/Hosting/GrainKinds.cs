using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Hosting;

/// <summary>Which decider lives behind which kind of grain.</summary>
public static class GrainKinds
{
    /// <summary>The kinds of states by their names in messages: lines are added, never changed.</summary>
    internal static IReadOnlyDictionary<string, Type> States { get; } = new Dictionary<string, Type>
    {
        ["client"] = typeof(ClientState),
        ["municipality"] = typeof(MunicipalityState),
        ["drop-in-centre"] = typeof(DropInCentreState),
        ["programme"] = typeof(ProgrammeState),
        ["external-id"] = typeof(ExternalIdState),
        ["receiver"] = typeof(ReceiverState),
    };

    /// <summary>A fresh, not yet loaded activation.</summary>
    /// <exception cref="ArgumentException">No key of a grain. A stream that the log could not name again would stop
    /// every projection, so none is begun.</exception>
    /// <param name="grain">Which grain.</param>
    /// <param name="services">What its host needs.</param>
    /// <param name="shelf">Where the engine keeps its snapshots; the store's own table when null.</param>
    public static IGrainHost NewHost(GrainName grain, HostServices services, ISnapshotShelf? shelf = null) =>
        services.Figures.Observe(Bare(grain, services, shelf), grain.Kind);

    private static IGrainHost Bare(GrainName grain, HostServices services, ISnapshotShelf? shelf) =>
        grain.Kind switch
        {
            _ when !GrainName.IsValidKey(grain.Key) =>
                throw new ArgumentException("This is no grain's key.", nameof(grain)),
            GrainKind.Client =>
                new GrainHost<ClientState, ClientDecider>(grain, services, s => s.Municipality, shelf),
            GrainKind.Municipality =>
                new GrainHost<MunicipalityState, MunicipalityDecider>(grain, services, _ => grain.Key, shelf),
            GrainKind.DropInCentre =>
                new GrainHost<DropInCentreState, DropInCentreDecider>(
                    grain, services, s => s.Registered?.Municipality ?? "", shelf),
            GrainKind.Programme =>
                new GrainHost<ProgrammeState, ProgrammeDecider>(grain, services, _ => "", shelf),
            GrainKind.ExternalId =>
                new GrainHost<ExternalIdState, ExternalIdDecider>(grain, services, _ => "", shelf),
            GrainKind.Receiver => new GrainHost<ReceiverState, ReceiverDecider>(
                grain, services, s => s.Registered?.Municipality ?? "", shelf),
            _ => throw new ArgumentOutOfRangeException(nameof(grain)),
        };

    /// <summary>
    /// Compares the state from snapshot and tail with a replay of all events: null when equal, else what differs,
    /// without its content.
    /// </summary>
    public static ValueTask<string?> Recheck(GrainName grain, HostServices services) => grain.Kind switch
    {
        GrainKind.Client => GrainMemory<ClientState, ClientDecider>.Recheck(grain, services),
        GrainKind.Municipality => GrainMemory<MunicipalityState, MunicipalityDecider>.Recheck(grain, services),
        GrainKind.DropInCentre => GrainMemory<DropInCentreState, DropInCentreDecider>.Recheck(grain, services),
        GrainKind.Programme => GrainMemory<ProgrammeState, ProgrammeDecider>.Recheck(grain, services),
        GrainKind.ExternalId => GrainMemory<ExternalIdState, ExternalIdDecider>.Recheck(grain, services),
        GrainKind.Receiver => GrainMemory<ReceiverState, ReceiverDecider>.Recheck(grain, services),
        _ => throw new ArgumentOutOfRangeException(nameof(grain)),
    };
}
