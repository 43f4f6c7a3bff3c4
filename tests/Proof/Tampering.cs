using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Proof.Tests.Checks;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Silo.Storage;
using History = OsstOrleans.Proof.Tests.Cluster.History;

namespace OsstOrleans.Proof.Tests;

/// <summary>
/// Changes to what is left of a life: to the log, to what callers were answered, to figures. Each breaks one rule (and
/// perhaps others with it); false when the life had nothing of the kind.
/// </summary>
internal static class Tampering
{
    private static readonly Guid s_another = new("11111111-2222-3333-4444-555555555555");

    public static IReadOnlyDictionary<Rule, Func<World, List<StoredEvent>, ValueTask<bool>>> Ways { get; } =
        new Dictionary<Rule, Func<World, List<StoredEvent>, ValueTask<bool>>>
        {
            [Rule.StreamIsWhole] = OfLog(log => Remove(log, stored => stored.Version == 1)),
            [Rule.Decided] = OfHistory(OtherCommand),
            [Rule.AskedFor] = OfHistory(history => history.Commands.Any(it =>
                it.Reply is { Kind: ReplyKind.Accepted, IsUnchanged: false }
                && history.Sent.Remove((it.Grain, it.Envelope.CommandId)))),
            [Rule.RefusedIsNotStored] = OfHistory(history => Change(
                history,
                it => it is { What: not IConsentCommand, Reply: { Kind: ReplyKind.Accepted, IsUnchanged: false } }
                    && !history.InDoubt.Contains((it.Grain, it.Envelope.CommandId)),
                it => it.Reply = it.Reply! with { Kind = ReplyKind.Rejected, Rejection = Other })),
            [Rule.RefusalHolds] = Answered(
                reply => reply.Kind is ReplyKind.Rejected, reply => reply with { Rejection = Other }),
            [Rule.ConflictHolds] = OfHistory(history => Change(
                history, it => it is { Envelope.IfVersion: not null, Reply.Kind: not ReplyKind.Accepted },
                it => it.Reply = new CommandReply(ReplyKind.VersionConflict, it.Envelope.IfVersion!.Value, 0))),
            [Rule.StoredAsAnswered] = Answered(
                reply => reply is { Kind: ReplyKind.Accepted, IsUnchanged: false },
                reply => reply with { Version = reply.Version + 1 }),
            [Rule.InOrder] = OfHistory(history => Change(
                history, it => it is { Reply.Version: > 1 } && history.Commands.Any(earlier => earlier.Grain == it.Grain
                    && earlier.Ended < it.Began && earlier.Reply is { Kind: ReplyKind.Accepted, Version: > 1 }),
                it => it.Reply = it.Reply! with { Version = 0 })),
            // No fault of the store does it to a person: the line of a read is stored after what it shows, or never.
            [Rule.ShownIsKept] = OfHistory(history => Exchange(
                history.Reads, read => read is { State: ClientState, Version: > 1 },
                read => read with { Version = read.Version + 1_000 })),
            [Rule.ShownAsItWas] = OfHistory(history => Exchange(
                history.Reads, read => read is { State: ClientState, Version: > 1 },
                read => read with { Version = read.Version - 1 })),
            [Rule.MergeIsWhole] = OfLog(log => Overwrite(log, Is<DuplicateAbsorbed>)),
            [Rule.HandOverIsWhole] = OfLog(log => Overwrite(log, Is<ClientHandedOver>)),
            [Rule.HandedOverOnce] = OfLog(TwiceHandedOver),
            [Rule.LineIsKept] = OfHistory(history => Exchange(
                history.Lines, line => line.Result.Status is Silo.Import.LineStatus.Accepted,
                line => line with { Sent = [(line.Sent[0].Grain, s_another)] })),
            [Rule.ErasedStaysSo] = OfLog(log => log.FirstOrDefault(Is<ClientErased>) is { Grain.Key: not null } erased
                && Append(log, WithoutWords(erased) with { CommandId = s_another, Version = erased.Version + 1 })),
            [Rule.ReceiverIsTold] = OfHistory(history => Remove(history.Delivered, _ => true)),
            [Rule.FiguresAreRight] = OtherFigures,
        };

    private static Rejection Other { get; } = new(RejectionKind.IllegalStep, "ANOTHER", "id", "Another reason.");

    private static Func<World, List<StoredEvent>, ValueTask<bool>> OfLog(Func<List<StoredEvent>, bool> change) =>
        (_, log) => ValueTask.FromResult(change(log));

    private static Func<World, List<StoredEvent>, ValueTask<bool>> OfHistory(Func<History, bool> change) =>
        (world, _) => ValueTask.FromResult(change(world.History));

    private static Func<World, List<StoredEvent>, ValueTask<bool>> Answered(
        Func<CommandReply, bool> which, Func<CommandReply, CommandReply> change) => OfHistory(history => Change(
        history, it => it is { Reply: { } reply, What: not IConsentCommand } && which(reply),
        it => it.Reply = change(it.Reply!)));

    private static bool Change(History history, Func<Command, bool> which, Action<Command> change)
    {
        if (history.Commands.FirstOrDefault(which) is not { } found)
        {
            return false;
        }
        change(found);
        return true;
    }

    private static bool OtherCommand(History history)
    {
        foreach (var command in history.Commands.Where(it =>
            it is { What: ReceiveReferral, Reply: { Kind: ReplyKind.Accepted, IsUnchanged: false } }))
        {
            history.Sent[(command.Grain, command.Envelope.CommandId)] =
                [(new GiveDropInConsent(), command.Envelope)];
            return true;
        }
        return false;
    }

    private static bool Exchange<T>(List<T> list, Predicate<T> which, Func<T, T> change)
    {
        var at = list.FindLastIndex(which);
        if (at >= 0)
        {
            list[at] = change(list[at]);
        }
        return at >= 0;
    }

    private static bool Remove<T>(List<T> list, Predicate<T> which)
    {
        var at = list.FindIndex(which);
        if (at >= 0)
        {
            list.RemoveAt(at);
        }
        return at >= 0;
    }

    private static bool Append(List<StoredEvent> log, StoredEvent stored)
    {
        log.Add(stored with { Position = log[^1].Position + 1 });
        return true;
    }

    private static bool Overwrite(List<StoredEvent> log, Predicate<StoredEvent> which) =>
        Exchange(log, which, WithoutWords);

    /// <summary>Something else happened to the client in its place.</summary>
    private static StoredEvent WithoutWords(StoredEvent stored) => stored with
    {
        Type = EventCatalogue.NameOf(new DropInConsentGiven()),
        Data = "{}"u8.ToArray(),
        Personal = default,
    };

    private static bool TwiceHandedOver(List<StoredEvent> log)
    {
        foreach (var first in log.Where(stored => Is<ClientHandedOver>(stored)).ToArray())
        {
            if (Exchange(
                log,
                later => later.Grain == first.Grain && later.Version > first.Version
                    && later.Municipality == first.Municipality,
                later => later with { Type = first.Type, Data = first.Data, Personal = first.Personal }))
            {
                return log.Any(stored => Is<CaseloadHandedOver>(stored));
            }
        }
        return false;
    }

    /// <summary>A process has counted a client whom no log knows.</summary>
    private static async ValueTask<bool> OtherFigures(World world, List<StoredEvent> log)
    {
        var first = log.First(stored => Is<ClientRegistered>(stored));
        await world.Nodes[0].Caseloads.Apply(
            first with { Grain = GrainName.Client("a-ghost"), Position = log[^1].Position + 1 },
            EventCodec.DecodeCoded(first));
        return true;
    }

    private static bool Is<T>(StoredEvent stored)
        where T : IEvent => EventCatalogue.TypeOf(stored.Type) == typeof(T);
}
