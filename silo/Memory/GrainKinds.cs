using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Memory;

/// <summary>Which state and decider belong to which kind of grain: said once, here.</summary>
internal static class GrainKinds
{
    private static readonly Dictionary<GrainKind, Kind> Kinds = new()
    {
        [GrainKind.Client] = new Kind<ClientState, ClientDecider>(),
        [GrainKind.Municipality] = new Kind<MunicipalityState, MunicipalityDecider>(),
        [GrainKind.DropInCentre] = new Kind<DropInCentreState, DropInCentreDecider>(),
        [GrainKind.Programme] = new Kind<ProgrammeState, ProgrammeDecider>(),
        [GrainKind.ExternalId] = new Kind<ExternalIdState, ExternalIdDecider>(),
        [GrainKind.Receiver] = new Kind<ReceiverState, ReceiverDecider>(),
    };

    /// <summary>The kinds of states by the names of their grains.</summary>
    public static IReadOnlyDictionary<string, Type> States { get; } =
        Kinds.ToDictionary(kind => GrainName.NameOf(kind.Key), kind => kind.Value.State);

    /// <summary>A fresh host outside Orleans, for a rehearsal.</summary>
    /// <exception cref="ArgumentException">No key of a grain. A stream that the log could not name again would stop
    /// every projection, so none is begun.</exception>
    public static IGrainHost NewHost(GrainName grain, GrainServices services, ISnapshotPlace snapshot) =>
        GrainName.IsValidKey(grain.Key)
            ? Kinds[grain.Kind].NewHost(grain, services, snapshot)
            : throw new ArgumentException("This is no grain's key.", nameof(grain));

    /// <summary>
    /// Compares the state from snapshot and tail with a replay of all events: null when equal, else what differs,
    /// without its content.
    /// </summary>
    public static async ValueTask<string?> Recheck(GrainName grain, GrainServices services) =>
        await Kinds[grain.Kind].Recheck(grain, services, new ReadSnapshot(await services.Store.ReadSnapshot(grain)));

    private abstract class Kind
    {
        public abstract Type State { get; }

        public abstract IGrainHost NewHost(GrainName grain, GrainServices services, ISnapshotPlace snapshot);

        public abstract ValueTask<string?> Recheck(GrainName grain, GrainServices services, ISnapshotPlace snapshot);
    }

    private sealed class Kind<TState, TDecider> : Kind
        where TState : class
        where TDecider : IDecider<TState>
    {
        public override Type State => typeof(TState);

        public override IGrainHost NewHost(GrainName grain, GrainServices services, ISnapshotPlace snapshot) =>
            new GrainHost<TState, TDecider>(grain, services, snapshot);

        public override ValueTask<string?> Recheck(
            GrainName grain, GrainServices services, ISnapshotPlace snapshot) =>
            SnapshotCheck<TState, TDecider>.Of(grain, services, snapshot);
    }
}
