using System.Globalization;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The end of the oldest lines of a log about clients. Lines stand in the order of their chain, so the first ones of
/// the table are the first of their chains. Runs inside the group's transaction.
/// </summary>
internal sealed class PendingLogEnd(string log, DateTimeOffset before, int max) : PendingWrite
{
    /// <summary>True when there is something to end: without it nothing is written.</summary>
    public static bool HasOld(Database database, string log, DateTimeOffset before)
    {
        using var first = database.Prepare($"SELECT at FROM {TableOf(log)} ORDER BY line LIMIT 1");
        return first.Step() && first.Int64(0) < before.ToUnixTimeMilliseconds();
    }

    protected override AppendOutcome Apply(SqliteTables tables) =>
        new(AppendResult.Appended, End(tables.Database, tables), 0);

    private long End(Database database, SqliteTables tables)
    {
        var table = TableOf(log);
        var (count, last) = Oldest(database, table);
        if (count == 0)
        {
            return 0;
        }
        foreach (var anchor in Anchors(database, table, last))
        {
            tables.Notes.TryWrite([anchor.ToRow()], [], tables.Seals);
        }
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {table} WHERE line <= {last}"));
        return count;
    }

    private static string TableOf(string log) => log == LogChain.Uses ? "access_log" : "disclosures";

    /// <summary>How many lines from the first on are older, and the last of them.</summary>
    private (long Count, long Last) Oldest(Database database, string table)
    {
        using var rows = database.Prepare($"SELECT line, at FROM {table} ORDER BY line LIMIT ?1");
        rows.Bind(1, max);
        var (count, last) = (0L, 0L);
        while (rows.Step() && rows.Int64(1) < before.ToUnixTimeMilliseconds())
        {
            (count, last) = (count + 1, rows.Int64(0));
        }
        return (count, last);
    }

    private List<LogAnchor> Anchors(Database database, string table, long last)
    {
        // Beside max() SQLite takes the other columns from that row.
        using var rows = database.Prepare(
            $"SELECT writer, max(link), seal, at FROM {table} WHERE line <= ?1 AND link > 0 GROUP BY writer");
        rows.Bind(1, last);
        var anchors = new List<LogAnchor>();
        while (rows.Step())
        {
            anchors.Add(new LogAnchor(
                log, rows.Guid(0), rows.Int64(1), rows.Bytes(2),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64(3))));
        }
        return anchors;
    }
}
