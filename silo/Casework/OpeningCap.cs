using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Keeps the daily number of openings without a relationship. A client does not know what else its opener has opened;
/// the caseloads do. Openings of this process go one after the other, each after the projections have seen the one
/// before; another process's may be missed for as long as they are behind.
/// </summary>
internal sealed class OpeningCap(IGrainCalls calls, Caseloads caseloads, GrainServices services) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask<CommandReply> Open(GrainName client, OpenAccess command, Envelope envelope)
    {
        await _turn.WaitAsync();
        try
        {
            // Before anything is asked about the client: whom the caller may open must not be learnt from the answer.
            if (Openings.Refusal(OpenedToday(envelope.Caller.Actor)) is { } refused
                && await services.Store.FindOutcome(client, envelope.CommandId) is null)
            {
                await LogRefused(client, envelope.Caller);
                return new CommandReply(ReplyKind.Rejected, 0, 0, refused);
            }
            var reply = await calls.Execute(client, command, envelope);
            if (reply.Kind is ReplyKind.Accepted)
            {
                await caseloads.Clock.WaitFor(reply.Position, Patience, services.Time, CancellationToken.None);
            }
            return reply;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Another register's log has no line of one who holds nothing there, as of no other refusal.</summary>
    private async ValueTask LogRefused(GrainName client, Caller caller)
    {
        if (caseloads.CodeOf(client.Key) is { } register && caller.HoldsFor(register))
        {
            await services.Denied.Log(new UseLine(
                client, register, caller.Actor, caller.Purpose ?? "-", $"denied: {nameof(OpenAccess)}, day's number",
                services.Time.GetUtcNow()));
        }
    }

    private int OpenedToday(string actor)
    {
        var today = services.Clock().Today;
        return caseloads.Codes.Sum(code => caseloads.Ask(code, caseload => caseload.Openings.Count(opening =>
            opening.OpenedBy == actor && GrainServices.DayOf(opening.OpenedAt) == today)));
    }
}
