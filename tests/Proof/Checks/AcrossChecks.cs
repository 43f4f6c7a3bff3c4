using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>What touches more than one grain, or more than the log: all of it or nothing.</summary>
internal sealed class AcrossChecks(World world, Replays replays)
{
    public IEnumerable<string> Judge() =>
        [
            .. Municipalities(), .. world.History.Lines.SelectMany(Line), .. Erased(), .. Withdrawn(), .. Told(),
        ];

    private IEnumerable<string> Municipalities() =>
        from stream in replays.All
        where stream.Key.Kind == GrainKind.Municipality && stream.Value.Damage is null
        let state = (MunicipalityState)stream.Value.StateAt(stream.Value.Past.Count)
        from wrong in state.Merges.SelectMany(Merged).Concat(HandedOver(stream.Key.Key, stream.Value))
        select wrong;

    /// <summary>Both clients tell of a merge, or neither does; one that was undone is none.</summary>
    private IEnumerable<string> Merged(DuplicateMerge merge)
    {
        var ended = EventsOf<MergedIntoSurvivor>(merge.DuplicateId).Count(it => it.MergeId == merge.MergeId)
            - EventsOf<MergeUndone>(merge.DuplicateId).Count(it => it.MergeId == merge.MergeId);
        var taken = EventsOf<DuplicateAbsorbed>(merge.SurvivorId).Count(it => it.MergeId == merge.MergeId);
        var wanted = merge.Outcome is MergeOutcome.Merged ? 1 : 0;
        if (merge.Outcome is MergeOutcome.Refused && ended == 1 && EventsOf<ClientErased>(merge.DuplicateId).Any())
        {
            yield break; // Nothing more is recorded of who was erased, so it stays ended.
        }
        if ((ended, taken) != (wanted, wanted))
        {
            yield return Breach.Of(
                Rule.MergeIsWhole,
                $"{merge.MergeId} is {merge.Outcome} ({merge.Refusal}): ended {ended} times, taken over {taken} times");
        }
    }

    /// <summary>Who was the first worker's when it was decided is not so any more when it has ended.</summary>
    private IEnumerable<string> HandedOver(string code, StreamReplay municipality)
    {
        foreach (var decided in Entries<CaseloadHandOverDecided>(municipality))
        {
            var ended = Entries<CaseloadHandedOver>(municipality)
                .FirstOrDefault(it => it.Happened.HandOverId == decided.Happened.HandOverId);
            if (ended.Happened is null)
            {
                continue;
            }
            foreach (var (grain, client) in replays.All.Where(it => it.Key.Kind == GrainKind.Client))
            {
                var events = client.Past.TakeWhile(entry => entry.Position < ended.Position).ToArray();
                var last = events.LastOrDefault(entry => entry.Happened is WorkerAssigned or ClientHandedOver);
                if (last.Position < decided.Position
                    && StateAfter(client, events) is { IsGone: false, Worker: { } worker } state
                    && worker.WorkerId == decided.Happened.FromWorkerId && state.Municipality == code)
                {
                    yield return Breach.Of(
                        Rule.HandOverIsWhole, $"{grain} was not handed over by {decided.Happened.HandOverId}");
                }
                if (client.Past.Count(entry => entry.Happened is ClientHandedOver it
                    && it.HandOverId == decided.Happened.HandOverId && entry.Municipality == code) > 1)
                {
                    yield return Breach.Of(
                        Rule.HandedOverOnce, $"{grain} was handed over twice by {decided.Happened.HandOverId}");
                }
            }
        }
    }

    /// <summary>
    /// A line leaves one command's events at one grain; one that is refused leaves none anywhere. The same line of
    /// another sender has the same id: what that one left is not this one's.
    /// </summary>
    private IEnumerable<string> Line(Line line)
    {
        var left = line.Sent.Count(sent => replays.Of(sent.Grain)?.Blocks.Any(it => it.CommandId == sent.Id) is true);
        var taken = world.History.Lines.Count(other => other.Result.Status is not LineStatus.Rejected
            && other.Sent.Any(sent => line.Sent.Any(own => own.Id == sent.Id)));
        if (left > taken && !line.Sent.Any(world.History.InDoubt.Contains))
        {
            yield return Breach.Of(
                Rule.LineIsStoredOnce,
                $"a line was {line.Result.Status} ({line.Result.Why?.Code}), and is stored {left} times");
        }
        if (line.Result.Status is LineStatus.Accepted && left == 0)
        {
            yield return Breach.Of(Rule.LineIsKept, "a line was accepted, and is lost");
        }
    }

    /// <summary>Nothing that could be read is left of who was erased, and nothing more happens to them.</summary>
    private IEnumerable<string> Erased() =>
        from stream in replays.All
        where stream.Key.Kind == GrainKind.Client && stream.Value.Past.Any(entry => entry.Happened is ClientErased)
        from wrong in (Rule?[])
        [
            world.Store is MemoryStore memory && memory.HasWordsOf(stream.Key) ? Rule.ErasedIsUnreadable : null,
            stream.Value.Past[^1].Happened is ClientErased ? null : Rule.ErasedStaysSo,
        ]
        where wrong is not null
        select Breach.Of(wrong.Value, $"{stream.Key} is erased, and is read or worked with");

    /// <summary>Nothing that a consent kept outlives it.</summary>
    private IEnumerable<string> Withdrawn() =>
        from stream in replays.All
        where stream.Key.Kind == GrainKind.Client && world.Store is MemoryStore memory && memory.Keeps(stream.Key)
            && stream.Value.StateAt(stream.Value.Past.Count) is ClientState { DropInConsentSince: null }
        select Breach.Of(Rule.ConsentEnds, $"{stream.Key} withdrew the consent, and visits are kept");

    /// <summary>
    /// The receiver got everything that it may have, in the log's order. What happened to a client who was erased since
    /// may have left before, and leaves no more.
    /// </summary>
    private IEnumerable<string> Told()
    {
        if (world.Traffic.Receiver is not { } receiver)
        {
            return [];
        }
        var from = replays.Of(GrainName.Receiver(receiver))!.Past
            .First(entry => entry.Happened is ReceiverRegistered).Position;
        var meant = replays.Log.Where(stored => stored.Position > from && IsOfTampere(stored)
            && stored.Grain.Kind is not (GrainKind.ExternalId or GrainKind.Receiver)
            && !EventCatalogue.StaysInside(stored.Type));
        var got = world.History.Delivered.Distinct().ToArray();
        var arrived = got.ToHashSet();
        StoredEvent[] due = [.. meant.Where(stored => arrived.Contains(stored.Position) || !IsOfErased(stored))];
        return got.SequenceEqual(due.Select(stored => stored.Position))
            ? []
            : [Breach.Of(Rule.ReceiverIsTold, "it was not told of everything, or not in order: "
                + string.Join(", ", due.Where(stored => !arrived.Contains(stored.Position))
                    .Select(stored => $"{stored.Type} of {stored.Grain}")))];
    }

    private bool IsOfErased(StoredEvent stored)
    {
        var happened = EventCodec.DecodeCoded(stored);
        return happened is not ClientErased && (IsErased(stored.Grain) || (happened is INamesClients names
            && names.NamedClients().Any(named => IsErased(GrainName.Client(named)))));
    }

    private bool IsErased(GrainName grain) => replays.Of(grain) is { } replay
        && replay.StateAt(replay.Past.Count) is ClientState { ErasedOn: not null };

    /// <summary>A move is told to both registers.</summary>
    private static bool IsOfTampere(StoredEvent stored) => stored.Municipality == Traffic.Tampere
        || EventCodec.DecodeCoded(stored) is ClientMoved { Municipality: Traffic.Tampere };

    private IEnumerable<T> EventsOf<T>(string client) =>
        replays.Of(GrainName.Client(client))?.Past.Select(entry => entry.Happened).OfType<T>() ?? [];

    private static IEnumerable<(T Happened, long Position)> Entries<T>(StreamReplay stream) =>
        from entry in stream.Past where entry.Happened is T select ((T)entry.Happened!, entry.Position);

    private static ClientState StateAfter(StreamReplay client, PastEvent[] events) =>
        (ClientState)client.StateAt(events.Length);
}
