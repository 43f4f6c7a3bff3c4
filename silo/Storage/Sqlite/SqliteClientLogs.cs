using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>Lines of the use log and of the disclosure log, as a connection's statements read them.</summary>
internal sealed class SqliteClientLogs(Database database)
{
    public const string AccessColumns = "line, client, register, actor, purpose, what, at, basis";

    public const string DisclosureColumns =
        "line, client, register, what, receiver, recipient, discloser, purpose, legal_basis, position, at";

    /// <summary>The index on clients holds each one's lines in their order.</summary>
    private static string OfClient(string more) => $"""
        WHERE client = ?1 AND (?2 = '' OR instr(?2, ',' || register || ',') > 0) AND at >= ?3 AND line < ?4 AND at < ?6
        {more} ORDER BY line DESC LIMIT ?5
        """;

    private Statement? _accesses;
    private Statement? _disclosures;

    public IReadOnlyList<Logged<UseLine>> Accesses(ClientLogSlice slice) => Lines(
        _accesses ??= database.Prepare(
            $"SELECT {AccessColumns} FROM access_log {OfClient("AND (?7 = '' OR basis <> ?7)")}"),
        slice, Access, slice.WithoutBasis);

    public IReadOnlyList<Logged<DisclosureLine>> Disclosures(ClientLogSlice slice) => Lines(
        _disclosures ??= database.Prepare($"SELECT {DisclosureColumns} FROM disclosures {OfClient("")}"), slice,
        Disclosure);

    /// <summary>A row of <see cref="AccessColumns"/>.</summary>
    public static UseLine Access(Statement row) => new(
        GrainName.TryParse(row.Text(1), out var client) ? client : throw new StoreFault("A use-log line is damaged."),
        row.Text(2), row.Text(3), row.Text(4), row.Text(5), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(6)),
        row.Text(7));

    /// <summary>A row of <see cref="DisclosureColumns"/>.</summary>
    public static DisclosureLine Disclosure(Statement row) => new(
        GrainName.TryParse(row.Text(1), out var client)
            ? client
            : throw new StoreFault("A line of the disclosure log is damaged."),
        row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.Int64(9),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(10)));

    private static List<Logged<TLine>> Lines<TLine>(
        Statement rows, ClientLogSlice slice, Func<Statement, TLine> read, string? without = null)
        where TLine : struct
    {
        var below = slice.Below is { } place && place < (UInt128)long.MaxValue ? (long)place : long.MaxValue;
        var lines = new List<Logged<TLine>>();
        try
        {
            rows.Bind(1, slice.Client.ToString()).Bind(2, slice.Codes)
                .Bind(3, slice.From.ToUnixTimeMilliseconds()).Bind(4, below).Bind(5, slice.Max)
                // Without an end also a line whose time is damaged is met, and said to be so.
                .Bind(6, slice.To == DateTimeOffset.MaxValue ? long.MaxValue : slice.To.ToUnixTimeMilliseconds());
            if (without is not null)
            {
                rows.Bind(7, without);
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
