
namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>A new file that is filled from another store. It must not be used before it is finished and has its name.
/// </summary>
internal sealed class SqliteCopy : ICopyTarget, IDisposable
{
    private readonly Database _database;
    private readonly SqliteTablesReader _rows;
    private readonly Statement _event;
    private readonly Statement _outcome;
    private readonly Statement _key;
    private readonly Statement _kept;
    private readonly Statement _access;
    private readonly Statement _disclosure;
    private readonly Statement _note;

    /// <param name="path">A file that is empty or not there.</param>
    public SqliteCopy(string path)
    {
        _database = Database.Open(path);
        SqliteSchema.Configure(_database);
        SqliteSchema.Migrate(_database);
        _rows = new SqliteTablesReader(path);
        _event = _database.Prepare("""
            INSERT INTO events (position, stream, version, municipality, type, occurred_on, recorded_at, command_id,
                actor, data, personal, seal)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """);
        _outcome = _database.Prepare(
            "INSERT INTO outcomes (stream, command_id, version, position, seal) VALUES (?1, ?2, ?3, ?4, ?5)");
        // A key beside the client's own has no identity to look for.
        _key = _database.Prepare("""
            INSERT INTO keys (stream, wrapped, identity)
            VALUES (?1, ?2, CASE WHEN ?1 LIKE '%/%/%' THEN x'' END)
            """);
        _kept = _database.Prepare("INSERT INTO kept (stream, mark, sealed, seal) VALUES (?1, ?2, ?3, ?4)");
        _access = _database.Prepare("""
            INSERT INTO access_log (line, client, register, actor, purpose, what, at, seal, basis, writer, link)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """);
        _disclosure = _database.Prepare("""
            INSERT INTO disclosures (line, client, register, what, receiver, recipient, discloser, purpose, legal_basis,
                position, at, seal, writer, link)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """);
        _note = _database.Prepare("INSERT INTO notes (shelf, key, value, seal) VALUES (?1, ?2, ?3, ?4)");
    }

    /// <summary>A copy to a file is not resumed: it begins with an empty one.</summary>
    public long LastPosition => 0;

    public Task<IReadOnlyList<StoredEvent>> Events(long? after, int max) => _rows.Events(after, max);

    public Task<IReadOnlyList<StoredOutcome>> Outcomes(StoredOutcome? after, int max) => _rows.Outcomes(after, max);

    public Task<IReadOnlyList<StoredKey>> Keys(string? after, int max) => _rows.Keys(after, max);

    public Task<IReadOnlyList<StoredConsentEntry>> ConsentEntries(StoredConsentEntry? after, int max) =>
        _rows.ConsentEntries(after, max);

    public Task<IReadOnlyList<StoredAccess>> Accesses(long? after, int max) => _rows.Accesses(after, max);

    public Task<IReadOnlyList<StoredDisclosure>> Disclosures(long? after, int max) => _rows.Disclosures(after, max);

    public Task<IReadOnlyList<StoredNote>> Notes(StoredNote? after, int max) => _rows.Notes(after, max);

    public Task<string?> KeyMark() => _rows.KeyMark();

    public Task Add(IReadOnlyList<StoredEvent> events) => Insert(events, e => _event
        .Bind(1, e.Position).Bind(2, e.Grain.ToString()).Bind(3, e.Version).Bind(4, e.Municipality).Bind(5, e.Type)
        .Bind(6, e.OccurredOn.DayNumber).Bind(7, e.RecordedAt.ToUnixTimeMilliseconds()).Bind(8, e.CommandId)
        .Bind(9, e.Actor).Bind(10, e.Data.Span).Bind(11, e.Personal.Span).Bind(12, e.Seal.Span));

    public Task Add(IReadOnlyList<StoredOutcome> outcomes) => Insert(outcomes, o => _outcome
        .Bind(1, o.Stream).Bind(2, o.CommandId).Bind(3, o.Version).Bind(4, o.Position)
        .Bind(5, o.Seal.Span));

    public Task Add(IReadOnlyList<StoredKey> keys) => Insert(keys, key => _key
        .Bind(1, key.Stream).Bind(2, key.Wrapped.Span));

    public Task Add(IReadOnlyList<StoredConsentEntry> kept) => Insert(kept, k => _kept
        .Bind(1, k.Stream).Bind(2, k.Mark.Span).Bind(3, k.Sealed.Span).Bind(4, k.Seal.Span));

    public Task Add(IReadOnlyList<StoredAccess> lines) => Insert(lines, l => _access
        .Bind(1, l.Number).Bind(2, l.Line.Client.ToString()).Bind(3, l.Line.Register).Bind(4, l.Line.Actor)
        .Bind(5, l.Line.Purpose).Bind(6, l.Line.What).Bind(7, l.Line.At.ToUnixTimeMilliseconds())
        .Bind(8, l.Seal.Span).Bind(9, l.Line.Basis).Bind(10, l.Link.Writer).Bind(11, l.Link.Number));

    public Task Add(IReadOnlyList<StoredDisclosure> lines) => Insert(lines, l => _disclosure
        .Bind(1, l.Number).Bind(2, l.Line.Client.ToString()).Bind(3, l.Line.Register).Bind(4, l.Line.What)
        .Bind(5, l.Line.Receiver).Bind(6, l.Line.Recipient).Bind(7, l.Line.Discloser).Bind(8, l.Line.Purpose)
        .Bind(9, l.Line.LegalBasis).Bind(10, l.Line.Position).Bind(11, l.Line.At.ToUnixTimeMilliseconds())
        .Bind(12, l.Seal.Span).Bind(13, l.Link.Writer).Bind(14, l.Link.Number));

    public Task Add(IReadOnlyList<StoredNote> notes) => Insert(notes, note => _note
        .Bind(1, note.Row.Shelf).Bind(2, note.Row.Key).Bind(3, note.Row.Value.Span).Bind(4, note.Seal.Span));

    public Task AddKeyMark(string mark)
    {
        using var insert = _database.PrepareOnce("INSERT INTO master_key (only_row, mark) VALUES (1, ?1)");
        insert.Bind(1, mark).Run();
        return Task.CompletedTask;
    }

    /// <summary>All of it in one file, with nothing beside.</summary>
    public async Task Finish()
    {
        await _rows.DisposeAsync();
        _database.Execute("PRAGMA journal_mode = DELETE");
    }

    public void Dispose()
    {
        _rows.Dispose();
        _database.Dispose();
    }

    private Task Insert<T>(IReadOnlyList<T> rows, Func<T, Statement> bind)
    {
        _database.Execute("BEGIN");
        foreach (var row in rows)
        {
            bind(row).Run();
        }
        _database.Execute("COMMIT");
        return Task.CompletedTask;
    }
}
