using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Hosting;

/// <summary>
/// One activation of one grain: load, decide, append, evolve, reply. An engine gives it one turn at a time; should two
/// activations of a grain run by mistake, the store's expected-version check lets only one win, and the other reloads.
/// </summary>
public interface IGrainHost
{
    ValueTask<CommandReply> Execute(CommandEnvelope envelope);

    ValueTask<ReadReply> Read(ReadEnvelope envelope);

    /// <summary>Called when the activation is let go: leaves a fresh snapshot behind if that saves the next start.
    /// </summary>
    void Rest();
}

/// <param name="municipalityOf">The municipality a state belongs to; empty when none.</param>
/// <param name="shelf">Where the engine keeps this activation's snapshots; the store's own table when null.</param>
internal sealed class GrainHost<TState, TDecider>(
    GrainName grain, HostServices services, Func<TState, string> municipalityOf, ISnapshotShelf? shelf = null)
    : IGrainHost
    where TState : class
    where TDecider : IDecider<TState>
{
    private const int MaxAttempts = 4;

    private readonly GrainMemory<TState, TDecider> _memory = new(grain, services, shelf);

    public async ValueTask<CommandReply> Execute(CommandEnvelope envelope)
    {
        if (!AccessPolicy.MaySend(envelope.Caller.Role, grain.Kind, envelope.Command))
        {
            return Forbidden;
        }
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var isFresh = await _memory.Recall();
            var past = envelope.Command is IRevision ? await _memory.Past() : null;
            var intent = Consider(envelope, past);
            if (intent.Reply is { } reply)
            {
                // Nothing is appended that would tell of another activation's events, so a "no" looks for them.
                if (await FirstOutcome(envelope.CommandId) is { } first)
                {
                    return first;
                }
                if (isFresh || !await _memory.CatchUp())
                {
                    return reply;
                }
            }
            else if (intent.Kept is { } kept)
            {
                if (await _memory.Keep(kept, intent.Moment, envelope.Caller.Actor))
                {
                    return Accepted(_memory.Version, _memory.Position);
                }
                await _memory.CatchUp();
            }
            else if (await Append(intent.Request!, intent.Evolved!) is { } done)
            {
                return done;
            }
        }
        throw LimitReached.Met(LimitCodes.GrainContended, "Other processes keep changing this grain; try again.");
    }

    public ValueTask<ReadReply> Read(ReadEnvelope envelope)
    {
        var recalling = _memory.Recall();
        return recalling.IsCompletedSuccessfully ? ReadRecalled(envelope) : ReadAfter(recalling, envelope);
    }

    public void Rest() => _memory.LeaveSnapshot(minNewEvents: 10);

    private static CommandReply Forbidden => new(ReplyKind.Forbidden, 0, 0, null);

    /// <summary>Either a reply that stores nothing, or what to append.</summary>
    /// <param name="envelope">The command.</param>
    /// <param name="past">The whole history, for a command that is decided on it.</param>
    private Intent Consider(CommandEnvelope envelope, IReadOnlyList<PastEvent>? past)
    {
        var (now, today) = services.Clock();
        var moment = new Moment(envelope.OccurredOn ?? today, today, now) { Codes = services.Codes };
        if (_memory.Version > 0 && !MayReach(envelope.Caller, _memory.State))
        {
            return new Intent(Forbidden);
        }
        if (envelope.IfVersion is { } wanted && wanted != _memory.Version)
        {
            return new Intent(new CommandReply(ReplyKind.VersionConflict, _memory.Version, _memory.Position, null));
        }
        var decision = past is null
            ? TDecider.Decide(_memory.State, envelope.Command, moment)
            : TDecider.Revise(past, envelope.Command, moment);
        if (decision.Rejection is { } rejection)
        {
            return new Intent(
                new CommandReply(ReplyKind.Rejected, _memory.Version, _memory.Position, null, rejection));
        }
        if (decision.Events.Count == 0 && (_memory.Version == 0 || envelope.Command is IKeepsByConsent))
        {
            return new Intent(Accepted(_memory.Version, _memory.Position));
        }
        if (decision.Events is [IKeptByConsent kept])
        {
            return new Intent(null, Kept: kept, Moment: moment);
        }
        var evolved = past is null
            ? decision.Events.Aggregate(_memory.State, (s, e) => TDecider.Evolve(s, e, moment.OccurredOn))
            : History.Fold<TState, TDecider>(past, decision.Events, moment);
        return MayReach(envelope.Caller, evolved) || _memory.Version > 0
            ? new Intent(null, Request(envelope, decision.Events, moment, evolved), evolved)
            : new Intent(Forbidden);
    }

    private bool MayReach(Caller caller, TState state) =>
        AccessPolicy.MayReach(caller, grain.Kind, municipalityOf(state));

    private AppendRequest Request(
        CommandEnvelope envelope, IReadOnlyList<IEvent> events, Moment moment, TState evolved) => new()
        {
            Grain = grain,
            ExpectedVersion = _memory.Version,
            CommandId = envelope.CommandId,
            // A move belongs to the register it leaves; the first event to the one it creates the client in.
            Municipality = municipalityOf(_memory.Version > 0 ? _memory.State : evolved),
            Actor = envelope.Caller.Actor,
            OccurredOn = moment.OccurredOn,
            RecordedAt = moment.RecordedAt,
            Events = _memory.Encode(events),
            WrappedKey = _memory.NewWrappedKey,
            ConsentKey = _memory.NewConsentKey(events),
            Erases = events.OfType<IErases>().Select(happened => happened.Erases).Append(Erasure.None).Max(),
        };

    /// <summary>Null when another activation won: reload and decide again.</summary>
    private async ValueTask<CommandReply?> Append(AppendRequest request, TState evolved)
    {
        AppendOutcome outcome;
        try
        {
            outcome = await services.Store.Append(request);
        }
        catch
        {
            _memory.Forget(); // The outcome is unknown; only the store can tell.
            throw;
        }
        switch (outcome.Result)
        {
            case AppendResult.Appended:
                _memory.Advance(evolved, outcome.Version, outcome.Position, request.Erases);
                return Accepted(outcome.Version, outcome.Position);
            case AppendResult.Duplicate:
                await _memory.CatchUp();
                return Accepted(outcome.Version, outcome.Position) with { IsRetry = true };
            default:
                await _memory.CatchUp();
                return null;
        }
    }

    private async ValueTask<CommandReply?> FirstOutcome(Guid commandId) =>
        _memory.Version > 0 && await services.Store.FindOutcome(grain, commandId) is { } first
            ? Accepted(first.Version, first.Position) with { IsRetry = true }
            : null;

    private CommandReply Accepted(long version, long position) =>
        new(ReplyKind.Accepted, version, position, grain.Kind == GrainKind.Client ? null : _memory.State);

    private async ValueTask<ReadReply> ReadAfter(ValueTask<bool> recalling, ReadEnvelope envelope)
    {
        await recalling;
        return await ReadRecalled(envelope);
    }

    private ValueTask<ReadReply> ReadRecalled(ReadEnvelope envelope)
    {
        if (_memory.Version == 0)
        {
            return ValueTask.FromResult(new ReadReply(ReadResult.NotFound, 0, 0, null));
        }
        var municipality = municipalityOf(_memory.State);
        if (!AccessPolicy.MayRead(envelope.Caller, grain.Kind, municipality)
            || (envelope.Kind is ReadKind.UseLog or ReadKind.DisclosureLog
                && !AccessPolicy.MayReadLogs(envelope.Caller.Role)))
        {
            return ValueTask.FromResult(new ReadReply(ReadResult.Forbidden, 0, 0, null));
        }
        return grain.Kind == GrainKind.Client
            ? ReadLogged(envelope, municipality)
            : Answer(envelope);
    }

    private async ValueTask<ReadReply> ReadLogged(ReadEnvelope envelope, string municipality)
    {
        var (now, _) = services.Clock();
        var line = new AccessLine(
            grain, municipality, envelope.Caller.Actor, envelope.Caller.Purpose, UseOf(envelope.Kind), now);
        await services.Store.LogAccess([line]);
        return await Answer(envelope);
    }

    /// <summary>Which data a read uses, as the use log names it.</summary>
    private static string UseOf(ReadKind kind) => kind switch
    {
        ReadKind.History => "history",
        ReadKind.Timeline => "timeline",
        ReadKind.Past => "client-past",
        ReadKind.UseLog => "use-log",
        ReadKind.DisclosureLog => "disclosure-log",
        _ => "client",
    };

    private ValueTask<ReadReply> Answer(ReadEnvelope envelope) => envelope.Kind switch
    {
        ReadKind.State or ReadKind.UseLog or ReadKind.DisclosureLog => ValueTask.FromResult(Found),
        ReadKind.Timeline when envelope.Slice is { } slice => WithPage(slice),
        _ => WithHistory(),
    };

    private async ValueTask<ReadReply> WithHistory() => Found with { History = await _memory.Entries() };

    private async ValueTask<ReadReply> WithPage(HistorySlice slice) => Found with { Page = await _memory.Page(slice) };

    private ReadReply Found => new(ReadResult.Found, _memory.Version, _memory.Position, _memory.State);

    private readonly record struct Intent(
        CommandReply? Reply, AppendRequest? Request = null, TState? Evolved = null, IKeptByConsent? Kept = null,
        Moment Moment = default);
}
