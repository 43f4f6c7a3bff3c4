using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Import;

/// <summary>What became of a line.</summary>
public enum LineStatus
{
    /// <summary>Durable.</summary>
    Accepted = 1,

    /// <summary>The same line had been accepted before, or it says what is known already; nothing happened.</summary>
    Duplicate = 2,

    /// <summary>Refused; see why. Nothing of it is stored.</summary>
    Rejected = 3,

    /// <summary>What is known is of a later day, so this line was not needed; nothing happened.</summary>
    Superseded = 4,
}

/// <summary>What became of a line.</summary>
/// <param name="Position">The place in the log of what it led to; 0 when refused.</param>
/// <param name="Why">Null unless refused or superseded.</param>
public readonly record struct LineResult(LineStatus Status, long Position, Rejection? Why)
{
    public static LineResult Refused(Rejection why) => new(LineStatus.Rejected, 0, why);
}

/// <summary>
/// Turns lines into commands of their grains, one for each, so that a line that is refused has changed nothing. A line
/// sent twice, also by another process or after a crash, has the same command id and happens once. A line that says how
/// something is now is the same line within one import alone: tomorrow's may bring back what today's replaced.
/// </summary>
/// <param name="grains">Where they live.</param>
/// <param name="keys">What derives names.</param>
/// <param name="caller">Who imports.</param>
/// <param name="source">The system whose identifiers the lines use.</param>
/// <param name="import">Distinguishes this import from every other; one that goes on after a crash keeps it.</param>
/// <param name="time">The clock by which it waits for a busy grain.</param>
public sealed class LineImport(
    IGrainCalls grains, ImportKeys keys, Caller caller, string source, Guid import, TimeProvider time)
{
    private const int MostAttempts = 50;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes one line.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="line">As read.</param>
    /// <param name="number">Its place in the import.</param>
    /// <param name="key">A caller's idempotency key, by which the line is known instead of by its content.</param>
    /// <exception cref="StoreFault">The disk failed; send the line again.</exception>
    public async ValueTask<LineResult> Send(ImportKind kind, IImportLine line, long number, string? key = null)
    {
        if (((line as IClientLine) is { } named ? LineRules.Named(named) : null) is { } unnamed)
        {
            return LineResult.Refused(unnamed);
        }
        if ((line.Missing() ?? Undated(kind, line)) is { } missing)
        {
            return LineResult.Refused(missing);
        }
        var envelope = new Envelope(IdOf(kind, line, number, key), caller, line.OccurredOn);
        return Named(line, line switch
        {
            IClientLine about => await SendToClient(envelope with { Register = about.Register() }, about),
            IGrainLine about => ResultOf(await Send(about.Grain(), line.Command(), envelope)),
            _ => throw new NotSupportedException($"Nothing says which grain a {line.GetType().Name} is for."),
        });
    }

    private static Rejection? Undated(ImportKind kind, IImportLine line) =>
        ImportKinds.NeedsDayOrEntry(kind) && string.IsNullOrEmpty(line.Entry())
            ? LineRules.Given((line.OccurredOn, "occurredOn"))
            : null;

    /// <summary>The same id, whichever grain the line's command is sent to.</summary>
    private Guid IdOf(ImportKind kind, IImportLine line, long number, string? key)
    {
        var place = $"{source}\n{ImportKinds.NameOf(kind)}\n";
        return line.Entry() is { Length: > 0 } entry
            ? keys.CommandId($"{place}entry\n{TextForm.OfIdentifier(entry)}", [])
            : keys.CommandId(
                place + (key is not null ? $"{key}\n{number}" : line.SaysHowItIs() ? $"{import:N}\n{number}" : ""),
                LineJson.Write(line));
    }

    /// <summary>Commands call their grain and its register in their own way; the line has its own names.</summary>
    private static LineResult Named(IImportLine line, LineResult result) => (line, result.Why?.Field) switch
    {
        (CommandLine named, "id") => result with { Why = result.Why! with { Field = named.IdField() } },
        (CommandLine, "register") => result with { Why = result.Why! with { Field = "municipality" } },
        _ => result,
    };

    private async ValueTask<LineResult> SendToClient(Envelope envelope, IClientLine line)
    {
        if (string.IsNullOrEmpty(line.ExternalId))
        {
            if (caller.Reach.AreSeveral && line.Municipality is null)
            {
                return LineResult.Refused(NoRegister);
            }
            // One answer for a client who is not there and for one of another register.
            return await Send(GrainName.Client(line.ClientId!), line.Command(), envelope) is var known
                && line.Person() is null && IsUnknownHere(known)
                    ? LineResult.Refused(NotRegistered)
                    : ResultOf(known);
        }
        if (line.Person() is { Municipality: { } register } && !caller.HoldsFor(register))
        {
            // Before any grain is asked: its answer would tell whether the other register knows the person.
            return LineResult.Refused(NotAllowed);
        }
        var clients = await new ExternalIds(grains, keys, caller, source).MeantBy(line.ExternalId, line.Municipality);
        if (line.ClientId is { Length: > 0 } own)
        {
            // One answer for an identifier that means another client, and for a client of another register.
            return await Means(clients, own)
                && await Follow(GrainName.Client(own), line.Command(), envelope) is var taken && !IsUnknownHere(taken)
                ? ResultOf(taken)
                : LineResult.Refused(NotLinked);
        }
        if (await MeansSeveral(clients, line, envelope))
        {
            return LineResult.Refused(Ambiguous);
        }
        var (elsewhere, first) = (default(CommandReply), clients[0]);
        foreach (var meant in clients)
        {
            var (client, reply) = await FollowPastErased(meant, line, envelope);
            first = meant == clients[0] ? client : first;
            if (reply.Rejection?.Code is RejectionCodes.OtherMunicipality)
            {
                elsewhere ??= reply; // The register that the line names may know another client by it.
            }
            else if (!IsUnknownHere(reply))
            {
                return ResultOf(reply);
            }
        }
        if (elsewhere is not null)
        {
            return ResultOf(elsewhere);
        }
        return line.Person() is null
            ? LineResult.Refused(Unknown)
            : ResultOf(await Send(first, line.Command(registers: true), envelope));
    }

    /// <summary>
    /// A referral of a person who was erased begins anew, with a client of another key; what registers know of the
    /// person goes to that one. Where there is none, a line of basic data is refused: the next night's register would
    /// bring back who was erased.
    /// </summary>
    private async ValueTask<(GrainName Client, CommandReply Reply)> FollowPastErased(
        GrainName client, IClientLine line, Envelope envelope)
    {
        for (var erased = default(CommandReply); ; client = GrainName.Client(keys.After(client.Key)))
        {
            var reply = await Follow(client, line.Command(registers: false), envelope);
            if (reply.Rejection?.Code is not RejectionCodes.ClientErased)
            {
                var isAnew = erased is not null && line.Person() is not null && IsUnknownHere(reply);
                return (client, isAnew && line.Command(registers: true) is not ImportReferral ? erased! : reply);
            }
            erased = reply;
        }
    }

    /// <summary>
    /// A sender for several registers has one identifier in each of them: where a line names none of them, it must mean
    /// one client, or the first register could take in what is meant for another's.
    /// </summary>
    private async ValueTask<bool> MeansSeveral(GrainName[] clients, IClientLine line, Envelope envelope)
    {
        if (caller.Reach.Municipalities.Count < 2 || line.Municipality is not null)
        {
            return false;
        }
        var known = 0;
        foreach (var client in clients.Distinct())
        {
            // A version that no grain ever has: nothing is taken, and the answer says whether there is such a client.
            var reply = await Send(
                client, line.Command(registers: false), envelope with { IfVersion = Envelope.NeverVersion });
            known += reply is { Kind: ReplyKind.VersionConflict, Version: > 0 } or { IsRetry: true } ? 1 : 0;
        }
        return known > 1;
    }

    /// <summary>
    /// Another register's client counts as unknown: a sender must not learn from an answer whom other registers know.
    /// </summary>
    private static bool IsUnknownHere(CommandReply reply) => reply.Kind is ReplyKind.Forbidden
        || reply.Rejection?.Code is RejectionCodes.NotRegistered;

    private static Rejection NotRegistered { get; } = new(
        RejectionKind.NotFound, RejectionCodes.NotRegistered, "clientId",
        "No client of this identifier is registered here.");

    private static Rejection Unknown { get; } = LineRules.Problem(
        ImportCodes.ExternalIdUnknown, "externalId", "This identifier means no client that is known here.");

    private static Rejection Ambiguous { get; } = LineRules.Problem(
        ImportCodes.ExternalIdAmbiguous, "externalId",
        "This identifier means clients of several registers: name the municipality.");

    /// <summary>Identifiers of clients are chosen by callers: another register's may have the same.</summary>
    private static Rejection NoRegister { get; } = LineRules.Problem(
        RejectionCodes.FieldRequired, "municipality",
        "A sender for several registers names the client's where it names the client by clientId.");

    private static Rejection NotLinked { get; } = LineRules.Problem(
        ImportCodes.ExternalIdNotLinked, "externalId", "This identifier does not mean the client of clientId.");

    private static Rejection NotAllowed { get; } = LineRules.Problem(
        ImportCodes.NotAllowed, "line", "The sender's role or municipality does not allow this line.");

    private static LineResult ResultOf(CommandReply reply) => reply.Kind switch
    {
        ReplyKind.Accepted => new LineResult(
            reply.IsRetry || reply.IsUnchanged ? LineStatus.Duplicate : LineStatus.Accepted, reply.Position, null),
        ReplyKind.Rejected when IsOlder(reply.Rejection!) =>
            new LineResult(LineStatus.Superseded, 0, reply.Rejection),
        ReplyKind.Rejected => LineResult.Refused(reply.Rejection!),
        _ => LineResult.Refused(NotAllowed),
    };

    private static bool IsOlder(Rejection why) => why.Code
        is RejectionCodes.DetailsTooEarly or RejectionCodes.MoveTooEarly or RejectionCodes.FactTooEarly;

    /// <summary>True when the identifier means this client, or one who was merged into this client.</summary>
    private async ValueTask<bool> Means(GrainName[] clients, string own) =>
        clients.Contains(GrainName.Client(own))
        || (await Look(own, caller.Reach))?.Absorbed.Any(
            merged => clients.Contains(GrainName.Client(merged.DuplicateId))) is true;

    /// <summary>
    /// Sends to the client, or to the one into whom it was merged: who sends lines does not know of that. Only once the
    /// survivor has what the duplicate had: a merge that is under way may still be undone. Then the duplicate's answer
    /// stands, after a while.
    /// </summary>
    private async ValueTask<CommandReply> Follow(GrainName client, ICommand command, Envelope envelope)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await Send(client, command, envelope);
            if (reply.Rejection?.Code is not RejectionCodes.ClientMerged)
            {
                return reply;
            }
            if ((await Look(client.Key, Reach.All))?.MergedInto is { SurvivorId: var survivor }
                && (await Look(survivor, Reach.All))?.Absorbed.Any(merged => merged.DuplicateId == client.Key) is true)
            {
                return await Send(GrainName.Client(survivor), command, envelope);
            }
            if (attempt == MostAttempts)
            {
                return reply;
            }
            await Task.Delay(RetryAfter * attempt, time);
        }
    }

    /// <summary>How a client's merges stand: the platform's own read, with its line in the use log.</summary>
    private async ValueTask<ClientState?> Look(string client, Reach reach) =>
        (await grains.Read<ClientState>(GrainName.Client(client), new ReadRequest(
            new Caller(Role.Coordinator, "lines-of-merged-clients", reach, Purposes.ClientWork),
            ReadKind.Merges))).State;

    /// <summary>A full queue says "try again": an import has time, others may not.</summary>
    private async ValueTask<CommandReply> Send(GrainName grain, ICommand command, Envelope envelope)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await grains.Execute(grain, command, envelope);
            }
            catch (LimitReached) when (attempt < MostAttempts)
            {
                await Task.Delay(RetryAfter * attempt, time);
            }
        }
    }
}
