using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The writer's statements. Every method runs inside the group's transaction, on the writer's thread.
/// </summary>
internal sealed class SqliteTables(Database database)
{
    /// <summary>For what is done seldom, and has no statement of its own.</summary>
    public Database Database => database;

    private readonly Statement _positionOf = database.Prepare(
        "SELECT position FROM events WHERE stream = ?1 AND version = ?2");

    private readonly Statement _insertOutcome = database.Prepare(
        "INSERT INTO outcomes (stream, command_id, version, position, seal) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly Statement _deleteOutcome = database.Prepare(
        "DELETE FROM outcomes WHERE stream = ?1 AND command_id = ?2");

    private readonly Statement _findOutcome = database.Prepare(SqliteReader.FindOutcomeSql);

    private readonly Statement _insertEvent = database.Prepare(
        """
        INSERT INTO events (position, stream, version, municipality, type, occurred_on, recorded_at, command_id,
            actor, data, personal, seal)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    private readonly Statement _insertKey = database.Prepare(
        "INSERT OR IGNORE INTO keys (stream, wrapped) VALUES (?1, ?2)");

    private readonly Statement _tellIdentity = database.Prepare(
        $"""
        UPDATE keys SET identity = coalesce(?2, x''), words = ?4
        WHERE stream = ?1 AND identity IS NULL AND NOT EXISTS (
            SELECT 1 FROM events WHERE stream = ?1 AND version > ?3 AND type IN ({IIdentityIndex.ChangedByList}))
        """);

    private readonly Statement _forgetIdentity = database.Prepare(
        "UPDATE keys SET identity = NULL, words = NULL WHERE stream = ?1");

    /// <summary>An activation may write late: a person or a matter whose key is gone leaves no snapshot behind.
    /// </summary>
    private readonly Statement _saveSnapshot = database.Prepare(
        $"""
        INSERT INTO snapshots (stream, version, position, data, personal)
        SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?1 NOT GLOB 'client/*' OR (EXISTS (SELECT 1 FROM keys WHERE stream = ?1)
            AND NOT EXISTS (SELECT 1 FROM events WHERE stream = ?1 AND version > ?2
                AND type IN ('{EventCatalogue.NameOf<MattersEnded>()}',
                    '{EventCatalogue.NameOf<MeasureConsentWithdrawn>()}')))
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, position = excluded.position,
            data = excluded.data, personal = excluded.personal
        WHERE excluded.version >= version
        """);

    private readonly Statement _logAccess = database.Prepare(
        """
        INSERT INTO access_log (client, register, actor, purpose, what, at, seal, basis, writer, link)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """);

    private readonly Erasing _erasing = new(database);

    /// <summary>Seals rows; null while the log's key is unknown.</summary>
    public RowSeals? Seals { get; set; }

    /// <summary>The chain of the use log.</summary>
    public LogChain Uses { get; } = new(LogChain.Uses);

    /// <summary>The chain of the disclosure log.</summary>
    public LogChain Disclosures { get; } = new(LogChain.Disclosures);

    /// <summary>What is kept beside the log.</summary>
    public SqliteNotes Notes { get; } = new(database);

    /// <summary>The position of the last event of this transaction or, before it, of the log.</summary>
    public long Position { get; set; } = LastPositionOf(database);

    /// <summary>The position of a log's last event; 0 before the first one.</summary>
    public static long LastPositionOf(Database database) => long.Parse(
        database.Scalar("SELECT coalesce(max(position), 0) FROM events")!,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="request">What to append.</param>
    /// <param name="seals">Of each event, or of the outcome alone; null while the log's key is unknown.</param>
    public AppendOutcome Append(AppendRequest request, byte[][]? seals)
    {
        var stream = request.Grain.ToString();
        var version = request.ExpectedVersion + request.Events.Count;
        var decidedOn = request.ExpectedVersion == 0 ? 0 : PositionOf(stream, request.ExpectedVersion);
        var position = request.Events.Count == 0 ? decidedOn ?? 0 : Position + request.Events.Count;
        _insertOutcome.Bind(1, stream).Bind(2, request.CommandId).Bind(3, version).Bind(4, position)
            .Bind(5, request.Events.Count == 0 ? seals?[0] : null);
        if (!_insertOutcome.TryRun())
        {
            return FindOutcome(stream, request.CommandId);
        }
        if (decidedOn is null || !InsertEvents(stream, request, seals))
        {
            _deleteOutcome.Bind(1, stream).Bind(2, request.CommandId).Run();
            return new AppendOutcome(AppendResult.Conflict, request.ExpectedVersion, 0);
        }
        if (!request.WrappedKey.IsEmpty)
        {
            _insertKey.Bind(1, stream).Bind(2, request.WrappedKey.Span).Run();
        }
        if (request.MatterKey is { } matter)
        {
            _erasing.AddKey(MasterKey.MatterKeyName(request.Grain, matter.Matter), matter.Wrapped);
        }
        if (request.Events.Any(static happened => IIdentityIndex.ChangedBy.Contains(happened.Type)))
        {
            _forgetIdentity.Bind(1, stream).Run();
        }
        if (!request.ConsentKey.IsEmpty)
        {
            _erasing.TakeConsentKey(request.Grain, request.ConsentKey);
        }
        if (request.Erases != Erasure.None)
        {
            _erasing.Erase(request.Grain, request.Erases);
        }
        if (request.EndsMatters > 0)
        {
            _erasing.EndMatters(request.Grain, request.EndsMatters);
        }
        if (request.EndsSealing > 0)
        {
            _erasing.EndSealing(request.Grain, request.EndsSealing);
        }
        Position += request.Events.Count;
        return new AppendOutcome(AppendResult.Appended, version, position);
    }

    /// <summary>False when the entry's key is not the grain's.</summary>
    public bool AddByConsent(ConsentEntry entry)
    {
        if (entry.NewKeyAtVersion is { } version && PositionOf(entry.Grain.ToString(), version) is not null
            && PositionOf(entry.Grain.ToString(), version + 1) is null)
        {
            _erasing.AddKey(MasterKey.ConsentKeyName(entry.Grain), entry.ConsentKey);
        }
        return _erasing.AddByConsent(entry, Seals?.OfKept(entry.Grain.ToString(), entry.Mark.Span, entry.Sealed.Span));
    }

    public void SaveSnapshot(GrainName grain, GrainSnapshot snapshot) =>
        _saveSnapshot.Bind(1, grain.ToString()).Bind(2, snapshot.Version).Bind(3, snapshot.Position)
            .Bind(4, snapshot.Data.Span).Bind(5, snapshot.Personal.Span).Run();

    public void TellIdentity(IdentityDigest identity) =>
        _tellIdentity.Bind(1, identity.Client.ToString()).Bind(2, identity.Digest.Span).Bind(3, identity.Version)
            .Bind(4, identity.Words.Span).Run();

    public void LogAccess(UseLine line)
    {
        var (link, seal) = Uses.Add(line, Seals);
        _logAccess.Bind(1, line.Client.ToString()).Bind(2, line.Register).Bind(3, line.Actor).Bind(4, line.Purpose)
            .Bind(5, line.What).Bind(6, line.At.ToUnixTimeMilliseconds()).Bind(7, seal).Bind(8, line.Basis)
            .Bind(9, link.Writer).Bind(10, link.Number).Run();
    }

    /// <summary>
    /// The upper half of the expected-version check is that this is not null; the unique (stream, version) index is
    /// the lower.
    /// </summary>
    private long? PositionOf(string stream, long version)
    {
        var position = _positionOf.Bind(1, stream).Bind(2, version).Step() ? _positionOf.Int64(0) : (long?)null;
        _positionOf.Reset();
        return position;
    }

    /// <summary>False, with nothing inserted, when the stream is beyond the expected version.</summary>
    private bool InsertEvents(string stream, AppendRequest request, byte[][]? seals)
    {
        if (request.Events.Count == 0)
        {
            return PositionOf(stream, request.ExpectedVersion + 1) is null;
        }
        _insertEvent.Bind(2, stream)
            .Bind(6, request.OccurredOn.DayNumber).Bind(7, request.RecordedAt.ToUnixTimeMilliseconds())
            .Bind(8, request.CommandId).Bind(9, request.Actor);
        for (var i = 0; i < request.Events.Count; i++)
        {
            var happened = request.Events[i];
            _insertEvent.Bind(1, Position + 1 + i).Bind(3, request.ExpectedVersion + 1 + i)
                .Bind(4, request.MunicipalityOf(happened)).Bind(5, happened.Type)
                .Bind(10, happened.Data.Span).Bind(11, happened.Personal.Span).Bind(12, seals?[i]);
            if (_insertEvent.TryRun())
            {
                continue;
            }
            if (i == 0)
            {
                return false;
            }
            throw new InvalidOperationException("A stream has a version above its last one.");
        }
        return true;
    }

    private AppendOutcome FindOutcome(string stream, Guid commandId)
    {
        _findOutcome.Bind(1, stream).Bind(2, commandId).Step();
        var outcome = new AppendOutcome(AppendResult.Duplicate, _findOutcome.Int64(0), _findOutcome.Int64(1));
        _findOutcome.Reset();
        return outcome;
    }
}
