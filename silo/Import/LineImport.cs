using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
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
}

/// <summary>What became of a line.</summary>
/// <param name="Position">The place in the log of what it led to; 0 when refused.</param>
/// <param name="Why">Null unless refused.</param>
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
/// <param name="import">Tells this import from every other; one that goes on after a crash keeps it.</param>
public sealed class LineImport(IGrainCalls grains, ImportKeys keys, Caller caller, string source, Guid import)
{
    private const int MostAttempts = 50;
    private const int RetryAfterMs = 20;

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
        if (line.Missing() is { } missing)
        {
            return LineResult.Refused(missing);
        }
        var place = key is not null ? $"{key}\n{number}" : line.SaysHowItIs() ? $"{import:N}\n{number}" : "";
        var steps = new Steps(this, line, $"{source}\n{ImportKinds.NameOf(kind)}\n{place}");
        return line switch
        {
            IClientLine about => await SendToClient(steps, about),
            _ => ResultOf(await steps.Send(
                GrainName.DropInCentre(line.Subject()!), line.Command())),
        };
    }

    private async ValueTask<LineResult> SendToClient(Steps steps, IClientLine line)
    {
        if (string.IsNullOrEmpty(line.ExternalId))
        {
            return ResultOf(await steps.Send(GrainName.Client(line.ClientId!), line.Command()));
        }
        var clients = await MeantBy(line);
        if (line.ClientId is { Length: > 0 } own)
        {
            // One answer for an identifier that means another client, and for a client of another register.
            return clients.Contains(GrainName.Client(own))
                && await steps.Send(GrainName.Client(own), line.Command()) is var taken && !IsNobodyHere(taken)
                ? ResultOf(taken)
                : LineResult.Refused(NotLinked);
        }
        CommandReply? elsewhere = null;
        foreach (var client in clients)
        {
            var reply = await steps.Send(client, line.Command(registers: false));
            if (reply.Rejection?.Code is RejectionCodes.OtherMunicipality)
            {
                elsewhere ??= reply; // The register that the line names may know another client by it.
            }
            else if (!IsNobodyHere(reply))
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
            : ResultOf(await steps.Send(clients[0], line.Command(registers: true)));
    }

    /// <summary>
    /// Another register's client is nobody here: a sender must not learn from an answer whom other registers know.
    /// </summary>
    private static bool IsNobodyHere(CommandReply reply) => reply.Kind is ReplyKind.Forbidden
        || reply.Rejection?.Code is RejectionCodes.NotRegistered;

    /// <summary>
    /// Whom an identifier may mean, in the order to ask; the first one is who is registered by it. A sender for one
    /// municipality has identifiers of its own, so that it can claim none that another register will use, and knows
    /// those clients of its register whom a sender for all has registered.
    /// </summary>
    private async ValueTask<GrainName[]> MeantBy(IClientLine line)
    {
        var everywhere = keys.ExternalId(source, line.ExternalId!);
        GrainName[] ids = caller.Municipality is { } own
            ? [keys.ExternalId(source, line.ExternalId!, own), everywhere]
            : line.Person()?.Municipality is { } register
            ? [everywhere, keys.ExternalId(source, line.ExternalId!, register)]
            : [everywhere];
        var clients = new GrainName[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            clients[i] = GrainName.Client(await LinkOf(ids[i], everywhere) ?? keys.ClientOf(ids[i]));
        }
        return clients;
    }

    /// <summary>
    /// Earlier versions let any sender link an identifier for all registers to a client of its own. Such a link holds
    /// for senders of that client's register alone: one for all would follow it into a register that claimed it.
    /// </summary>
    private async ValueTask<string?> LinkOf(GrainName id, GrainName everywhere) =>
        id == everywhere && caller.Municipality is null
            ? null
            : (await grains.Read<ExternalIdState>(id, new ReadRequest(caller))).State?.ClientId;

    private static Rejection Unknown { get; } = LineRules.Problem(
        ImportCodes.ExternalIdUnknown, "externalId", "This identifier means nobody known here.");

    private static Rejection NotLinked { get; } = LineRules.Problem(
        ImportCodes.ExternalIdNotLinked, "externalId", "This identifier does not mean the client of clientId.");

    private static Rejection NotAllowed { get; } = LineRules.Problem(
        ImportCodes.NotAllowed, "line", "The sender's role or municipality does not allow this line.");

    private static LineResult ResultOf(CommandReply reply) => reply.Kind switch
    {
        ReplyKind.Accepted => new LineResult(
            reply.IsRetry || reply.IsUnchanged ? LineStatus.Duplicate : LineStatus.Accepted, reply.Position, null),
        ReplyKind.Rejected => LineResult.Refused(reply.Rejection!),
        _ => LineResult.Refused(NotAllowed),
    };

    /// <summary>The command of one line: the same id, whichever grain it is sent to.</summary>
    private sealed class Steps(LineImport lines, IImportLine line, string place)
    {
        private readonly byte[] _content = LineJson.Write(line);

        /// <summary>A full queue says "try again": an import has time, others may not.</summary>
        public async ValueTask<CommandReply> Send(GrainName grain, ICommand command)
        {
            var envelope = new Envelope(lines.CommandIdOf(place, _content), lines.Sender, line.OccurredOn);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await lines.Grains.Execute(grain, command, envelope);
                }
                catch (LimitReached) when (attempt < MostAttempts)
                {
                    await Task.Delay(attempt * RetryAfterMs);
                }
            }
        }
    }

    private Caller Sender => caller;

    private IGrainCalls Grains => grains;

    private Guid CommandIdOf(string place, ReadOnlySpan<byte> content) => keys.CommandId(place, content);
}
