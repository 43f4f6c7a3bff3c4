using System.Threading.Tasks.Sources;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// One caller's part of the next group commit. It is applied inside the shared transaction and answered only after
/// that transaction is on disk; continuations never run on the writer's thread.
/// </summary>
internal abstract class PendingWrite : IValueTaskSource<AppendOutcome>, IValueTaskSource, IWatchedWrite
{
    private ManualResetValueTaskSourceCore<AppendOutcome> _completion = new() { RunContinuationsAsynchronously = true };
    private AppendOutcome _outcome;

    public WriteWatch Watch { get; set; }

    public ValueTask<AppendOutcome> Outcome => new(this, _completion.Version);

    public ValueTask Done => new(this, _completion.Version);

    /// <summary>What it has erased still lies in the write-ahead log when it is durable.</summary>
    public virtual bool Erases => false;

    public void ApplyTo(SqliteTables tables) => _outcome = Apply(tables);

    public void Succeed() => _completion.SetResult(_outcome);

    public void Fail(Exception fault) => _completion.SetException(fault);

    protected abstract AppendOutcome Apply(SqliteTables tables);

    AppendOutcome IValueTaskSource<AppendOutcome>.GetResult(short token) => _completion.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _completion.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}

internal sealed class PendingAppend(AppendRequest request, RowSeals? seals) : PendingWrite
{
    private readonly byte[][]? _seals = seals?.Of(request); // Here the caller works, and not the one writer.

    public override bool Erases => request.Erases != Erasure.None || request.EndsMatters > 0
        || request.EndsSealing > 0;

    protected override AppendOutcome Apply(SqliteTables tables) => tables.Append(request, _seals);
}

/// <summary>The result is Appended when it was taken, else Conflict.</summary>
internal sealed class PendingConsentEntry(ConsentEntry entry) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables) =>
        new(tables.AddByConsent(entry) ? AppendResult.Appended : AppendResult.Conflict, 0, 0);
}

internal sealed class PendingSnapshot(GrainName grain, GrainSnapshot snapshot) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables)
    {
        tables.SaveSnapshot(grain, snapshot);
        return default;
    }
}

internal sealed class PendingIdentities(IReadOnlyList<IdentityDigest> identities) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables)
    {
        foreach (var identity in identities)
        {
            tables.TellIdentity(identity);
        }
        return default;
    }
}

internal sealed class PendingAccess(IReadOnlyList<UseLine> lines) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables)
    {
        foreach (var line in lines)
        {
            tables.LogAccess(line);
        }
        return default;
    }
}
