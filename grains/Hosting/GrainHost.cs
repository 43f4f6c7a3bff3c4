using System.Text.Json;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>
/// What every grain does with a command and a read. It knows no Orleans: an activation gives it one command at a time.
/// Should two activations of a grain run by mistake, the log's expected version lets only one win, and the other
/// decides again.
/// </summary>
/// <param name="grain">Which grain.</param>
/// <param name="services">What it stands on.</param>
/// <param name="snapshot">Where its snapshot is kept.</param>
/// <param name="work">Carries out what its events ask for; null where none asks, or nothing is carried out.</param>
public sealed partial class GrainHost<TState, TDecider>(
    GrainName grain, IGrainServices services, ISnapshotPlace snapshot, IOpenWork? work = null)
    : IGrainHost<TState>
    where TState : class
    where TDecider : IDecider<TState>
{
    private const int MaxAttempts = 4;

    private readonly GrainAccess<TState, TDecider> _access = new(grain, services);

    private readonly IGrainMemory<TState> _memory = services.MemoryOf<TState, TDecider>(grain, snapshot);

    public ValueTask<CommandReply> Execute(ICommand command, Envelope envelope) =>
        Execute(command, envelope, endsAgain: false);

    public ValueTask<CommandReply> EndAgain(ICommand command, Envelope envelope) =>
        Execute(command, envelope, endsAgain: true);

    private async ValueTask<CommandReply> Execute(ICommand command, Envelope envelope, bool endsAgain)
    {
        if (!services.MaySend(envelope.Caller.Role, grain.Kind, command))
        {
            return await Deny(command, envelope.Caller);
        }
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var isFresh = await _memory.Recall();
            var past = command is IRevision ? await _memory.Past() : null;
            // A read that interleaves may have found the memory dropped, or caught up behind the past.
            if (_memory.Now is not { } now || (past is not null && past.Count != now.Version))
            {
                continue;
            }
            var intent = Consider(command, envelope, now, past, endsAgain);
            if (intent.Reply is { } reply)
            {
                // A "no" appends nothing that could conflict, so it looks for events of another activation.
                if (await FirstOutcome(command, envelope, now, reply) is { } first)
                {
                    return first;
                }
                if (isFresh || (!await _memory.CatchUp() && _memory.Now?.Version == now.Version))
                {
                    return reply.Kind is ReplyKind.Forbidden
                        ? await Deny(command, envelope.Caller)
                        : await Answered(reply, command, envelope.Caller, intent.Duty);
                }
            }
            else if (intent.Kept is { } kept)
            {
                if (await _memory.AddByConsent(kept, intent.Moment, envelope.Caller.Actor))
                {
                    return Accepted(now.Version, now.Position);
                }
                await _memory.CatchUp();
            }
            else if (await Append(intent.Recording!, now, intent.Evolved!) is { } done)
            {
                return done.IsRetry && await IsOfAnother(command, envelope.CommandId, done.Version)
                    ? new CommandReply(ReplyKind.Rejected, now.Version, now.Position, s_idUsed)
                    : done;
            }
        }
        throw new LimitReached(LimitCodes.GrainContended, "Other processes keep changing this grain; try again.");
    }

    public ValueTask<ReadReply<TState>> Read(ReadRequest request) =>
        _memory.Now is { } now ? ReadRemembered(now, request) : ReadRecalled(request);

    public Task LetGo() => _memory.LetGo();

    private static CommandReply Forbidden => new(ReplyKind.Forbidden, 0, 0);

    private async ValueTask<CommandReply> Deny(ICommand command, Caller caller)
    {
        await _access.LogDenied(await Recalled(), caller, NameOf(command));
        return Forbidden;
    }

    private async ValueTask<ReadReply<TState>> Deny(ReadRequest request, ReadResult why)
    {
        await _access.LogDenied(await Recalled(), request.Caller, UseNames.Of(request.Kind));
        return new ReadReply<TState>(why);
    }

    private async ValueTask<CommandReply> Answered(
        CommandReply reply, ICommand command, Caller caller, AccessBasis? duty)
    {
        if (duty is { } basis)
        {
            await _access.LogUse(await Recalled(), caller, $"answer: {NameOf(command)}", basis);
        }
        return reply;
    }

    private static string NameOf(ICommand command) => JsonNamingPolicy.CamelCase.ConvertName(command.GetType().Name);

    /// <summary>Either a reply that stores nothing, or what to append.</summary>
    /// <param name="command">The command.</param>
    /// <param name="envelope">What travels with it.</param>
    /// <param name="now">What it is decided on.</param>
    /// <param name="past">The whole history, for a command that is decided on it.</param>
    /// <param name="endsAgain">A start ends it again.</param>
    private Intent Consider(
        ICommand command, Envelope envelope, Remembered<TState> now, IReadOnlyList<PastEvent>? past, bool endsAgain)
    {
        var moment = services.MomentOf(envelope.OccurredOn) with
        {
            Actor = envelope.Caller.Actor,
            EndsAgain = endsAgain,
            RightsAreElsewhere = _access.RegisterOf(now.State) != _access.MunicipalityOf(now.State),
            ActsAs = envelope.Caller.StandingIn(_access.RegisterOf(now.State))?.ActsAs ?? [],
        };
        // First of all: who may not send it gets one and the same answer, whatever the state.
        if (!_access.MaySend(command, envelope, now, out var duty))
        {
            return new Intent(Forbidden);
        }
        if (services.NotTheirs(envelope.Caller.Role, command, moment) is { } notTheirs)
        {
            return new Intent(
                new CommandReply(ReplyKind.Rejected, now.Version, now.Position, notTheirs), Duty: duty);
        }
        if (envelope.Register is { } register && now.Version > 0
            && !_access.IsFor(register, command, now.State))
        {
            return new Intent(
                new CommandReply(ReplyKind.Rejected, now.Version, now.Position, Refuse.OtherRegister), Duty: duty);
        }
        if (envelope.IfVersion is { } wanted && wanted != now.Version)
        {
            return new Intent(new CommandReply(ReplyKind.VersionConflict, now.Version, now.Position), Duty: duty);
        }
        var decision = past is not null ? TDecider.Revise(past, command, moment)
            : now.Version == 0 && TDecider.Fits(grain.Key, moment) is { } misfit ? misfit
            : TDecider.Elsewhere(grain.Key, command, moment) is { } elsewhere ? elsewhere
            : TDecider.Decide(now.State, command, moment);
        if (decision.Rejection is { } rejection)
        {
            return new Intent(
                new CommandReply(ReplyKind.Rejected, now.Version, now.Position, rejection), Duty: duty);
        }
        if (decision.Events.Count == 0 && (now.Version == 0 || command is IConsentCommand))
        {
            return new Intent(Accepted(now.Version, now.Position) with { IsUnchanged = true }, Duty: duty);
        }
        if (decision.Events is [IConsentEvent kept])
        {
            return new Intent(null, Kept: kept, Moment: moment);
        }
        var (evolved, registers) = Evolution.Of<TState, TDecider>(
            now, decision.Events, past, moment, _access.MunicipalityOf);
        return now.Version > 0 || _access.MayReach(envelope.Caller, evolved)
            ? new Intent(
                null, new Recording(envelope.CommandId, registers, envelope.Caller.Actor, moment, decision.Events),
                evolved)
            : new Intent(Forbidden);
    }

    /// <summary>Null when another activation won: decide again.</summary>
    private async ValueTask<CommandReply?> Append(Recording recording, Remembered<TState> decidedOn, TState evolved)
    {
        await KeepForLogs(recording, decidedOn.State);
        if (work is not null && recording.Events.OfType<IOpensWork>().ToArray() is { Length: > 0 } opened)
        {
            // First: after a crash behind the event a reminder must come back to it.
            await work.Expect(grain, opened.Any(static happened => happened.InOneFile));
        }
        var outcome = await _memory.Append(recording, decidedOn.Version, evolved);
        return outcome.Result switch
        {
            AppendResult.Appended => Accepted(outcome.Version, outcome.Position) with
            {
                IsUnchanged = recording.Events.Count == 0,
            },
            AppendResult.Duplicate => Accepted(outcome.Version, outcome.Position) with { IsRetry = true },
            AppendResult.Conflict => null,
            _ => throw new ArgumentOutOfRangeException(nameof(recording)),
        };
    }

    private static CommandReply Accepted(long version, long position) => new(ReplyKind.Accepted, version, position);

    private async ValueTask<ReadReply<TState>> ReadRecalled(ReadRequest request) =>
        await ReadRemembered(await Recalled(), request);

    private async ValueTask<Remembered<TState>> Recalled()
    {
        Remembered<TState>? now;
        while ((now = _memory.Now) is null)
        {
            await _memory.Recall();
        }
        return now;
    }

    private ValueTask<ReadReply<TState>> ReadRemembered(Remembered<TState> now, ReadRequest request)
    {
        if (now.Version == 0)
        {
            // It never shows whether there is a client whom another register has.
            return ValueTask.FromResult(new ReadReply<TState>(
                grain.Kind == GrainKind.Client
                    && !(services.MayReadClients(request.Caller.Role) && request.Caller.Reach.IsAll)
                    ? ReadResult.Forbidden
                    : ReadResult.NotFound));
        }
        if (!services.MayRead(request.Caller, grain.Kind, _access.MunicipalityOf(now.State), request.Kind))
        {
            return Deny(request, ReadResult.Forbidden);
        }
        if (grain.Kind == GrainKind.Client)
        {
            return _access.BasisOf(request.Caller, now.State, request.Kind) is not { } basis
                ? Deny(request, ReadResult.Forbidden)
                : request.Caller.Purpose is null ? Deny(request, ReadResult.PurposeMissing)
                : ReadLogged(now, request, basis);
        }
        return request.Kind is ReadKind.State ? ValueTask.FromResult(Found(now))
            : Answer(now, request);
    }

    /// <summary>
    /// The line is durable before anything leaves. It also fences an activation that stood still while the cluster gave
    /// the grain to another one: what it has missed, an erasure or another worker, is read before it answers.
    /// </summary>
    private async ValueTask<ReadReply<TState>> ReadLogged(
        Remembered<TState> judged, ReadRequest request, AccessBasis basis)
    {
        if (await _access.LogUse(judged, request.Caller, UseNames.Of(request.Kind), basis) is { } last)
        {
            await _memory.CatchUpTo(last);
        }
        return await Answer(judged, request, basis);
    }

    /// <summary>
    /// Answers with what is remembered at the end of all waits: meanwhile the person may have been erased, may have
    /// moved to another register, or may have another worker. Such a read is judged anew, and has a line by what then
    /// holds.
    /// </summary>
    private async ValueTask<ReadReply<TState>> Answer(
        Remembered<TState> judged, ReadRequest request, AccessBasis? basis = null)
    {
        var (generation, all) = (_memory.Generation, services.MayReadLogs(request.Caller.Role));
        var history = request.Kind is not (ReadKind.History or ReadKind.Past) ? null
            : all ? await _memory.Entries()
            : [.. (await _memory.Entries()).Where(entry => !EventCatalogue.IsOfLogs(entry.Type))];
        var page = request is { Kind: ReadKind.Timeline, Slice: { } slice } ? await _memory.Page(slice, all) : null;
        return generation == _memory.Generation && _memory.Now is { Version: > 0 } now
            && _access.RegisterOf(now.State) == _access.RegisterOf(judged.State)
            && (basis is null || ReferenceEquals(now.State, judged.State)
                || _access.BasisOf(request.Caller, now.State, request.Kind) == basis)
                ? Found(now) with { History = history, Page = page }
                : await Read(request);
    }

    private static ReadReply<TState> Found(Remembered<TState> now) =>
        new(ReadResult.Found, now.Version, now.Position, now.State);

    private readonly record struct Intent(
        CommandReply? Reply, Recording? Recording = null, TState? Evolved = null, IConsentEvent? Kept = null,
        Moment Moment = default, AccessBasis? Duty = null);
}
