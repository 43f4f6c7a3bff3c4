using Npgsql;
using NpgsqlTypes;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Keys of new clients and of their matters, and identities that an event has changed. Few groups have any, so they are
/// statements of their own in the group's transaction.
/// </summary>
internal static class KeyStatements
{
    /// <summary>Rows whose append this very transaction made, and not an earlier one.</summary>
    private const string Appended = """
        EXISTS (SELECT FROM osst.events e
            WHERE e.stream = r.stream AND e.version = r.version AND e.command_id = r.command_id
                AND e.position > osst.position_of(pg_current_xact_id()))
        """;

    private const string TakeKeys = $"""
        INSERT INTO osst.keys (stream, wrapped, identity)
        SELECT r.name, r.wrapped, CASE WHEN r.name <> r.stream THEN ''::bytea END
        FROM unnest($1, $2, $3, $4, $5) AS r(stream, version, command_id, name, wrapped)
        WHERE {Appended} ON CONFLICT DO NOTHING
        """;

    private const string ForgetIdentities = $"""
        UPDATE osst.keys AS kept SET identity = NULL, words = NULL
        FROM unnest($1, $2, $3) AS r(stream, version, command_id)
        WHERE kept.stream = r.stream AND {Appended}
        """;

    public static void Add(NpgsqlBatch batch, IReadOnlyList<PendingAppend> appends)
    {
        var (keyed, changed) = (new List<NewKey>(), new List<PendingAppend>());
        foreach (var append in appends)
        {
            if (!append.Request.WrappedKey.IsEmpty)
            {
                keyed.Add(new NewKey(append, append.Stream, append.Request.WrappedKey));
            }
            if (append.Request.MatterKey is { } matter)
            {
                var name = MasterKey.MatterKeyName(append.Request.Grain, matter.Matter);
                keyed.Add(new NewKey(append, name, matter.Wrapped));
            }
            if (append.Request.Events.Any(static happened => IIdentityIndex.ChangedBy.Contains(happened.Type)))
            {
                changed.Add(append);
            }
        }
        if (keyed.Count > 0)
        {
            var command = Rows(TakeKeys, [.. keyed.Select(key => key.Append)]);
            command.Parameters.Add(Column(keyed, static key => key.Name, NpgsqlDbType.Text));
            command.Parameters.Add(Column(keyed, static key => key.Wrapped, NpgsqlDbType.Bytea));
            batch.BatchCommands.Add(command);
        }
        if (changed.Count > 0)
        {
            batch.BatchCommands.Add(Rows(ForgetIdentities, changed));
        }
    }

    private static NpgsqlBatchCommand Rows(string sql, List<PendingAppend> appends) => new(sql)
    {
        Parameters =
        {
            Column(appends, static append => append.Stream, NpgsqlDbType.Text),
            Column(appends, static a => a.Request.ExpectedVersion + a.Request.Events.Count, NpgsqlDbType.Bigint),
            Column(appends, static append => append.Request.CommandId, NpgsqlDbType.Uuid),
        },
    };

    private sealed record NewKey(PendingAppend Append, string Name, ReadOnlyMemory<byte> Wrapped);
}
