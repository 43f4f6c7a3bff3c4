using Npgsql;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Lines of one register, by the indexes that are in their order. Those of one client are looked up first, whatever the
/// server thinks of it: walking a register's lines until a client's come would read the log.
/// </summary>
internal sealed class PostgresRegisterLogs(PostgresReader reader)
{
    private const string InOrder =
        "register = $1 AND at >= $2 AND (at, line) < ($3, $4) ORDER BY at DESC, line DESC LIMIT $5";

    /// <summary>Part of an index (<see cref="PostgresSchema"/>): what is added here needs another index.</summary>
    public const string OneByOne = """
        (what IN ('client', 'history', 'timeline', 'client-past', 'use-log', 'disclosure-log', 'access-audit',
            'log-report') OR what LIKE 'denied: %' OR what LIKE '%; exists'
            OR what LIKE 'command: %')
        """;

    public Task<IReadOnlyList<Logged<UseLine>>> Uses(RegisterLogSlice slice)
    {
        var columns = PostgresClientLogs.AccessColumns;
        return (slice.Client, slice.Actor) switch
        {
            ({ } client, { } actor) => Lines(
                $"{OfClient(columns, "access_log")} WHERE actor = $7 AND {InOrder}", slice, PostgresClientLogs.Access,
                client.ToString(), actor),
            ({ } client, null) => Lines(
                $"{OfClient(columns, "access_log")} WHERE {InOrder}", slice, PostgresClientLogs.Access,
                client.ToString()),
            (null, { } actor) => Lines(
                $"SELECT {columns} FROM osst.access_log WHERE actor = $6 AND {InOrder}", slice,
                PostgresClientLogs.Access, actor),
            _ => Lines(
                $"SELECT {columns} FROM osst.access_log WHERE {(slice.OneByOne ? $"{OneByOne} AND " : "")}{InOrder}",
                slice, PostgresClientLogs.Access),
        };
    }

    public Task<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(RegisterLogSlice slice)
    {
        var columns = PostgresClientLogs.DisclosureColumns;
        return slice.Client is { } client
            ? Lines(
                $"{OfClient(columns, "disclosures")} WHERE {InOrder}", slice, PostgresClientLogs.Disclosure,
                client.ToString())
            : Lines(
                $"SELECT {columns} FROM osst.disclosures WHERE {InOrder}", slice, PostgresClientLogs.Disclosure);
    }

    public Task<IReadOnlyList<RegisterSize>> ClientsByRegister() => reader.Read(
        """
        SELECT municipality, count(*) FILTER (WHERE version = 1) FROM osst.events WHERE stream LIKE 'client/%'
        GROUP BY municipality ORDER BY municipality
        """,
        [],
        async rows =>
        {
            var sizes = new List<RegisterSize>();
            while (await rows.ReadAsync())
            {
                sizes.Add(new RegisterSize(rows.GetString(0), (int)rows.GetInt64(1)));
            }
            return (IReadOnlyList<RegisterSize>)sizes;
        });

    private static string OfClient(string columns, string table) => $"""
        WITH of_client AS MATERIALIZED (SELECT {columns} FROM osst.{table} WHERE client = $6)
        SELECT {columns} FROM of_client
        """;

    private Task<IReadOnlyList<Logged<TLine>>> Lines<TLine>(
        string sql, RegisterLogSlice slice, Func<NpgsqlDataReader, TLine> read, params string[] names)
        where TLine : struct => reader.Read(
            sql,
            [
                Value(slice.Register), Value(slice.From.UtcDateTime), Value(slice.Before.At.UtcDateTime),
                Value(PostgresClientLogs.NameOf(slice.Before.Place)), Value((long)slice.Max),
                .. names.Select(name => Value(name)),
            ],
            rows => PostgresClientLogs.ReadAll(rows, read));
}
