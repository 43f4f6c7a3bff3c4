using System.Text;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>Files to import, and what became of them.</summary>
internal static class ImportFiles
{
    public const string Columns = "externalId,municipality,lastName,firstNames,birthYear,temporaryIdentifier,synthetic";

    /// <summary>A client's line of a CSV file.</summary>
    public static string Client(int number) => $"K-{number},320,Synteettinen,Esimerkki {number},1980,T-{number},true";

    /// <summary>A CSV file of so many clients.</summary>
    public static string Clients(TestFolder folder, int count, string name = "clients.csv") => Write(
        folder, name, string.Join('\n', Enumerable.Range(1, count).Select(Client).Prepend(Columns)));

    /// <summary>An NDJSON file of months of each client.</summary>
    public static string Months(TestFolder folder, int clients, int months) => Write(
        folder, "months.ndjson", string.Join('\n',
            from month in Enumerable.Range(0, months)
            from client in Enumerable.Range(1, clients)
            select $"{{\"externalId\":\"K-{client}\",\"month\":\"{2000 + (month / 12)}-{(month % 12) + 1:00}\","
                + $"\"amountCents\":{month},\"reductionPercent\":0}}"));

    public static string Write(TestFolder folder, string name, string text) =>
        Write(folder, name, Encoding.UTF8.GetBytes(text));

    public static string Write(TestFolder folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Imports into the data folder.</summary>
    public static Task<Ended> Run(TestFolder folder, string kind, string file, params IEnumerable<string> options) =>
        Osst.Run(["import", kind, file, "--data", folder.Data, .. options]);

    /// <summary>The one report there is.</summary>
    public static string Report(TestFolder folder) => File.ReadAllText(
        Assert.Single(Directory.GetFiles(Path.Combine(folder.Data, "imports"), "*.report.ndjson")));

    /// <summary>What the file says in one value.</summary>
    public static long Count(TestFolder folder, string sql)
    {
        using var database = Database.Open(folder.Database, readOnly: true);
        return long.Parse(database.Scalar(sql)!);
    }

    public static long Events(TestFolder folder, string type) =>
        Count(folder, $"""
            SELECT count(*) FROM events WHERE type = '{type}'
                AND actor IN ('integration/import-registry', 'integration/tester')
            """);
}
