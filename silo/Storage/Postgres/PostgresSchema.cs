using Npgsql;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>The tables in their own schema <c>osst</c>, and their numbered migrations.</summary>
internal static class PostgresSchema
{
    /// <summary>
    /// A position is a transaction's id and the event's place within it, so the order of positions is the order of
    /// transactions. Twelve bits for the place leave 51 for the transaction.
    /// </summary>
    private const string PositionBits = "12";

    /// <summary>The most events of one transaction.</summary>
    public const int MostEvents = (1 << 12) - 1;

    /// <summary>
    /// The oldest program that may work on the tables of this one, by the number of migrations that it knows. One that
    /// takes something away, or gives it another meaning, raises this to its own number; what only adds lets programs
    /// of the version before start beside those of this one.
    /// </summary>
    private const int OpensFrom = 16;

    /// <summary>Forward only. The number of a migration is its index + 1; never edit one that has shipped.</summary>
    private static readonly string[] Migrations =
    [
        $$"""
        CREATE TABLE osst.store (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            schema_version int NOT NULL,
            system_identifier bigint NOT NULL, -- of the cluster whose transaction ids the positions count
            position_offset bigint NOT NULL, -- added to a transaction id
            unfinished_copy boolean NOT NULL DEFAULT false -- of another store: not to be used yet
        );
        INSERT INTO osst.store (schema_version, system_identifier, position_offset)
            SELECT 0, system_identifier, -pg_current_xact_id()::text::bigint FROM pg_control_system();
        CREATE FUNCTION osst.position_of(id xid8) RETURNS bigint LANGUAGE sql STABLE AS
            'SELECT (id::text::bigint + position_offset) << {{PositionBits}} FROM osst.store';
        CREATE TABLE osst.events (
            stream text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            municipality text COLLATE "C" NOT NULL,
            type text COLLATE "C" NOT NULL,
            occurred_on date NOT NULL,
            recorded_at timestamptz NOT NULL,
            command_id uuid NOT NULL,
            actor text COLLATE "C" NOT NULL,
            data bytea NOT NULL,
            personal bytea,
            PRIMARY KEY (stream, version)
        );
        CREATE UNIQUE INDEX events_position ON osst.events (position);
        CREATE TABLE osst.outcomes (
            stream text COLLATE "C" NOT NULL,
            command_id uuid NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (stream, command_id)
        );
        CREATE TABLE osst.snapshots (
            stream text COLLATE "C" PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            data bytea NOT NULL,
            personal bytea
        );
        CREATE TABLE osst.keys (stream text COLLATE "C" PRIMARY KEY, wrapped bytea NOT NULL);
        CREATE TABLE osst.access_log (
            line uuid PRIMARY KEY, -- made by the writer: a line sent twice is stored once
            client text COLLATE "C" NOT NULL,
            register text COLLATE "C" NOT NULL,
            actor text COLLATE "C" NOT NULL,
            purpose text NOT NULL,
            what text NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX access_log_client ON osst.access_log (client);
        CREATE FUNCTION osst.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'osst.% only grows', TG_TABLE_NAME USING ERRCODE = 'OS002'; END$$;
        CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON osst.events
            FOR EACH STATEMENT EXECUTE FUNCTION osst.refuse_change();
        CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON osst.access_log
            FOR EACH STATEMENT EXECUTE FUNCTION osst.refuse_change();
        CREATE TABLE osst.lease (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            epoch bigint NOT NULL,
            holder text NOT NULL -- for people: machine and process
        );
        INSERT INTO osst.lease (epoch, holder) VALUES (0, 'nobody');
        CREATE FUNCTION osst.demand_lease(mine bigint) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM osst.lease WHERE epoch = mine FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'the lease has another epoch' USING ERRCODE = '{{WriterLease.LostState}}';
                END IF;
            END$$;
        """,
        """
        CREATE TABLE osst.master_key (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            mark text NOT NULL -- tells keys apart, and nothing of the key
        );
        """,
        """
        ALTER TABLE osst.keys ADD COLUMN identity bytea; -- keyed hash of the client's identifier; NULL: not told yet
        CREATE INDEX keys_identity ON osst.keys (identity) WHERE length(identity) > 0;
        CREATE INDEX keys_without_identity ON osst.keys (stream) WHERE identity IS NULL;
        """,
        """
        CREATE TABLE osst.kept ( -- by consent: the one table beside keys and snapshots from which rows go
            stream text COLLATE "C" NOT NULL,
            mark bytea NOT NULL,
            sealed bytea NOT NULL,
            PRIMARY KEY (stream, mark)
        );
        """,
        """
        CREATE TABLE osst.notes (
            shelf text COLLATE "C" NOT NULL,
            key text COLLATE "C" NOT NULL,
            value bytea NOT NULL,
            PRIMARY KEY (shelf, key)
        );
        CREATE TABLE osst.disclosures (
            line uuid PRIMARY KEY, -- made by the writer: a line sent twice is stored once
            client text COLLATE "C" NOT NULL,
            register text COLLATE "C" NOT NULL,
            what text NOT NULL,
            receiver text COLLATE "C" NOT NULL,
            recipient text NOT NULL,
            discloser text NOT NULL,
            purpose text NOT NULL,
            legal_basis text NOT NULL,
            position bigint NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX disclosures_client ON osst.disclosures (client);
        CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON osst.disclosures
            FOR EACH STATEMENT EXECUTE FUNCTION osst.refuse_change();
        """,
        // Not FOR SHARE: two transactions at a time would each time make a new multixact for the one row.
        $$"""
        CREATE OR REPLACE FUNCTION osst.demand_lease(mine bigint) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared({{AdvisoryLock.Class}}, {{AdvisoryLock.Epoch}});
                IF NOT EXISTS (SELECT FROM osst.lease WHERE epoch = mine) THEN
                    RAISE EXCEPTION 'the lease has another epoch' USING ERRCODE = '{{WriterLease.LostState}}';
                END IF;
            END$$;
        CREATE FUNCTION osst.await_writers() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN PERFORM pg_advisory_xact_lock({{AdvisoryLock.Class}}, {{AdvisoryLock.Epoch}}); RETURN NULL; END$$;
        CREATE TRIGGER await_writers BEFORE UPDATE ON osst.lease
            FOR EACH STATEMENT EXECUTE FUNCTION osst.await_writers();
        """,
        "ALTER TABLE osst.store ADD COLUMN opens_from int NOT NULL DEFAULT 7",
        // Snapshots are Orleans' grain storage now. The cluster has a new name, too: an older silo would be a second
        // one on the same log.
        "DROP TABLE osst.snapshots",
        // A version that knows no seals would change a note and leave its old seal.
        """
        ALTER TABLE osst.events ADD COLUMN seal bytea; -- a keyed digest of the row; NULL in rows of older versions
        ALTER TABLE osst.outcomes ADD COLUMN seal bytea; -- only of a command without events
        ALTER TABLE osst.kept ADD COLUMN seal bytea;
        ALTER TABLE osst.notes ADD COLUMN seal bytea;
        ALTER TABLE osst.access_log ADD COLUMN seal bytea;
        ALTER TABLE osst.disclosures ADD COLUMN seal bytea;
        """,
        "ALTER TABLE osst.access_log ADD COLUMN basis text NOT NULL DEFAULT ''", // By which relationship; none before.
        // The place of a line in its writer's chain (LogChain); none in older lines.
        """
        ALTER TABLE osst.access_log ADD COLUMN writer uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
            ADD COLUMN link bigint NOT NULL DEFAULT 0;
        ALTER TABLE osst.disclosures ADD COLUMN writer uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
            ADD COLUMN link bigint NOT NULL DEFAULT 0;
        """,
        // A version that knows no words would change a name and leave the old one to be found. What was in the index is
        // made again, with the words.
        """
        ALTER TABLE osst.keys ADD COLUMN words bytea; -- by which the client is found, sealed with the client's own key
        UPDATE osst.keys SET identity = NULL WHERE stream NOT LIKE '%/consent';
        """,
        // What a register's officer for data protection asks of the logs (IRegisterLogs).
        """
        CREATE INDEX access_log_register ON osst.access_log (register, at, line);
        CREATE INDEX access_log_actor ON osst.access_log (register, actor, at, line);
        CREATE INDEX disclosures_register ON osst.disclosures (register, at, line);
        """,
        PostgresLogEnds.Triggers,
        // Lines of lists are most of the log: what is counted by user must not be hidden among them.
        "CREATE INDEX access_log_one_by_one ON osst.access_log (register, at, line) "
            + $"WHERE {PostgresRegisterLogs.OneByOne}",
        "SELECT 1", // A version that knows no keys of matters could not read what they seal.
    ];

    /// <summary>Creates or upgrades the tables, one process at a time.</summary>
    /// <exception cref="StoreRefusal">The schema is another program's, a newer version's, or in use by an older one.
    /// </exception>
    public static async Task Migrate(NpgsqlConnection connection)
    {
        try
        {
            await Upgrade(connection);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StoreRefusal(
                $"Processes of an older version still work on the database {connection.Database}; stop all of them "
                + "before this version starts.");
        }
    }

    private static async Task Upgrade(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock.Class}, {AdvisoryLock.Migration})");
        var step = (await Examine(connection)).Step;
        if (step == 0)
        {
            await Run(connection, "CREATE SCHEMA osst");
        }
        else if (step < OpensFrom)
        {
            await AwaitOlderPrograms(connection);
        }
        for (var number = step; number < Migrations.Length; number++)
        {
            await Run(connection, Migrations[number]);
            await Run(connection, $"UPDATE osst.store SET schema_version = {number + 1}");
        }
        await Run(connection, $"UPDATE osst.store SET opens_from = {OpensFrom} WHERE opens_from < {OpensFrom}");
        await Run(connection, FollowCluster);
        await transaction.CommitAsync();
    }

    /// <summary>
    /// Every process that may write holds the lease, alone or with others: while one of an older version does, nothing
    /// is taken away from under it.
    /// </summary>
    private static async Task AwaitOlderPrograms(NpgsqlConnection connection) => await Run(
        connection,
        $"SET LOCAL lock_timeout = {WriterLease.PatienceMs}; "
        + $"SELECT pg_advisory_xact_lock({AdvisoryLock.Class}, {AdvisoryLock.Lease})");

    /// <summary>How old the tables are; they are only read.</summary>
    /// <exception cref="StoreRefusal">The schema is another program's, or a newer version's.</exception>
    public static async Task<TableSteps> Examine(NpgsqlConnection connection)
    {
        var found = await Scalar(connection, """
            SELECT CASE WHEN to_regnamespace('osst') IS NULL THEN 'nothing'
                WHEN to_regclass('osst.store') IS NULL THEN 'foreign' ELSE 'ours' END
            """);
        var step = found switch
        {
            "nothing" => 0,
            "ours" => (int)(await Scalar(connection, "SELECT schema_version FROM osst.store"))!,
            _ => throw new StoreRefusal(
                $"The schema osst of the database {connection.Database} is another program's; it was left untouched."),
        };
        // Tables of an older version do not all say which program opens them: this one does.
        var opensFrom = step <= Migrations.Length ? OpensFrom
            : (int)(await Scalar(connection, "SELECT opens_from FROM osst.store"))!;
        return new TableSteps(step, opensFrom, Migrations.Length).Demand($"The database {connection.Database}");
    }

    public static async Task<bool> IsUnfinishedCopy(NpgsqlConnection connection) =>
        (bool)(await Scalar(connection, "SELECT unfinished_copy FROM osst.store"))!;

    /// <summary>Where the log of a database with tables ends; 0 before the first event.</summary>
    public static async Task<long> LastPosition(NpgsqlConnection connection) =>
        (long)(await Scalar(connection, "SELECT coalesce(max(position), 0) FROM osst.events"))!;

    /// <summary>True when the user may make the tables in a database that has none.</summary>
    public static async Task<bool> MayBeMade(NpgsqlConnection connection) =>
        (bool)(await Scalar(connection, "SELECT has_database_privilege(current_database(), 'CREATE')"))!;

    /// <summary>
    /// A dump that was loaded into another cluster meets smaller transaction ids than its positions were made of. The
    /// offset puts all that is written from now on behind what is there.
    /// </summary>
    private const string FollowCluster = $"""
        UPDATE osst.store SET system_identifier = c.system_identifier,
            position_offset = (SELECT (coalesce(max(position), 0) >> {PositionBits}) + 1 FROM osst.events)
                - pg_current_xact_id()::text::bigint
        FROM pg_control_system() c WHERE store.system_identifier <> c.system_identifier
        """;

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
