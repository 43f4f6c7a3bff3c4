using Npgsql;
using NpgsqlTypes;
using OsstOrleans.Grains;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>What lies beside the keys of clients; see <see cref="IIdentityIndex"/>.</summary>
internal sealed class PostgresIdentities(PostgresReader reader)
{
    private const string SharedSql = """
        SELECT stream, identity FROM osst.keys WHERE length(identity) > 0 AND identity IN (
            SELECT identity FROM osst.keys WHERE length(identity) > 0 GROUP BY identity HAVING count(*) > 1)
            AND (identity, stream) > ($1, $2)
        ORDER BY identity, stream LIMIT $3
        """;

    private static readonly string s_tell = $"""
        UPDATE osst.keys AS kept SET identity = told.identity, words = told.words
        FROM unnest($1, $2, $3, $4) AS told(stream, identity, version, words)
        WHERE kept.stream = told.stream AND kept.identity IS NULL AND NOT EXISTS (
            SELECT FROM osst.events e
            WHERE e.stream = told.stream AND e.version > told.version AND e.type IN ({IIdentityIndex.ChangedByList}))
        """;

    public Task<IReadOnlyList<GrainName>> Without(int max) => Rows(
        "SELECT stream FROM osst.keys WHERE identity IS NULL LIMIT $1", [Value((long)max)],
        static (client, _) => client);

    public Task<IReadOnlyList<IdentityDigest>> Shared(IdentityDigest after, int max) => Rows(
        SharedSql, [Value(after.Digest.ToArray()), Value(after.Name), Value((long)max)],
        static (client, row) => new IdentityDigest(client, PostgresReader.Bytes(row, 1)));

    public Task<IReadOnlyList<GrainName>> Of(ReadOnlyMemory<byte> digest, int max) => Rows(
        "SELECT stream FROM osst.keys WHERE length(identity) > 0 AND identity = $1 LIMIT $2",
        [Value(digest.ToArray()), Value((long)max)], static (client, _) => client);

    public Task<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) => Rows(
        "SELECT stream, wrapped, words FROM osst.keys WHERE stream = ANY ($1)",
        [Value(clients.Select(client => client.ToString()).ToArray())], Words);

    public Task<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) => Rows(
        """
        SELECT stream, wrapped, words FROM osst.keys WHERE stream > $1 AND words IS NOT NULL ORDER BY stream LIMIT $2
        """,
        [Value(after), Value((long)max)], Words);

    /// <summary>Any process may do it, also twice: the first write wins, and all are equal.</summary>
    public Task Tell(IReadOnlyList<IdentityDigest> identities) => reader.Read(
        s_tell,
        [
            Column(identities, identity => identity.Client.ToString(), NpgsqlDbType.Text),
            Column(identities, identity => identity.Digest.ToArray(), NpgsqlDbType.Bytea),
            Column(identities, identity => identity.Version, NpgsqlDbType.Bigint),
            Column(identities, identity => identity.Words.ToArray(), NpgsqlDbType.Bytea),
        ],
        static rows => Task.FromResult(rows.RecordsAffected));

    private Task<IReadOnlyList<T>> Rows<T>(
        string sql, NpgsqlParameter[] parameters, Func<GrainName, NpgsqlDataReader, T> read) =>
        reader.Read(sql, parameters, async rows =>
        {
            var found = new List<T>();
            while (await rows.ReadAsync())
            {
                if (GrainName.TryParse(rows.GetString(0), out var client))
                {
                    found.Add(read(client, rows));
                }
            }
            return (IReadOnlyList<T>)found;
        });

    private static SealedWords Words(GrainName client, NpgsqlDataReader row) =>
        new(client, PostgresReader.Bytes(row, 1), PostgresReader.Bytes(row, 2));
}
