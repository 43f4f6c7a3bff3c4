using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Lets a duplicate go on that was ended, because the survivor cannot take over its referrals and contacts any more: it
/// was erased, merged itself, or got too many referrals in between.
/// </summary>
/// <param name="MergeId">The municipality's merge.</param>
/// <param name="SurvivorId">The client that did not take over.</param>
/// <param name="Refusal">Why it did not.</param>
public sealed record UndoMerge(string MergeId, string SurvivorId, MergeRefusal Refusal) : IClientCommand, ICarriedOut;

/// <summary>The merge that had ended this client was not possible; this client goes on.</summary>
[StoredAs("client.merge-undone", TimelineKind.Registration)]
public sealed record MergeUndone(string MergeId, string SurvivorId, MergeRefusal Refusal)
    : IClientEvent, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [SurvivorId];
}

/// <summary>A merge that had ended a client and was undone.</summary>
public sealed record UndoneMerge(string MergeId, string SurvivorId, MergeRefusal Refusal);

internal static class UndoneMerges
{
    public static Decision Undo(ClientState client, UndoMerge command) =>
        Require.Member(command.Refusal, "refusal") is { } refused ? refused
        : client.MergedInto is { } into && into.MergeId == command.MergeId && into.SurvivorId == command.SurvivorId
            ? Decision.Happened(new MergeUndone(command.MergeId, command.SurvivorId, command.Refusal))
        : Decision.Nothing;

    public static ClientState Evolve(ClientState client, MergeUndone happened) => client with
    {
        MergedInto = null,
        UndoneMerge = new UndoneMerge(happened.MergeId, happened.SurvivorId, happened.Refusal),
    };
}
