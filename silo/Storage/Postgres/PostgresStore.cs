using Npgsql;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>How a process uses a database.</summary>
/// <param name="Alone">
/// This process alone may write: a rule for verification and copies, kept by a lease. Otherwise it shares the database
/// with others that do not write alone.
/// </param>
/// <param name="Patience">How long a call waits for a server that is away.</param>
internal sealed record PostgresUse(bool Alone, TimeSpan Patience)
{
    /// <summary>No other process may write meanwhile.</summary>
    public static PostgresUse ByOneProcess { get; } = new(Alone: true, TimeSpan.FromSeconds(10));

    /// <summary>One of a cluster's processes.</summary>
    public static PostgresUse Cluster { get; } = ByOneProcess with { Alone = false };

    /// <summary>Looks into a copy that its maker still holds.</summary>
    internal bool TakesUnfinishedCopy { get; init; }
}

/// <summary>The event log in a PostgreSQL database, written by one process or by many.</summary>
internal sealed class PostgresStore
    : IEventStore, IIdentityIndex, IDeliveryStore, IClientLogs, IRegisterLogs, ILogEnds
{
    /// <summary>Groups under way at a time.</summary>
    private const int Lanes = 2;

    private readonly PostgresServer _server;
    private readonly PostgresReader _reader;
    private readonly PostgresIdentities _identities;
    private readonly PostgresNotes _kept;
    private readonly PostgresClientLogs _logs;
    private readonly PostgresRegisterLogs _registerLogs;
    private readonly FeedHints _hints;
    private readonly GroupWriter _writer;
    private long _lastPosition;

    /// <summary>Null while the log's key is unknown.</summary>
    private volatile RowSeals? _seals;

    private PostgresStore(PostgresServer server, WriterConnection[] connections, PostgresUse use, long lastPosition)
    {
        (_server, _lastPosition) = (server, lastPosition);
        _reader = new PostgresReader(server, use.Patience);
        _identities = new PostgresIdentities(_reader);
        _kept = new PostgresNotes(server);
        _logs = new PostgresClientLogs(_reader);
        _registerLogs = new PostgresRegisterLogs(_reader);
        _hints = new FeedHints(server, Figures, use.Alone, Look);
        var health = new WriterHealth(Figures);
        var lanes = connections.Select(one => new WriterLane(one, health, Figures, use.Patience, Commit));
        _writer = new GroupWriter([.. lanes], health, Figures);
    }

    public event Action<long>? Committed;

    public StoreFigures Figures { get; } = new("postgres");

    public IReadOnlyList<ChainHead> LogHeads => [.. _writer.LogHeads, .. _kept.LogHeads];

    public long LastPosition => Interlocked.Read(ref _lastPosition);

    /// <summary>Opens a database, and makes the tables where there are none.</summary>
    /// <exception cref="StoreRefusal">Unreachable, unsafe, foreign, newer or in use; says which in a sentence.
    /// </exception>
    public static async Task<PostgresStore> Open(string connectionString, PostgresUse use)
    {
        var server = PostgresServer.Of(connectionString);
        var lease = use.TakesUnfinishedCopy ? null : new WriterLease(isShared: !use.Alone);
        var connections = Enumerable.Range(0, Lanes)
            .Select(lane => new WriterConnection(server, lease, isFirst: lane == 0, use.Patience)).ToArray();
        try
        {
            return new PostgresStore(server, connections, use, await connections[0].Open());
        }
        catch (Exception fault)
        {
            await connections[0].DisposeAsync();
            await server.DisposeAsync();
            throw fault is StoreRefusal ? fault : server.Refusal(fault);
        }
    }

    /// <summary>
    /// What <see cref="Open"/> would find in a database, also while processes work on it; nothing is made or changed.
    /// </summary>
    /// <exception cref="StoreRefusal">What it would refuse.</exception>
    public static async Task<StoreSight> Look(string connectionString)
    {
        await using var server = PostgresServer.Of(connectionString);
        try
        {
            await using var connection = await server.Connect();
            var tables = await PostgresSchema.Examine(connection);
            if (tables.Step == 0)
            {
                return await PostgresSchema.MayBeMade(connection)
                    ? new StoreSight(tables, LastPosition: 0)
                    : throw server.MayNotBeMade;
            }
            return await PostgresSchema.IsUnfinishedCopy(connection)
                ? throw server.UnfinishedCopy
                : new StoreSight(tables, await PostgresSchema.LastPosition(connection));
        }
        catch (Exception fault) when (fault is not StoreRefusal)
        {
            throw server.Refusal(fault);
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request)
    {
        var write = new PendingAppend(request, _seals);
        if (write.Rows > PostgresSchema.MostEvents)
        {
            throw new ArgumentException("One append has no more than 4 095 events.", nameof(request));
        }
        _writer.Enqueue(write);
        return new ValueTask<AppendOutcome>(write.Answer);
    }

    public async ValueTask<bool> AddByConsent(ConsentEntry entry)
    {
        var write = new PendingConsentEntry(entry, _seals);
        _writer.Enqueue(write);
        var outcome = await write.Answer;
        return outcome.Result == AppendResult.Appended;
    }

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) => new(_reader.ReadSnapshot(grain));

    public ValueTask LogAccess(IReadOnlyList<UseLine> lines)
    {
        var write = new PendingAccess([.. lines.Select(LogTexts.Of)], _seals);
        _writer.Enqueue(write);
        return new ValueTask(write.Answer);
    }

    public async ValueTask<long?> LogRead(UseLine line)
    {
        var write = new PendingRead(line, _seals);
        _writer.Enqueue(write);
        return (await write.Answer).Version;
    }

    public async ValueTask<bool> TryBindKey(MasterKey key)
    {
        _seals = new RowSeals(key);
        var holdsRows = string.Join(" OR ", RowSeals.Tables.Select(table => $"EXISTS (SELECT FROM osst.{table})"));
        await using (var first = _server.Source.CreateCommand($"""
            INSERT INTO osst.master_key (mark) SELECT CASE WHEN {holdsRows} THEN $1 ELSE $2 END ON CONFLICT DO NOTHING
            """))
        {
            first.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Mark });
            first.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.SealedMark });
            await first.ExecuteNonQueryAsync();
        }
        await using var known = _server.Source.CreateCommand("SELECT mark FROM osst.master_key");
        return key.IsMarkedBy((string?)await known.ExecuteScalarAsync());
    }

    async ValueTask<IOpenTables> IEventStore.OpenTables()
    {
        try
        {
            return new PostgresTables(await _server.Open());
        }
        catch (Exception fault) when (PostgresServer.Told(fault) is { } told)
        {
            throw told;
        }
    }

    public async ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId)
    {
        var found = await _reader.FindOutcome(grain, commandId);
        if (found is not null)
        {
            var barrier = new PendingBarrier(); // The commit that was found may not be durable yet.
            _writer.Enqueue(barrier);
            await barrier.Answer;
        }
        return found;
    }

    public ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0) =>
        new(_reader.Load(grain, afterVersion));

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max)
    {
        var known = LastPosition;
        var events = await _reader.ReadFeed(after, max);
        var seen = events.Count > 0 ? events[^1].Position : after;
        Raise(seen);
        if (events.Count < max && seen < known)
        {
            _hints.HeldBack();
        }
        return events;
    }

    public ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max) =>
        new(_identities.Without(max));

    public ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max) =>
        new(_identities.Shared(after, max));

    public ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max) =>
        new(_identities.Of(digest, max));

    public ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) =>
        new(_identities.WordsOf(clients));

    public ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) =>
        new(_identities.WordsAfter(after, max));

    public ValueTask Tell(IReadOnlyList<IdentityDigest> identities) => new(_identities.Tell(identities));

    public ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max) =>
        new(_kept.Rows(shelf, after, max));

    public ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided) =>
        new(_kept.TryWrite(changes, provided, _seals));

    public ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines) =>
        new(_kept.Log([.. lines.Select(LogTexts.Of)], _seals));

    public ValueTask<long> EndLines(string log, DateTimeOffset before, int max) =>
        new(PostgresLogEnds.End(_server.Source, log, before, max, _seals));

    public ValueTask<IReadOnlyList<Logged<UseLine>>> Accesses(ClientLogSlice slice) => new(_logs.Accesses(slice));

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(ClientLogSlice slice) =>
        new(_logs.Disclosures(slice));

    public ValueTask<IReadOnlyList<Logged<UseLine>>> UsesIn(RegisterLogSlice slice) => new(_registerLogs.Uses(slice));

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> DisclosuresIn(RegisterLogSlice slice) =>
        new(_registerLogs.Disclosures(slice));

    public ValueTask<IReadOnlyList<RegisterSize>> ClientsByRegister() => new(_registerLogs.ClientsByRegister());

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _hints.DisposeAsync();
        _kept.Dispose();
        await _server.DisposeAsync();
    }

    private void Commit(long position)
    {
        Raise(position);
        Committed?.Invoke(LastPosition);
        _hints.Committed(position);
    }

    private void Look(long position)
    {
        Raise(position);
        Committed?.Invoke(LastPosition);
    }

    /// <summary>Groups of several processes are heard of in any order: the position only grows.</summary>
    private void Raise(long position)
    {
        for (var last = LastPosition; last < position;)
        {
            last = Interlocked.CompareExchange(ref _lastPosition, position, last);
        }
    }
}
