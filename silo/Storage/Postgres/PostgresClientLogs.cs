using System.Buffers.Binary;
using Npgsql;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Lines of the use log and of the disclosure log. A line's name begins with its time, so names are the places; lines
/// copied from a file have small numbers as names, and stand before all others.
/// </summary>
internal sealed class PostgresClientLogs(PostgresReader reader)
{
    public const string AccessColumns = "line, client, register, actor, purpose, what, at, basis";

    public const string DisclosureColumns =
        "line, client, register, what, receiver, recipient, discloser, purpose, legal_basis, position, at";

    private static string OfClient(string more) => $"""
        WHERE client = $1 AND ($2 = '' OR strpos($2, ',' || register || ',') > 0) AND at >= $3 AND line < $4 AND at < $6
        {more} ORDER BY line DESC LIMIT $5
        """;

    public Task<IReadOnlyList<Logged<UseLine>>> Accesses(ClientLogSlice slice) =>
        Lines(
            $"SELECT {AccessColumns} FROM osst.access_log {OfClient("AND ($7 = '' OR basis <> $7)")}", slice, Access,
            Value(slice.WithoutBasis));

    public Task<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(ClientLogSlice slice) =>
        Lines($"SELECT {DisclosureColumns} FROM osst.disclosures {OfClient("")}", slice, Disclosure);

    /// <summary>A row of <see cref="AccessColumns"/>.</summary>
    public static UseLine Access(NpgsqlDataReader row) => new(
        GrainName.TryParse(row.GetString(1), out var client)
            ? client
            : throw new StoreFault("A use-log line is damaged."),
        row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), new DateTimeOffset(row.GetDateTime(6)),
        row.GetString(7));

    /// <summary>A row of <see cref="DisclosureColumns"/>.</summary>
    public static DisclosureLine Disclosure(NpgsqlDataReader row) => new(
        GrainName.TryParse(row.GetString(1), out var client)
            ? client
            : throw new StoreFault("A line of the disclosure log is damaged."),
        row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
        row.GetString(8), row.GetInt64(9), new DateTimeOffset(row.GetDateTime(10)));

    private Task<IReadOnlyList<Logged<TLine>>> Lines<TLine>(
        string sql, ClientLogSlice slice, Func<NpgsqlDataReader, TLine> read,
        params NpgsqlParameter[] more)
        where TLine : struct => reader.Read(
            sql,
            [
                Value(slice.Client.ToString()), Value(slice.Codes), Value(slice.From.UtcDateTime),
                Value(slice.Below is { } place ? NameOf(place) : Guid.AllBitsSet), Value((long)slice.Max),
                Value(slice.To.UtcDateTime), .. more,
            ],
            rows => ReadAll(rows, read));

    /// <summary>All rows, whose first column is the line's name.</summary>
    public static async Task<IReadOnlyList<Logged<TLine>>> ReadAll<TLine>(
        NpgsqlDataReader rows, Func<NpgsqlDataReader, TLine> read)
        where TLine : struct
    {
        var lines = new List<Logged<TLine>>();
        while (await rows.ReadAsync())
        {
            lines.Add(new Logged<TLine>(PlaceOf(rows.GetGuid(0)), read(rows)));
        }
        return lines;
    }

    private static UInt128 PlaceOf(Guid name) =>
        BinaryPrimitives.ReadUInt128BigEndian(name.ToByteArray(bigEndian: true));

    /// <summary>The name of the line at a place.</summary>
    public static Guid NameOf(UInt128 place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, place);
        return new Guid(bytes, bigEndian: true);
    }
}
