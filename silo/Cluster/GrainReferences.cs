using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Metadata;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// The Orleans interface behind each kind of name. Orleans' own <c>GetGrain&lt;T&gt;(key)</c> looks at the interface's
/// attributes in every call, which costs more than the call; here it is done once.
/// </summary>
internal sealed class GrainReferences : IGrainCalls
{
    /// <summary>A power of two; some 200 bytes for each.</summary>
    private const int Recent = 4_096;

    private readonly Found?[] _recent = new Found?[Recent];
    private readonly Contract[] _contracts = new Contract[(int)Enum.GetValues<GrainKind>().Max() + 1];
    private IGrainFactory? _grains;

    /// <summary>Reaches grains through the host that was built.</summary>
    public void Attach(IServiceProvider services)
    {
        var types = services.GetRequiredService<GrainInterfaceTypeResolver>();
        Open<IClientGrain>(GrainKind.Client);
        Open<IMunicipalityGrain>(GrainKind.Municipality);
        Open<IDropInCentreGrain>(GrainKind.DropInCentre);
        Open<IProgrammeGrain>(GrainKind.Programme);
        Open<IExternalIdGrain>(GrainKind.ExternalId);
        Open<IReceiverGrain>(GrainKind.Receiver);
        _grains = services.GetRequiredService<IGrainFactory>();

        void Open<TGrain>(GrainKind kind)
            where TGrain : IGrainWithStringKey =>
            _contracts[(int)kind] = new Contract(
                GrainType.Create(GrainName.NameOf(kind)), types.GetGrainInterfaceType(typeof(TGrain)));
    }

    /// <exception cref="ArgumentException">The name is no grain's, or the command is for another kind.</exception>
    public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var found = Find(grain);
        return (grain.Kind, command) switch
        {
            (GrainKind.Client, IClientCommand it) => ((IClientGrain)found).Execute(it, envelope),
            (GrainKind.Municipality, IMunicipalityCommand it) => ((IMunicipalityGrain)found).Execute(it, envelope),
            (GrainKind.DropInCentre, IDropInCentreCommand it) => ((IDropInCentreGrain)found).Execute(it, envelope),
            (GrainKind.Programme, IProgrammeCommand it) => ((IProgrammeGrain)found).Execute(it, envelope),
            (GrainKind.ExternalId, IExternalIdCommand it) => ((IExternalIdGrain)found).Execute(it, envelope),
            (GrainKind.Receiver, IReceiverCommand it) => ((IReceiverGrain)found).Execute(it, envelope),
            _ => throw new ArgumentException("This command is for another kind of grain.", nameof(command)),
        };
    }

    /// <exception cref="ArgumentException">The name is no grain's, or its grain has another state.</exception>
    public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        var found = Find(grain);
        return grain.Kind switch
        {
            GrainKind.Client => As<ClientState, TState>(((IClientGrain)found).Read(request)),
            GrainKind.Municipality => As<MunicipalityState, TState>(((IMunicipalityGrain)found).Read(request)),
            GrainKind.DropInCentre => As<DropInCentreState, TState>(((IDropInCentreGrain)found).Read(request)),
            GrainKind.Programme => As<ProgrammeState, TState>(((IProgrammeGrain)found).Read(request)),
            GrainKind.ExternalId => As<ExternalIdState, TState>(((IExternalIdGrain)found).Read(request)),
            GrainKind.Receiver => As<ReceiverState, TState>(((IReceiverGrain)found).Read(request)),
            _ => throw new ArgumentOutOfRangeException(nameof(grain)),
        };
    }

    /// <summary>The two types are one and the same, which the compiler cannot know.</summary>
    private static ValueTask<ReadReply<TState>> As<TKnown, TState>(ValueTask<ReadReply<TKnown>> reply)
        where TKnown : class
        where TState : class => typeof(TKnown) == typeof(TState)
            ? Unsafe.As<ValueTask<ReadReply<TKnown>>, ValueTask<ReadReply<TState>>>(ref reply)
            : throw new ArgumentException($"This grain has no {typeof(TState).Name}.");

    /// <summary>To make a reference costs a third of a call, so those that were used lately are at hand.</summary>
    private IAddressable Find(GrainName grain)
    {
        ref var slot = ref _recent[grain.GetHashCode() & (Recent - 1)];
        if (slot is { } known && known.Name == grain)
        {
            return known.Reference;
        }
        var found = Make(grain);
        slot = new Found(grain, found);
        return found;
    }

    private IAddressable Make(GrainName grain)
    {
        if (!GrainName.IsValidKey(grain.Key))
        {
            // No stream is begun that the log could not name again.
            throw new ArgumentException("This is no grain's key.", nameof(grain));
        }
        var contract = _contracts[(int)grain.Kind];
        return (_grains ?? throw new InvalidOperationException("The process's host is not built yet.")).GetGrain(
            GrainId.Create(contract.Type, grain.Key), contract.Interface);
    }

    private sealed record Found(GrainName Name, IAddressable Reference);

    private readonly record struct Contract(GrainType Type, GrainInterfaceType Interface);
}
