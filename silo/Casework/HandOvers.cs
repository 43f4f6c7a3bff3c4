using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out hand-overs of caseloads, client by client. The municipality's event is the decision; each step has a
/// command id of its own that is the same in every attempt, so nothing happens twice however often it is begun. The
/// decision's number is in it: the municipality forgets hand-overs of long ago, and the same may be decided again, on
/// the same day, too.
/// </summary>
internal sealed class HandOvers(IGrainCalls grains, StepIds ids, string code, Reach reach)
{
    private const int AtOnce = 64;

    /// <param name="handOver">What was decided.</param>
    /// <param name="caseload">The register's clients, as far as the decision at least.</param>
    /// <param name="stopped">Ends it between two steps.</param>
    public async Task CarryOut(CaseloadHandOver handOver, CaseloadReplay caseload, CancellationToken stopped)
    {
        var caller = new Caller(
            Role.Coordinator, $"hand-over-{handOver.HandOverId}", reach, Purposes.ClientWork);
        var decision = $"{code}/{handOver.Number}";
        var done = new HashSet<string>(StringComparer.Ordinal);
        // A client assigned meanwhile is found by the next look. A client that moved away, or has another worker by
        // now, is asked once and left as is.
        while (Left(caseload, handOver.FromWorkerId, done) is { Count: > 0 } clients)
        {
            foreach (var some in clients.Chunk(AtOnce))
            {
                stopped.ThrowIfCancellationRequested();
                var replies = await Task.WhenAll(some.Select(client => grains.Execute(
                    GrainName.Client(client),
                    new HandOverClient(handOver.HandOverId, handOver.FromWorkerId, handOver.ToWorkerId),
                    new Envelope(ids.Of($"hand-over/{decision}/{client}"), caller)).AsTask()));
                Steps.Demand(replies, RejectionCodes.ClientMerged, RejectionCodes.ClientErased);
                done.UnionWith(some);
                await caseload.ReadAll(replies.Max(reply => reply.Position), stopped);
            }
        }
        Steps.DemandDone(await grains.Execute(
            GrainName.Municipality(code), new EndHandOver(handOver.HandOverId),
            new Envelope(ids.Of($"hand-over-ended/{decision}"), caller)));
    }

    private static List<string> Left(CaseloadReplay caseload, string worker, HashSet<string> done) =>
        [.. caseload.ClientsOf(worker).Where(client => !done.Contains(client))];
}
