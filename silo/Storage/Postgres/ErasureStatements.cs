using Npgsql;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>What can go: keys of consents, what they seal, and a person's key. Part of a group's one transaction.
/// </summary>
internal static class ErasureStatements
{
    /// <summary>The columns of what a keep answers, and of no other statement of a group.</summary>
    public const int KeepColumns = 2;

    /// <summary>Holds for an append that this very transaction made, and not for a retry of an earlier one.</summary>
    private const string Appended = """
        EXISTS (SELECT FROM osst.events e WHERE e.stream = $1 AND e.version = $2 AND e.command_id = $3
            AND e.position > osst.position_of(pg_current_xact_id()))
        """;

    private const string TakeConsentKey = $"""
        INSERT INTO osst.keys (stream, wrapped, identity) SELECT $4, $5, ''::bytea WHERE {Appended}
        ON CONFLICT (stream) DO UPDATE SET wrapped = excluded.wrapped
        """;

    private const string DestroyKeys = $"DELETE FROM osst.keys WHERE stream = ANY ($4) AND {Appended}";

    private const string DestroyKeysBeside =
        $"DELETE FROM osst.keys WHERE stream > $4 AND stream < $5 AND {Appended}";

    private const string DropKept = $"DELETE FROM osst.kept WHERE stream = $1 AND {Appended}";

    private const string AddConsentKey = """
        INSERT INTO osst.keys (stream, wrapped, identity)
        SELECT $2, $3, ''::bytea WHERE $4 = (SELECT max(version) FROM osst.events WHERE stream = $1)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>
    /// The key is locked: an erasure that comes at the same time waits, or is waited for. What slips in between is
    /// sealed under a key that is gone.
    /// </summary>
    private const string KeepEntry = """
        WITH key AS MATERIALIZED (
            SELECT 1 FROM osst.keys WHERE stream = $2 AND wrapped = $3 FOR KEY SHARE
        ), kept AS (
            INSERT INTO osst.kept (stream, mark, sealed, seal)
            SELECT $1, $4, $5, nullif($6, ''::bytea) FROM key ON CONFLICT DO NOTHING
        )
        SELECT EXISTS (SELECT FROM key), $1
        """;

    public static void Add(NpgsqlBatch batch, IEnumerable<PendingAppend> appends)
    {
        foreach (var request in appends.Select(append => append.Request))
        {
            var key = MasterKey.ConsentKeyName(request.Grain);
            if (!request.ConsentKey.IsEmpty)
            {
                Add(batch, TakeConsentKey, request, Value(key), Value(request.ConsentKey));
            }
            if (request.EndsMatters > 0)
            {
                Add(batch, DestroyKeys, request, Value(
                    Enumerable.Range(1, request.EndsMatters)
                        .Select(matter => MasterKey.MatterKeyName(request.Grain, matter)).ToArray()));
            }
            if (request.EndsSealing > 0)
            {
                Add(batch, DestroyKeys, request, Value(
                    new[] { MasterKey.SealingKeyName(request.Grain, request.EndsSealing) }));
            }
            if (request.Erases == Erasure.None)
            {
                continue;
            }
            var stream = request.Grain.ToString();
            Add(batch, DestroyKeys, request, Value(request.Erases == Erasure.Person ? [key, stream] : new[] { key }));
            if (request.Erases == Erasure.Person)
            {
                Add(batch, DestroyKeysBeside, request, Value(MasterKey.BeginOfKeyNames(request.Grain)),
                    Value(MasterKey.EndOfKeyNames(request.Grain)));
            }
            Add(batch, DropKept, request);
        }
    }

    public static void Add(NpgsqlBatch batch, IEnumerable<PendingConsentEntry> keeps)
    {
        foreach (var keep in keeps)
        {
            var entry = keep.Entry;
            var (stream, key) = (entry.Grain.ToString(), MasterKey.ConsentKeyName(entry.Grain));
            if (entry.NewKeyAtVersion is { } version)
            {
                batch.Add(AddConsentKey, Value(stream), Value(key), Value(entry.ConsentKey), Value(version));
            }
            batch.Add(KeepEntry,
                Value(stream), Value(key), Value(entry.ConsentKey), Value(entry.Mark), Value(entry.Sealed),
                Value(keep.Seal));
        }
    }

    private static void Add(
        NpgsqlBatch batch, string sql, AppendRequest request, params ReadOnlySpan<NpgsqlParameter> more) => batch.Add(
        sql,
        [
            Value(request.Grain.ToString()), Value(request.ExpectedVersion + request.Events.Count),
            Value(request.CommandId), .. more,
        ]);
}
