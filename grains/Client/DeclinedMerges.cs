using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Lets a duplicate go on that was ended, because the survivor cannot take over its referrals and contacts any more: it
/// was erased, merged itself, or got too many referrals in between.
/// </summary>
/// <param name="MergeId">The municipality's merge.</param>
/// <param name="SurvivorId">The client that did not take over.</param>
/// <param name="Refusal">Why it did not.</param>
/// <param name="Number">Which of the municipality's decisions the merge is.</param>
public sealed record UndoMerge(string MergeId, string SurvivorId, MergeRefusal Refusal, long Number = 0)
    : IClientCommand, ICarriedOut;

/// <summary>The merge that had ended this client was not possible; this client goes on.</summary>
[StoredAs("client.merge-undone", TimelineKind.Registration)]
public sealed record MergeUndone(string MergeId, string SurvivorId, MergeRefusal Refusal, long Number = 0)
    : IClientEvent, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [SurvivorId];
}

/// <summary>
/// A merge with another client was not possible, and changed nothing here: the duplicate was not ended, or the survivor
/// does not take over. It is an event so that it is decided once, whatever happens to the client afterwards.
/// </summary>
[StoredAs("client.merge-declined", TimelineKind.Registration)]
public sealed record MergeDeclined(string MergeId, string OtherId, MergeRefusal Refusal, long Number)
    : IClientEvent, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [OtherId];
}

/// <summary>A merge that a client did not take part in, or that was undone.</summary>
public sealed record DeclinedMerge(string MergeId, string OtherId, MergeRefusal Refusal, long Number = 0);

/// <summary>
/// A client's part in a merge. The identifier and the other client are not enough: a municipality forgets its oldest
/// merges, and may decide the same again.
/// </summary>
/// <param name="Number">0 for one of an earlier version, which had no numbers.</param>
internal readonly record struct MergeStep(string MergeId, string OtherId, long Number)
{
    public bool IsOf(string mergeId, string otherId, long number) =>
        (MergeId, OtherId) == (mergeId, otherId) && (Number == number || Number == 0 || number == 0);
}

internal static class DeclinedMerges
{
    public static DeclinedMerge? Find(ClientState client, MergeStep merge) => client.DeclinedMerges
        .FirstOrDefault(known => merge.IsOf(known.MergeId, known.OtherId, known.Number));

    public static Decision Decline(MergeStep merge, MergeRefusal why) =>
        Decision.Happened(new MergeDeclined(merge.MergeId, merge.OtherId, why, merge.Number));

    public static Decision Undo(ClientState client, UndoMerge command) =>
        Require.Member(command.Refusal, "refusal") is { } refused ? refused
        : client.MergedInto is { } into && new MergeStep(command.MergeId, command.SurvivorId, command.Number)
            .IsOf(into.MergeId, into.SurvivorId, into.Number)
            ? Decision.Happened(
                new MergeUndone(command.MergeId, command.SurvivorId, command.Refusal, command.Number))
        : Decision.Nothing;

    public static ClientState Evolve(ClientState client, MergeUndone happened) =>
        With(client, new(happened.MergeId, happened.SurvivorId, happened.Refusal, happened.Number)) with
        {
            MergedInto = null,
            Worker = client.MergedInto?.Worker,
        };

    public static ClientState Evolve(ClientState client, MergeDeclined happened) =>
        With(client, new(happened.MergeId, happened.OtherId, happened.Refusal, happened.Number));

    /// <summary>The newest are kept: a merge that is under way is among them.</summary>
    private static ClientState With(ClientState client, DeclinedMerge declined) => client with
    {
        DeclinedMerges = [.. client.DeclinedMerges.TakeLast(Limits.DeclinedMergesKept - 1), declined],
    };
}
