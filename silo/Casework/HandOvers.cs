using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out hand-overs of caseloads, client by client. The municipality's event is the decision; each step has a
/// command id of its own that is the same in every attempt, so nothing happens twice however often it is begun.
/// </summary>
internal sealed class HandOvers(IGrainCalls grains, Caseloads caseloads, TimeProvider time)
{
    private const int AtOnce = 64;

    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(30);

    public async Task CarryOut(CancellationToken stopped)
    {
        foreach (var code in caseloads.Codes)
        {
            foreach (var handOver in Open(code))
            {
                await CarryOut(code, handOver, stopped);
            }
        }
    }

    private IEnumerable<CaseloadHandOver> Open(string code) =>
        caseloads.MunicipalityOf(code)?.HandOvers.Where(handOver => handOver.EndedOn is null) ?? [];

    private async Task CarryOut(string code, CaseloadHandOver handOver, CancellationToken stopped)
    {
        var caller = new Caller(Role.Coordinator, $"hand-over-{handOver.HandOverId}", code, "hand-over of a caseload");
        var done = new HashSet<string>(StringComparer.Ordinal);
        // Whoever was assigned meanwhile is found by the next look. A client that moved away, or was given to somebody
        // else, is asked once and left as is.
        while (Left(code, handOver.FromWorkerId, done) is { Count: > 0 } clients)
        {
            foreach (var some in clients.Chunk(AtOnce))
            {
                stopped.ThrowIfCancellationRequested();
                var replies = await Task.WhenAll(some.Select(client => grains.Execute(
                    GrainName.Client(client),
                    new HandOverClient(handOver.HandOverId, handOver.FromWorkerId, handOver.ToWorkerId),
                    new Envelope(StableId.Guid($"hand-over/{code}/{handOver.HandOverId}/{client}"), caller)).AsTask()));
                done.UnionWith(some);
                await Seen(replies.Max(reply => reply.Position), stopped);
            }
        }
        var ended = await grains.Execute(
            GrainName.Municipality(code), new EndHandOver(handOver.HandOverId),
            new Envelope(StableId.Guid($"hand-over-ended/{code}/{handOver.HandOverId}"), caller));
        await Seen(ended.Position, stopped);
    }

    private List<string> Left(string code, string worker, HashSet<string> done) =>
        [.. caseloads.Ask(code, caseload => caseload.ClientsOf(worker, open: false))!.Where(c => !done.Contains(c))];

    /// <summary>The next look at the caseload sees what was done.</summary>
    private ValueTask Seen(long position, CancellationToken stopped) =>
        caseloads.Clock.WaitFor(position, LongestLag, time, stopped);
}
