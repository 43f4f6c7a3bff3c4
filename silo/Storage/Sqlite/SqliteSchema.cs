using System.Globalization;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The tables, their numbered migrations, and the checks a file must pass before anything is written.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as ours ("OSST"), so that a foreign database is refused untouched.</summary>
    private const int ApplicationId = 0x4F535354;

    /// <summary>Small files are checked whole at start; larger ones by <c>osst verify</c>.</summary>
    private const long QuickCheckBelowBytes = 64L << 20;

    /// <summary>
    /// The oldest program that may work on the tables of this one, by the number of migrations that it knows. One that
    /// takes something away, or gives it another meaning, raises this to its own number; after what only adds one can
    /// still go back to the version before.
    /// </summary>
    private const int OpensFrom = 14;

    /// <summary>Forward only. The number of a migration is its index + 1; never edit one that has shipped.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            municipality TEXT NOT NULL,
            type TEXT NOT NULL,
            occurred_on INTEGER NOT NULL, -- day number: days since 0001-01-01
            recorded_at INTEGER NOT NULL, -- milliseconds since 1970-01-01 UTC
            command_id BLOB NOT NULL,
            actor TEXT NOT NULL,
            data BLOB NOT NULL,
            personal BLOB
        ) STRICT;
        CREATE UNIQUE INDEX events_stream ON events (stream, version);
        CREATE TABLE outcomes (
            stream TEXT NOT NULL,
            command_id BLOB NOT NULL,
            version INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (stream, command_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshots (
            stream TEXT PRIMARY KEY NOT NULL,
            version INTEGER NOT NULL,
            position INTEGER NOT NULL,
            data BLOB NOT NULL,
            personal BLOB
        ) STRICT;
        CREATE TABLE keys (stream TEXT PRIMARY KEY NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE access_log (
            line INTEGER PRIMARY KEY,
            client TEXT NOT NULL,
            register TEXT NOT NULL,
            actor TEXT NOT NULL,
            purpose TEXT NOT NULL,
            what TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX access_log_client ON access_log (client);
        """,
        """
        CREATE TABLE master_key (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            mark TEXT NOT NULL -- tells keys apart, and nothing of the key
        ) STRICT;
        """,
        """
        ALTER TABLE keys ADD COLUMN identity BLOB; -- keyed hash of the client's identifier; NULL: not told yet
        CREATE INDEX keys_identity ON keys (identity) WHERE length(identity) > 0;
        CREATE INDEX keys_without_identity ON keys (stream) WHERE identity IS NULL;
        """,
        """
        CREATE TABLE kept ( -- by consent: the one table beside keys and snapshots from which rows go
            stream TEXT NOT NULL,
            mark BLOB NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (stream, mark)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE notes (
            shelf TEXT NOT NULL,
            key TEXT NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (shelf, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE disclosures (
            line INTEGER PRIMARY KEY,
            client TEXT NOT NULL,
            register TEXT NOT NULL,
            what TEXT NOT NULL,
            receiver TEXT NOT NULL,
            recipient TEXT NOT NULL,
            discloser TEXT NOT NULL,
            purpose TEXT NOT NULL,
            legal_basis TEXT NOT NULL,
            position INTEGER NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX disclosures_client ON disclosures (client);
        """,
        "CREATE TABLE opens_from (version INTEGER NOT NULL) STRICT; INSERT INTO opens_from VALUES (6);",
        // A version that knows no seals would change a note and leave its old seal.
        """
        ALTER TABLE events ADD COLUMN seal BLOB; -- a keyed digest of the row; NULL in rows of older versions
        ALTER TABLE outcomes ADD COLUMN seal BLOB; -- only of a command without events
        ALTER TABLE kept ADD COLUMN seal BLOB;
        ALTER TABLE notes ADD COLUMN seal BLOB;
        ALTER TABLE access_log ADD COLUMN seal BLOB;
        ALTER TABLE disclosures ADD COLUMN seal BLOB;
        """,
        """
        CREATE TABLE groups (number INTEGER NOT NULL) STRICT; -- of the last group of writes: see HighWater
        INSERT INTO groups VALUES (0);
        """,
        // By which relationship; nothing in older lines.
        "ALTER TABLE access_log ADD COLUMN basis TEXT NOT NULL DEFAULT '';",
        // The place of a line in its writer's chain (LogChain); none in older lines.
        """
        ALTER TABLE access_log ADD COLUMN writer BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
        ALTER TABLE access_log ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE disclosures ADD COLUMN writer BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
        ALTER TABLE disclosures ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
        """,
        // A version that knows no words would change a name and leave the old one to be found. What was in the index is
        // made again, with the words.
        """
        ALTER TABLE keys ADD COLUMN words BLOB; -- by which the client is found, sealed with the client's own key
        UPDATE keys SET identity = NULL WHERE stream NOT LIKE '%/consent';
        """,
        // What a register's officer for data protection asks of the logs (IRegisterLogs).
        """
        CREATE INDEX access_log_register ON access_log (register, at);
        CREATE INDEX access_log_actor ON access_log (register, actor, at);
        CREATE INDEX disclosures_register ON disclosures (register, at);
        """,
        // Lines of lists are most of the log: what is counted by user must not be hidden among them.
        $"CREATE INDEX access_log_one_by_one ON access_log (register, at) WHERE {SqliteRegisterLogs.OneByOne};",
        "SELECT 1;", // A version that knows no keys of matters could not read what they seal.
    ];

    /// <summary>Refuses a damaged, foreign or newer file without writing a byte to it.</summary>
    /// <param name="path">The file; one that is not there, or is empty, will get its tables.</param>
    /// <param name="whole">Checks every page also of a large file, and each index against its table.</param>
    /// <returns>How old its tables are.</returns>
    /// <exception cref="StoreRefusal">It is one of these; says which.</exception>
    public static TableSteps Examine(string path, bool whole)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return new TableSteps(Step: 0, OpensFrom, Migrations.Length);
        }
        try
        {
            using var database = Database.OpenToLook(path);
            var application = database.Scalar("PRAGMA application_id");
            if (application != ApplicationId.ToString(CultureInfo.InvariantCulture)
                && !IsUnused(database, application))
            {
                throw new StoreRefusal($"The file {path} is a database of another program; it was left untouched.");
            }
            var steps = StepsOf(database).Demand($"The file {path}");
            if ((whole || new FileInfo(path).Length < QuickCheckBelowBytes)
                && database.Scalar(whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)") != "ok")
            {
                throw Damaged(path);
            }
            return steps;
        }
        catch (SqliteFault fault) when (fault.IsDamage)
        {
            throw Damaged(path);
        }
    }

    /// <summary>The number of the last group of writes; 0 in a file of a version that counted none.</summary>
    public static long GroupNumber(Database database) =>
        database.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'groups'") is null ? 0
            : long.Parse(database.Scalar("SELECT number FROM groups")!, CultureInfo.InvariantCulture);

    public static void Configure(Database writer)
    {
        // A command touches two index pages of its own stream, and the WAL takes whole pages: small ones halve its
        // bytes.
        writer.Execute("PRAGMA page_size = 2048");
        writer.Execute("PRAGMA journal_mode = WAL");
        writer.Execute("PRAGMA synchronous = FULL");
        // What is deleted is overwritten: a destroyed key must not lie on in a free page.
        writer.Execute("PRAGMA secure_delete = ON");
        // A checkpoint every 64 MiB of WAL: pages written many times since the last one are copied back once.
        writer.Execute("PRAGMA wal_autocheckpoint = 32768");
        writer.Execute("PRAGMA cache_size = -65536");
        writer.Execute("PRAGMA temp_store = MEMORY");
    }

    public static void Migrate(Database writer)
    {
        for (var number = UserVersion(writer); number < Migrations.Length; number++)
        {
            writer.Execute($"""
                BEGIN IMMEDIATE;
                {Migrations[number]}
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {number + 1};
                COMMIT;
                """);
        }
        writer.Execute($"UPDATE opens_from SET version = {OpensFrom} WHERE version < {OpensFrom}");
    }

    /// <summary>True when the tables are those of this program.</summary>
    public static bool IsCurrent(Database database) => UserVersion(database) == Migrations.Length;

    /// <summary>Tables of an older version do not all say which program opens them: this one does.</summary>
    private static TableSteps StepsOf(Database database)
    {
        var step = UserVersion(database);
        var opensFrom = step <= Migrations.Length ? OpensFrom : int.Parse(
            database.Scalar("SELECT max(version) FROM opens_from")!, CultureInfo.InvariantCulture);
        return new TableSteps(step, opensFrom, Migrations.Length);
    }

    /// <summary>A first start that was cut off before its tables leaves an empty database: of no log yet.</summary>
    private static bool IsUnused(Database database, string? application) =>
        application == "0" && database.Scalar("PRAGMA page_count") != "0" // A scrap of a page counts as none.
        && database.Scalar("SELECT count(*) FROM sqlite_schema") == "0";

    private static int UserVersion(Database database) =>
        int.Parse(database.Scalar("PRAGMA user_version")!, CultureInfo.InvariantCulture);

    private static StoreRefusal Damaged(string path) =>
        new($"The file {path} is damaged or not a database; it was left untouched. Restore a backup.");
}
