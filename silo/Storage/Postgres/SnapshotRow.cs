using Npgsql;
using Orleans.Runtime;
using OsstOrleans.Grains;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Where Orleans' ADO.NET grain storage keeps a grain's snapshot. It writes a key of 32 hexadecimal digits as a GUID
/// and a shorter one of such digits as a number, both without an extension: so a municipality's code and the key of an
/// imported client are numbers there, and only other keys are text. Keys that differ in capitals or leading zeros alone
/// share a row: a snapshot is taken only by the grain whose event it stands on.
/// </summary>
internal static class SnapshotRow
{
    /// <summary>Rows of <c>deploy/postgres/orleans.sql</c>, by their whole primary key.</summary>
    public const string Sql = """
        SELECT payload FROM orleans.grainstate
        WHERE serviceid = $1 AND graintype = $2 AND n0 = $3 AND n1 = $4 AND extension = $5 AND payload IS NOT NULL
        """;

    /// <summary>The parameters of <see cref="Sql"/>.</summary>
    public static NpgsqlParameter[] Of(GrainName grain)
    {
        var (n0, n1, extension) = KeyOf(GrainId.Create(GrainName.NameOf(grain.Kind), grain.Key));
        return
        [
            Value(GrainSnapshot.Service), Value($"{GrainName.NameOf(grain.Kind)}-snapshot"), Value(n0), Value(n1),
            Value(extension),
        ];
    }

    private static (long N0, long N1, string Extension) KeyOf(GrainId grain)
    {
        if (grain.TryGetGuidKey(out var guid, out var extension))
        {
            var bytes = guid.ToByteArray();
            return (BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, 8), extension ?? "");
        }
        return grain.TryGetIntegerKey(out var number, out extension)
            ? (0, number, extension ?? "")
            : (0, 0, grain.Key.ToString()!);
    }
}
