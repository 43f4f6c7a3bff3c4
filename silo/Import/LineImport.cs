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

    /// <summary>Refused; see why. What was needed to know whom it is about may be stored.</summary>
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
/// Turns lines into commands of their grains. A line sent twice, also by another process or after a crash in its
/// middle, has the same command ids and happens once. A line that says how something is now is the same line within one
/// import alone: tomorrow's may bring back what today's replaced.
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
                GrainName.DropInCentre(line.Subject()!), line.Command(), "main")),
        };
    }

    private async ValueTask<LineResult> SendToClient(Steps steps, IClientLine line)
    {
        var (client, problem) = await ClientOf(steps, line);
        if (client is not { } grain)
        {
            return LineResult.Refused(problem!);
        }
        var reply = await steps.Send(grain, line.Command(), "main");
        return (reply.Rejection?.Code, line) switch
        {
            (RejectionCodes.AlreadyRegistered, ClientLine details) => await Update(steps, grain, details),
            (RejectionCodes.NotRegistered, not ClientLine) when line.Person() is { } person =>
                await steps.Send(grain, person, "register") is { Kind: not ReplyKind.Accepted } refused
                    ? ResultOf(refused)
                    : ResultOf(await steps.Send(grain, line.Command(), "main")),
            _ => ResultOf(reply),
        };
    }

    /// <summary>A client who is registered with other content: what differs is brought up to date.</summary>
    private static async ValueTask<LineResult> Update(Steps steps, GrainName client, ClientLine line)
    {
        var details = await steps.Send(client, line.Details(), "details");
        if (details.Kind != ReplyKind.Accepted)
        {
            return ResultOf(details);
        }
        var moved = ResultOf(await steps.Send(client, new MoveToMunicipality(line.Municipality!), "move"));
        return moved.Status == LineStatus.Duplicate ? ResultOf(details) : moved;
    }

    /// <summary>
    /// Whom a line means. Where nobody is known the identifier is linked first: a crash before the registration leaves
    /// a link to a client who is not there yet, and the line sent again finds it.
    /// </summary>
    private async ValueTask<(GrainName? Client, Rejection? Problem)> ClientOf(Steps steps, IClientLine line)
    {
        if (string.IsNullOrEmpty(line.ExternalId))
        {
            return (GrainName.Client(line.ClientId!), null);
        }
        var id = keys.ExternalId(source, line.ExternalId);
        var known = await grains.Read<ExternalIdState>(id, new ReadRequest(caller));
        if (known is { Result: ReadResult.Forbidden })
        {
            return (null, NotAllowed);
        }
        var meant = known.State?.ClientId;
        if (meant is null && line.ClientId is not { Length: > 0 } && line.Person() is null)
        {
            return (null, LineRules.Problem(
                ImportCodes.ExternalIdUnknown, "externalId", "This identifier means nobody known here."));
        }
        var wanted = line.ClientId is { Length: > 0 } own ? own : meant ?? keys.ClientOf(id);
        if (meant == wanted)
        {
            return (GrainName.Client(meant), null);
        }
        var linked = await steps.Send(id, new LinkExternalId(wanted), "link", today: true);
        return linked.Kind switch
        {
            ReplyKind.Accepted => (GrainName.Client(wanted), null), // The first word counts: another would be refused.
            ReplyKind.Rejected => (null, linked.Rejection),
            _ => (null, NotAllowed),
        };
    }

    private static Rejection NotAllowed { get; } = LineRules.Problem(
        ImportCodes.NotAllowed, "line", "The sender's role or municipality does not allow this line.");

    private static LineResult ResultOf(CommandReply reply) => reply.Kind switch
    {
        ReplyKind.Accepted => new LineResult(
            reply.IsRetry || reply.IsUnchanged ? LineStatus.Duplicate : LineStatus.Accepted, reply.Position, null),
        ReplyKind.Rejected => LineResult.Refused(reply.Rejection!),
        _ => LineResult.Refused(NotAllowed),
    };

    /// <summary>The commands of one line.</summary>
    private sealed class Steps(LineImport lines, IImportLine line, string place)
    {
        private readonly byte[] _content = LineJson.Write(line);

        /// <summary>A full queue says "try again": an import has time, others may not.</summary>
        public async ValueTask<CommandReply> Send(GrainName grain, ICommand command, string step, bool today = false)
        {
            var envelope = new Envelope(
                lines.CommandIdOf(place, step, _content), lines.Sender, today ? null : line.OccurredOn);
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

    private Guid CommandIdOf(string place, string step, ReadOnlySpan<byte> content) =>
        keys.CommandId(place, step, content);
}
