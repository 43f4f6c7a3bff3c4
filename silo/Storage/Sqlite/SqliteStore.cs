using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Telemetry;
using SQLitePCL;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>The event log in one SQLite file: WAL, synchronous=FULL, one writer, many readers.</summary>
internal sealed class SqliteStore
    : IEventStore, ISnapshotTable, IIdentityIndex, IDeliveryStore, IClientLogs, IRegisterLogs, ILogEnds
{
    /// <summary>The file's name inside the data folder.</summary>
    public const string FileName = "osst.db";

    private const string LockName = "osst.lock";

    private readonly FileStream _lock;
    private readonly GroupCommit _writer;
    private readonly SqliteReaders _readers;
    private readonly string _path;

    private SqliteStore(FileStream exclusive, Database writer, string folder, bool wasKilled)
    {
        var path = Path.Combine(folder, FileName);
        (_lock, _path) = (exclusive, path);
        _writer = new GroupCommit(
            writer, HighWater.Open(folder), new LogRenewal(path, isDue: wasKilled), Figures,
            position => Committed?.Invoke(position));
        _readers = new SqliteReaders(path);
    }

    public event Action<long>? Committed;

    public StoreFigures Figures { get; } = new("sqlite");

    public IReadOnlyList<ChainHead> LogHeads => _writer.LogHeads;

    public long LastPosition => _writer.LastPosition;

    /// <summary>Opens or creates the store in a folder.</summary>
    /// <exception cref="StoreRefusal">Damaged, foreign, newer, read-only, full or in use; says which in a sentence.
    /// </exception>
    /// <param name="folder">The data folder; created when missing.</param>
    /// <param name="checkWhole">Checks every page of the file first, however large it is.</param>
    public static SqliteStore Open(string folder, bool checkWhole = false) => Open(folder, checkWhole, _ => { });

    /// <param name="prepared">Sees the writer's connection before its first use, to limit its pages.</param>
    internal static SqliteStore Open(string folder, bool checkWhole, Action<Database> prepared)
    {
        var path = Path.Combine(folder, FileName);
        var exclusive = Claim(folder);
        Database? writer = null;
        try
        {
            SqliteSchema.Examine(path, checkWhole);
            HighWater.Demand(folder);
            MakeForOwner(path);
            var wasKilled = File.Exists(path + "-wal");
            writer = Database.Open(path);
            prepared(writer);
            SqliteSchema.Configure(writer);
            SqliteSchema.Migrate(writer);
            return new SqliteStore(exclusive, writer, folder, wasKilled);
        }
        catch (Exception fault)
        {
            writer?.Dispose();
            exclusive.Dispose();
            throw Refusal(fault, folder);
        }
    }

    /// <summary>What <see cref="Open(string, bool)"/> would find in a folder; nothing is made or changed.</summary>
    /// <exception cref="StoreRefusal">What it would refuse.</exception>
    public static StoreSight Look(string folder)
    {
        var path = Path.Combine(folder, FileName);
        using var exclusive = File.Exists(Path.Combine(folder, LockName)) ? Lock(folder, FileMode.Open) : null;
        try
        {
            var tables = SqliteSchema.Examine(path, whole: false);
            HighWater.Demand(folder);
            if (tables.Step == 0)
            {
                return new StoreSight(tables, LastPosition: 0);
            }
            using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                // It could be written to.
            }
            using var database = Database.OpenToLook(path);
            return new StoreSight(tables, SqliteTables.LastPositionOf(database));
        }
        catch (Exception fault)
        {
            throw Refusal(fault, folder);
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request)
    {
        var write = new PendingAppend(request, _writer.Seals);
        _writer.Enqueue(write);
        return write.Outcome;
    }

    public async ValueTask<bool> AddByConsent(ConsentEntry entry)
    {
        var write = new PendingConsentEntry(entry);
        _writer.Enqueue(write);
        return await write.Outcome is { Result: AppendResult.Appended };
    }

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) => ValueTask.FromResult(
        _readers.Read(grain, static (reader, whose) => reader.ReadSnapshot(whose)));

    public ValueTask WriteSnapshot(GrainName grain, GrainSnapshot snapshot)
    {
        var write = new PendingSnapshot(grain, snapshot);
        _writer.Enqueue(write);
        return write.Done;
    }

    public ValueTask LogAccess(IReadOnlyList<UseLine> lines)
    {
        var write = new PendingAccess([.. lines.Select(LogTexts.Of)]);
        _writer.Enqueue(write);
        return write.Done;
    }

    public ValueTask<bool> TryBindKey(MasterKey key)
    {
        _writer.Seals = new RowSeals(key);
        using var database = Database.Open(_path);
        var holdsRows = string.Join(" OR ", RowSeals.Tables.Select(table => $"EXISTS (SELECT 1 FROM {table})"));
        database.Execute($"""
            INSERT OR IGNORE INTO master_key
            SELECT 1, CASE WHEN {holdsRows} THEN '{key.Mark}' ELSE '{key.SealedMark}' END
            """);
        return ValueTask.FromResult(key.IsMarkedBy(database.Scalar("SELECT mark FROM master_key")));
    }

    ValueTask<IOpenTables> IEventStore.OpenTables() => ValueTask.FromResult<IOpenTables>(new SqliteTablesReader(_path));

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) => ValueTask.FromResult(
        _readers.Read((grain, commandId), static (reader, a) => reader.FindOutcome(a.grain, a.commandId)));

    public ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0) => ValueTask.FromResult(
        _readers.Read((grain, afterVersion), static (reader, a) => reader.Load(a.grain, a.afterVersion)));

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) => ValueTask.FromResult(
        _readers.Read((after, max), static (reader, a) => reader.ReadFeed(a.after, a.max)));

    public ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max) => ValueTask.FromResult(
        _readers.Read(max, static (reader, most) => reader.Identities.Without(most)));

    public ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max) =>
        ValueTask.FromResult(_readers.Read(
            (after, max), static (reader, page) => reader.Identities.Shared(page.after, page.max)));

    public ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max) =>
        ValueTask.FromResult(_readers.Read(
            (digest, max), static (reader, a) => reader.Identities.Of(a.digest, a.max)));

    public ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) => ValueTask.FromResult(
        _readers.Read(clients, static (reader, whose) => reader.Identities.WordsOf(whose)));

    public ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) => ValueTask.FromResult(
        _readers.Read((after, max), static (reader, a) => reader.Identities.WordsAfter(a.after, a.max)));

    public ValueTask Tell(IReadOnlyList<IdentityDigest> identities)
    {
        var write = new PendingIdentities(identities);
        _writer.Enqueue(write);
        return write.Done;
    }

    public ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max) => ValueTask.FromResult(
        _readers.Read((shelf, after, max), static (reader, a) => reader.ReadRows(a.shelf, a.after, a.max)));

    public async ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided)
    {
        var write = new PendingNotes(changes, provided);
        _writer.Enqueue(write);
        return (await write.Outcome).Version == 1;
    }

    public ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines)
    {
        var write = new PendingDisclosure([.. lines.Select(LogTexts.Of)]);
        _writer.Enqueue(write);
        return write.Done;
    }

    public async ValueTask<long> EndLines(string log, DateTimeOffset before, int max)
    {
        if (!_readers.Read((log, before), static (reader, asked) => reader.HasOldLines(asked.log, asked.before)))
        {
            return 0;
        }
        var write = new PendingLogEnd(log, before, max);
        _writer.Enqueue(write);
        return (await write.Outcome).Version;
    }

    public ValueTask<IReadOnlyList<Logged<UseLine>>> Accesses(ClientLogSlice slice) => ValueTask.FromResult(
        _readers.Read(slice, static (reader, asked) => reader.Logs.Accesses(asked)));

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(ClientLogSlice slice) => ValueTask.FromResult(
        _readers.Read(slice, static (reader, asked) => reader.Logs.Disclosures(asked)));

    public ValueTask<IReadOnlyList<Logged<UseLine>>> UsesIn(RegisterLogSlice slice) => ValueTask.FromResult(
        _readers.Read(slice, static (reader, asked) => reader.RegisterLogs.Uses(asked)));

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> DisclosuresIn(RegisterLogSlice slice) =>
        ValueTask.FromResult(_readers.Read(slice, static (reader, asked) => reader.RegisterLogs.Disclosures(asked)));

    public ValueTask<IReadOnlyList<RegisterSize>> ClientsByRegister() => ValueTask.FromResult(
        _readers.Read(0, static (reader, _) => reader.RegisterLogs.ClientsByRegister()));

    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A new file is its owner's alone; those that SQLite puts beside it follow it.</summary>
    private static void MakeForOwner(string path)
    {
        try
        {
            using var made = File.Exists(path) ? null : new FileStream(path, OwnersFile.ToWrite(FileMode.CreateNew));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // SQLite will meet the same, and tell what it is.
        }
    }

    /// <summary>Why a folder cannot be used, as one sentence; a fault of another kind as it is.</summary>
    private static Exception Refusal(Exception fault, string folder) => fault switch
    {
        SqliteFault sqlite => Refuse(sqlite, folder),
        IOException or UnauthorizedAccessException => new StoreRefusal(
            $"The data folder {folder} cannot be written; the disk may be full or read-only."),
        _ => fault,
    };

    /// <summary>One process per data folder; the kernel frees the claim even after kill -9.</summary>
    private static FileStream Claim(string folder)
    {
        try
        {
            OwnersFile.MakeFolder(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The data folder {folder} cannot be created or written.");
        }
        return Lock(folder, FileMode.OpenOrCreate);
    }

    private static FileStream Lock(string folder, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The data folder {folder} is read-only.");
        }
        catch (IOException fault)
        {
            const int ReadOnlyFileSystem = 30;
            throw (fault.HResult & 0xffff) == ReadOnlyFileSystem
                ? new StoreRefusal($"The data folder {folder} is read-only.")
                : new StoreRefusal($"The data folder {folder} is in use by another osst process, or cannot be opened.")
                {
                    IsInUse = true,
                };
        }
    }

    private static StoreRefusal Refuse(SqliteFault fault, string folder) => new(fault.PrimaryCode switch
    {
        _ when fault.IsFull => $"The disk that holds {folder} is full; nothing was changed.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => $"The data folder {folder} is read-only.",
        _ when fault.IsDamage =>
            $"The database in {folder} is damaged; it was left untouched. Restore a backup.",
        _ when fault.IsLocked => $"The database in {folder} is in use by another program.",
        _ => $"The database in {folder} cannot be opened: {fault.Message}",
    })
    {
        IsInUse = fault.IsLocked,
    };
}
