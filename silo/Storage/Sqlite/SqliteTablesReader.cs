namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>The rows of a file that no other process writes to, for copying them elsewhere.</summary>
internal sealed class SqliteTablesReader(string path) : IOpenTables, IDisposable
{
    private const string Chained = "seal, writer, link";

    private readonly SqliteReader _events = new(path);
    private readonly Database _database = Database.Open(path, readOnly: true);

    public Task<IReadOnlyList<StoredEvent>> Events(long? after, int max) =>
        Task.FromResult(_events.ReadSealed(after, max));

    public Task<IReadOnlyList<StoredOutcome>> Outcomes(StoredOutcome? after, int max) => Rows(
        $"""
        SELECT stream, command_id, version, position, seal FROM outcomes
        {After("(stream, command_id) > (?1, ?2)", after)} ORDER BY stream, command_id LIMIT ?3
        """,
        rows => (after is { } last ? rows.Bind(1, last.Stream).Bind(2, last.CommandId) : rows).Bind(3, max),
        row => new StoredOutcome(row.Text(0), row.Guid(1), row.Int64(2), row.Int64(3)) { Seal = row.Bytes(4) });

    public Task<IReadOnlyList<StoredKey>> Keys(string? after, int max) => Rows(
        $"SELECT stream, wrapped, identity, words FROM keys {After("stream > ?1", after)} ORDER BY stream LIMIT ?2",
        rows => (after is { } last ? rows.Bind(1, last) : rows).Bind(2, max),
        row => new StoredKey(row.Text(0), row.Bytes(1)) { Identity = row.Bytes(2), Words = row.Bytes(3) });

    public Task<IReadOnlyList<StoredConsentEntry>> ConsentEntries(StoredConsentEntry? after, int max) => Rows(
        $"""
        SELECT stream, mark, sealed, seal FROM kept {After("(stream, mark) > (?1, ?2)", after)}
        ORDER BY stream, mark LIMIT ?3
        """,
        rows => (after is { } last ? rows.Bind(1, last.Stream).Bind(2, last.Mark.Span) : rows).Bind(3, max),
        row => new StoredConsentEntry(row.Text(0), row.Bytes(1), row.Bytes(2)) { Seal = row.Bytes(3) });

    public Task<IReadOnlyList<StoredAccess>> Accesses(long? after, int max) => Rows(
        $"SELECT {SqliteClientLogs.AccessColumns}, {Chained} FROM access_log {AfterLine(after)} ORDER BY line LIMIT ?2",
        rows => (after is { } last ? rows.Bind(1, last) : rows).Bind(2, max),
        row => new StoredAccess(row.Int64(0), SqliteClientLogs.Access(row))
        {
            Seal = row.Bytes(8),
            Link = new ChainLink(row.Guid(9), row.Int64(10)),
        });

    public Task<IReadOnlyList<StoredDisclosure>> Disclosures(long? after, int max) => Rows(
        $"""
        SELECT {SqliteClientLogs.DisclosureColumns}, {Chained} FROM disclosures
        {AfterLine(after)} ORDER BY line LIMIT ?2
        """,
        rows => (after is { } last ? rows.Bind(1, last) : rows).Bind(2, max),
        row => new StoredDisclosure(row.Int64(0), SqliteClientLogs.Disclosure(row))
        {
            Seal = row.Bytes(11),
            Link = new ChainLink(row.Guid(12), row.Int64(13)),
        });

    public Task<IReadOnlyList<StoredNote>> Notes(StoredNote? after, int max) => Rows(
        $"""
        SELECT shelf, key, value, seal FROM notes {After("(shelf, key) > (?1, ?2)", after)} ORDER BY shelf, key LIMIT ?3
        """,
        rows => (after is { } last ? rows.Bind(1, last.Row.Shelf).Bind(2, last.Row.Key) : rows).Bind(3, max),
        row => new StoredNote(new NoteRow(row.Text(0), row.Text(1), row.Bytes(2))) { Seal = row.Bytes(3) });

    public Task<string?> KeyMark() => Task.FromResult(_database.Scalar("SELECT mark FROM master_key"));

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _events.Dispose();
        _database.Dispose();
    }

    /// <summary>No place is smaller than all others: the first page has no condition at all.</summary>
    private static string After(string condition, object? after) => after is null ? "" : $"WHERE {condition}";

    private static string AfterLine(long? after) => After("line > ?1", after);

    private Task<IReadOnlyList<T>> Rows<T>(string sql, Func<Statement, Statement> bind, Func<Statement, T> read)
    {
        try
        {
            using var rows = _database.PrepareOnce(sql);
            var page = new List<T>();
            for (bind(rows); rows.Step();)
            {
                page.Add(read(rows));
            }
            return Task.FromResult<IReadOnlyList<T>>(page);
        }
        catch (Exception fault) when (SqliteReaders.Told(fault) is { } told)
        {
            throw told;
        }
    }
}
