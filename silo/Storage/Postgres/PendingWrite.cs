using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// One caller's part of a group. It is answered when the group's transaction is on disk; continuations never run in the
/// writer's loop.
/// </summary>
internal abstract class PendingWrite : IWatchedWrite
{
    private readonly TaskCompletionSource<AppendOutcome> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteWatch Watch { get; set; }

    /// <summary>Set while the group runs; answered when it is durable.</summary>
    public AppendOutcome Outcome { get; set; }

    public Task<AppendOutcome> Answer => _answer.Task;

    /// <summary>About how much it sends.</summary>
    public abstract long Bytes { get; }

    public void Succeed() => _answer.SetResult(Outcome);

    public virtual void Fail(Exception fault) => _answer.SetException(fault);
}

internal sealed class PendingAppend(AppendRequest request, RowSeals? seals) : PendingWrite
{
    private readonly byte[][]? _seals = seals?.Of(request); // Here the caller works, and not the one writer.

    public AppendRequest Request { get; } = request;

    /// <summary>The stream's name.</summary>
    public string Stream { get; } = request.Grain.ToString();

    /// <summary>The seal of a row; null while the log's key is unknown.</summary>
    public byte[]? SealOf(int row) => _seals?[row];

    /// <summary>One for each event; a command without events has one, too.</summary>
    public int Rows => Math.Max(1, Request.Events.Count);

    public override long Bytes => Request.Events.Sum(happened => (long)happened.Data.Length + happened.Personal.Length);
}

/// <summary>The result is Appended when it was taken, else Conflict.</summary>
internal sealed class PendingConsentEntry(ConsentEntry entry, RowSeals? seals) : PendingWrite
{
    public byte[] Seal { get; } =
        seals?.OfKept(entry.Grain.ToString(), entry.Mark.Span, entry.Sealed.Span) ?? [];

    public ConsentEntry Entry { get; } = entry;

    public override long Bytes => Entry.Sealed.Length + 200L;
}

/// <summary>
/// Nothing that is kept. A server makes commits durable in their order: when this one is, so is each that was seen
/// before it.
/// </summary>
internal sealed class PendingBarrier : PendingWrite
{
    /// <summary>
    /// It fails where the server's disk is full, or this user may not write; a record in the log alone
    /// needs neither room nor rights.
    /// </summary>
    public bool IsTrial { get; init; }

    public override long Bytes => 0;
}

internal class PendingAccess(IReadOnlyList<UseLine> lines, RowSeals? seals) : PendingWrite
{
    /// <summary>The lines, each with a name of its own: what is sent twice is stored once.</summary>
    public IReadOnlyList<StoredLine> Lines { get; private set; } = [];

    public override long Bytes => lines.Count * 200L;

    /// <summary>Puts the lines behind a chain's last one. Sent behind another chain they are other lines.</summary>
    public void JoinTo(LogChain chain) => Lines =
    [
        .. lines.Select(line =>
        {
            var (link, seal) = chain.Add(line, seals);
            return new StoredLine(Guid.CreateVersion7(chain.NotBefore(line.At)), line, link, seal);
        }),
    ];

    public readonly record struct StoredLine(Guid Id, UseLine Line, ChainLink Link, byte[] Seal);
}

/// <summary>The line of a read: the outcome's version is the last one of the client's stream beside it.</summary>
internal sealed class PendingRead(UseLine line, RowSeals? seals) : PendingAccess([line], seals)
{
    public string Stream { get; } = line.Client.ToString();
}
