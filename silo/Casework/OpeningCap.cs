using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Keeps the daily number of openings without a relationship. A client does not know what else its opener has opened;
/// the caseloads do, and what they have not seen yet is counted here. One person's openings of this process go one
/// after the other, and wait for no other person's; another process's may be missed for as long as the caseloads are
/// behind.
/// </summary>
internal sealed class OpeningCap(IGrainCalls calls, Caseloads caseloads, GrainServices services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Opener> _openers = new(StringComparer.Ordinal);

    /// <summary>Opens a client, or refuses by the day's number.</summary>
    /// <exception cref="OperationCanceledException">The request was over before the client was asked.</exception>
    /// <exception cref="LimitReached">It is not known at present whether the day's number is reached.</exception>
    public async ValueTask<CommandReply> Open(
        GrainName client, OpenAccess command, Envelope envelope, CancellationToken over)
    {
        var opener = Enter(envelope.Caller.Actor);
        try
        {
            await opener.Turn.WaitAsync(over);
            try
            {
                // Before anything is asked about the client: whom the caller may open must not be learnt from it.
                if (await RefusalOf(envelope.Caller.Actor, opener, over) is { } refused
                    && await services.Store.FindOutcome(client, envelope.CommandId) is null)
                {
                    await LogRefused(client, envelope.Caller);
                    return new CommandReply(ReplyKind.Rejected, 0, 0, refused);
                }
                var reply = await calls.Until(over).Execute(client, command, envelope);
                if (reply.Kind is ReplyKind.Accepted)
                {
                    opener.Accepted.Add(reply.Position);
                }
                return reply;
            }
            finally
            {
                opener.Turn.Release();
            }
        }
        finally
        {
            Leave(opener);
        }
    }

    /// <summary>
    /// Counts what the caseloads show and what they have not seen. They show the events of a batch before they say that
    /// they have seen it, so a "no" is given only once nothing can be counted twice.
    /// </summary>
    private async ValueTask<Rejection?> RefusalOf(string actor, Opener opener, CancellationToken over)
    {
        var seen = caseloads.Clock.Now.Position;
        opener.Accepted.RemoveWhere(position => position <= seen);
        if (Openings.Refusal(OpenedToday(actor) + opener.Accepted.Count) is null)
        {
            return null;
        }
        foreach (var position in opener.Accepted)
        {
            await caseloads.Clock.WaitFor(position, Patience, services.Time, over);
        }
        return Openings.Refusal(OpenedToday(actor));
    }

    private Opener Enter(string actor)
    {
        lock (_openers)
        {
            var opener = _openers.GetValueOrDefault(actor) ?? (_openers[actor] = new Opener());
            opener.Calls++;
            return opener;
        }
    }

    /// <summary>Forgets all who open nothing now, and whose openings the caseloads have seen.</summary>
    private void Leave(Opener opener)
    {
        var seen = caseloads.Clock.Now.Position;
        lock (_openers)
        {
            opener.Calls--;
            foreach (var (actor, known) in _openers)
            {
                if (known.Calls == 0 && known.Accepted.All(position => position <= seen))
                {
                    _openers.Remove(actor);
                }
            }
        }
    }

    /// <summary>Another register's log has no line of one who holds nothing there, as of no other refusal.</summary>
    private async ValueTask LogRefused(GrainName client, Caller caller)
    {
        if (caseloads.CodeOf(client.Key) is { } code && caller.HoldsFor(code))
        {
            await services.Denied.Log(new UseLine(
                client, services.RegisterOf(code), caller.Actor, caller.Purpose ?? "-",
                $"denied: {nameof(OpenAccess)}, day's number", services.Time.GetUtcNow()));
        }
    }

    private int OpenedToday(string actor)
    {
        var today = services.Clock().Today;
        return caseloads.Codes.Sum(code => caseloads.Ask(code, caseload => caseload.Openings.Count(opening =>
            opening.OpenedBy == actor && GrainServices.DayOf(opening.OpenedAt) == today)));
    }

    /// <summary>A person who opens clients now, or did a moment ago.</summary>
    private sealed class Opener
    {
        /// <summary>Calls that are here; under the lock of all.</summary>
        public int Calls { get; set; }

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Positions of openings that the caseloads may not have seen; in the person's turn.</summary>
        public HashSet<long> Accepted { get; } = [];
    }
}
