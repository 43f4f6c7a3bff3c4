namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Lines of one register. The index is said, since SQLite knows nothing of how many lines a register, an actor or a
/// client has. Each index ends with the line's number.
/// </summary>
internal sealed class SqliteRegisterLogs(Database database)
{
    /// <summary>A place that begins with no line is before all lines of its instant.</summary>
    private const string InOrder = """
        register = ?1 AND at BETWEEN ?2 AND ?3 AND (at < ?3 OR line < ?4) ORDER BY at DESC, line DESC LIMIT ?5
        """;

    /// <summary>Part of an index (<see cref="SqliteSchema"/>): what is added here needs another index.</summary>
    public const string OneByOne = """
        (what IN ('client', 'history', 'timeline', 'client-past', 'use-log', 'disclosure-log', 'access-audit',
            'log-report') OR what GLOB 'denied: *' OR what GLOB '*; exists'
            OR what GLOB 'command: *')
        """;

    private const string OfUses = $"SELECT {SqliteClientLogs.AccessColumns} FROM access_log INDEXED BY ";
    private const string OfDisclosures = $"SELECT {SqliteClientLogs.DisclosureColumns} FROM disclosures INDEXED BY ";

    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    public IReadOnlyList<Logged<UseLine>> Uses(RegisterLogSlice slice) => (slice.Client, slice.Actor) switch
    {
        ({ } client, { } actor) => Lines(
            $"{OfUses} access_log_client WHERE client = ?6 AND actor = ?7 AND {InOrder}", slice,
            SqliteClientLogs.Access, client.ToString(), actor),
        ({ } client, null) => Lines(
            $"{OfUses} access_log_client WHERE client = ?6 AND {InOrder}", slice, SqliteClientLogs.Access,
            client.ToString()),
        (null, { } actor) => Lines(
            $"{OfUses} access_log_actor WHERE actor = ?6 AND {InOrder}", slice, SqliteClientLogs.Access, actor),
        _ when slice.OneByOne => Lines(
            $"{OfUses} access_log_one_by_one WHERE {OneByOne} AND {InOrder}", slice, SqliteClientLogs.Access),
        _ => Lines($"{OfUses} access_log_register WHERE {InOrder}", slice, SqliteClientLogs.Access),
    };

    public IReadOnlyList<Logged<DisclosureLine>> Disclosures(RegisterLogSlice slice) => slice.Client is { } client
        ? Lines(
            $"{OfDisclosures} disclosures_client WHERE client = ?6 AND {InOrder}", slice, SqliteClientLogs.Disclosure,
            client.ToString())
        : Lines($"{OfDisclosures} disclosures_register WHERE {InOrder}", slice, SqliteClientLogs.Disclosure);

    public IReadOnlyList<RegisterSize> ClientsByRegister()
    {
        var clients = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var rows = database.PrepareOnce("SELECT municipality, version FROM events WHERE stream GLOB 'client/*'");
        while (rows.Step())
        {
            var register = rows.Name(0);
            clients[register] = clients.GetValueOrDefault(register) + (rows.Int64(1) == 1 ? 1 : 0);
        }
        return [.. clients.Select(one => new RegisterSize(one.Key, one.Value))];
    }

    private List<Logged<TLine>> Lines<TLine>(
        string sql, RegisterLogSlice slice, Func<Statement, TLine> read, params ReadOnlySpan<string> names)
        where TLine : struct
    {
        if (!_statements.TryGetValue(sql, out var rows))
        {
            _statements.Add(sql, rows = database.Prepare(sql));
        }
        var lines = new List<Logged<TLine>>();
        try
        {
            rows.Bind(1, slice.Register).Bind(2, slice.From.ToUnixTimeMilliseconds())
                .Bind(3, slice.Before.At.ToUnixTimeMilliseconds())
                .Bind(4, (long)UInt128.Min(slice.Before.Place, long.MaxValue)).Bind(5, slice.Max);
            for (var i = 0; i < names.Length; i++)
            {
                rows.Bind(6 + i, names[i]);
            }
            while (rows.Step())
            {
                lines.Add(new Logged<TLine>((UInt128)rows.Int64(0), read(rows)));
            }
        }
        finally
        {
            rows.Reset();
        }
        return lines;
    }
}
