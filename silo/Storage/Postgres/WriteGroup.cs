namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// What goes into one transaction: bounded in number, rows and bytes, and at most one append of each stream, so that
/// the appends of a group cannot stand in each other's way.
/// </summary>
internal sealed class WriteGroup
{
    private const int MostWrites = 1_024;
    private const long MostBytes = 16L << 20;

    private readonly HashSet<string> _streams = new(StringComparer.Ordinal);
    private long _bytes;
    private int _count;

    public WriteGroup(params IEnumerable<PendingWrite> writes)
    {
        foreach (var write in writes)
        {
            TryAdd(write);
        }
    }

    public List<PendingAppend> Appends { get; } = [];

    public List<PendingAccess> Accesses { get; } = [];

    /// <summary>Those of the accesses that ask where their client's stream stands.</summary>
    public List<PendingRead> Reads { get; } = [];

    public List<PendingConsentEntry> Keeps { get; } = [];

    public List<PendingBarrier> Barriers { get; } = [];

    public IEnumerable<PendingWrite> All => [.. Appends, .. Keeps, .. Accesses, .. Barriers];

    /// <summary>
    /// The group was sent before, and its outcome is unknown. If all of it is stored already, this transaction
    /// changes nothing, and a server answers that without making anything durable.
    /// </summary>
    public bool IsRepeated { get; set; }

    public int Count => _count;

    /// <summary>Rows of the appends.</summary>
    public int Rows { get; private set; }

    /// <summary>True when it has what the write must not overtake: an append of its stream.</summary>
    public bool IsAheadOf(PendingWrite write) => write is PendingAppend append && _streams.Contains(append.Stream);

    /// <summary>False when the write belongs into the next group. The first one always fits.</summary>
    public bool TryAdd(PendingWrite write)
    {
        var rows = (write as PendingAppend)?.Rows ?? 0;
        if (_count > 0 && (_count >= MostWrites || _bytes + write.Bytes > MostBytes
            || Rows + rows > PostgresSchema.MostEvents))
        {
            return false;
        }
        switch (write)
        {
            case PendingAppend append when !_streams.Add(append.Stream):
                return false;
            case PendingAppend append:
                Appends.Add(append);
                break;
            case PendingConsentEntry keep:
                Keeps.Add(keep);
                break;
            case PendingAccess access:
                Accesses.Add(access);
                Reads.AddRange(access is PendingRead read ? [read] : []);
                break;
            case PendingBarrier barrier:
                Barriers.Add(barrier);
                break;
        }
        (_count, _bytes, Rows) = (_count + 1, _bytes + write.Bytes, Rows + rows);
        return true;
    }
}
