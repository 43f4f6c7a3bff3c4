using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>
/// Each grain by itself: its stream is what its commands lead to one after the other, each once, in an order that no
/// caller's own order contradicts; what was answered is in it, and what was refused is not.
/// </summary>
internal sealed class StreamChecks(World world, Replays replays)
{
    public IEnumerable<string> Judge() =>
        [.. replays.All.SelectMany(Stream), .. world.History.Commands.SelectMany(Answer),
            .. replays.All.SelectMany(Order), .. world.History.Reads.SelectMany(Shown)];

    private IEnumerable<string> Stream(KeyValuePair<GrainName, StreamReplay> stream)
    {
        var (grain, replay) = stream;
        if (replay.Damage is { } damage)
        {
            return [Breach.Of(Rule.StreamIsWhole, damage)];
        }
        return replay.Blocks.GroupBy(block => block.CommandId).Where(same => same.Count() > 1)
            .Select(same => Breach.Of(Rule.Once, $"{grain}: a command was carried out {same.Count()} times"))
            .Concat(replay.Blocks.Select(block => Decided(grain, replay, block)).OfType<string>());
    }

    /// <summary>Null when the block is what its command leads to there.</summary>
    private string? Decided(GrainName grain, StreamReplay replay, Block block)
    {
        if (!world.History.Sent.TryGetValue((grain, block.CommandId), out var sent))
        {
            return Breach.Of(Rule.AskedFor, $"{grain}: no caller sent the command of version {block.Version}");
        }
        if (IsForgotten(replay))
        {
            return null;
        }
        var stored = replay.Stored(block);
        return sent.Any(it => (it.Envelope.IfVersion ?? block.After) == block.After
            && replay.Decide(block.After, it.Command, Moments.Of(block.Events[0])).Events.SequenceEqual(stored))
                ? null
                : Breach.Of(
                    Rule.Decided,
                    $"{grain}: {sent[0].Command.GetType().Name} does not lead to version {block.Version}");
    }

    private IEnumerable<string> Answer(Command command)
    {
        var name = $"{command.Grain}: {command.What.GetType().Name}";
        if (command.Reply is not { } reply || replays.Of(command.Grain) is not { Damage: null } replay)
        {
            yield break;
        }
        var block = replay.Blocks.FirstOrDefault(block => block.CommandId == command.Envelope.CommandId);
        if (reply.Kind is not ReplyKind.Accepted)
        {
            if (block is not null && !world.History.InDoubt.Contains((command.Grain, command.Envelope.CommandId)))
            {
                yield return Breach.Of(Rule.RefusedIsNotStored, $"{name} was answered {reply.Kind}, and is stored");
            }
            else if (block is not null)
            {
                yield break; // An earlier try, which nobody had heard of, came through after the refusal.
            }
            else if (reply.Kind is ReplyKind.Rejected && !IsRefusedAt(replay, command, reply))
            {
                yield return Breach.Of(
                    Rule.RefusalHolds,
                    $"{name} was refused with {reply.Rejection!.Code}, which version {reply.Version} does not");
            }
            else if (reply.Kind is ReplyKind.VersionConflict && reply.Version == command.Envelope.IfVersion)
            {
                yield return Breach.Of(
                    Rule.ConflictHolds, $"{name} names version {reply.Version}, and conflicts with it");
            }
        }
        else if (block is not null
            && (reply.Version, reply.Position) != (block.Version, block.Events[^1].Position))
        {
            yield return Breach.Of(
                Rule.StoredAsAnswered,
                $"{name} was answered with version {reply.Version}, and is stored as {block.Version}");
        }
        else if (block is null && !reply.IsUnchanged && !reply.IsRetry && command.What is not IConsentCommand)
        {
            yield return Breach.Of(Rule.AcknowledgedIsKept, $"{name} was acknowledged, and is lost");
        }
    }

    private static bool IsRefusedAt(StreamReplay replay, Command command, CommandReply reply) =>
        reply.Version <= replay.Past.Count && reply.Rejection!.Code == replay.Decide(
            reply.Version, command.What,
            Moments.At(command.Envelope.OccurredOn!.Value, DateTimeOffset.MaxValue.AddDays(-2))).Refusal;

    /// <summary>What was answered before a command was sent comes before it, also before its refusal.</summary>
    private IEnumerable<string> Order(KeyValuePair<GrainName, StreamReplay> stream)
    {
        var answered = world.History.Commands
            .Where(command => command.Grain == stream.Key && command.What is not IConsentCommand
                && command.Reply is { Kind: not ReplyKind.Forbidden }).ToArray();
        foreach (var later in answered)
        {
            var known = answered.Where(earlier => earlier.Ended < later.Began)
                .Select(earlier => earlier.Reply!.Version).DefaultIfEmpty(0).Max();
            if (later.Reply!.Version < known)
            {
                yield return Breach.Of(
                    Rule.InOrder,
                    $"{stream.Key}: {later.What.GetType().Name} was answered with version {later.Reply.Version} "
                        + $"after version {known} was known");
            }
        }
    }

    private IEnumerable<string> Shown(Read read)
    {
        if (read.State is null || replays.Of(read.Grain) is not { Damage: null } replay || IsForgotten(replay))
        {
            yield break;
        }
        if (read.Version > replay.Past.Count)
        {
            yield return Breach.Of(
                Rule.ShownIsKept, $"{read.Grain} was shown at version {read.Version}, which is lost");
        }
        else if (!IsSame(replay, read))
        {
            yield return Breach.Of(
                Rule.ShownAsItWas, $"{read.Grain} was shown otherwise than version {read.Version} is");
        }
        else if (read.Version < KnownBefore(read) && world.Store is MemoryStore) // A file has one process.
        {
            yield return Breach.Of(
                Rule.ShownIsCurrent, $"{read.Grain} was shown at version {read.Version} after a later one was known");
        }
    }

    private long KnownBefore(Read read) => read.Grain.Kind is not GrainKind.Client ? 0 : world.History.Commands
        .Where(command => command.Grain == read.Grain && command.Ended < read.Began
            && command.What is not IConsentCommand && command.Reply is { Kind: not ReplyKind.Forbidden })
        .Select(command => command.Reply!.Version).DefaultIfEmpty(0).Max();

    /// <summary>A file has forgotten the key of who was erased, and the words that were decided on and shown.</summary>
    private bool IsForgotten(StreamReplay replay) => world.Store is not MemoryStore
        && replay.StateAt(replay.Past.Count) is ClientState { ErasedOn: not null };

    private bool IsSame(StreamReplay replay, Read read)
    {
        var state = read.State is ClientState client ? ClientDecider.WithoutConsentEntries(client) : read.State!;
        var told = replay.StateAt(read.Version);
        return StoredJson.Plain(state) == StoredJson.Plain(told)
            || (told is ClientState { ErasedOn: not null }
                && StoredJson.Plain(state) == StoredJson.Plain(replays.Coded(read.Grain).StateAt(read.Version)));
    }
}
