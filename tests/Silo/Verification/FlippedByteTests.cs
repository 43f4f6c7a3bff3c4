using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>One flipped bit of any column of any row that decides anything is found, and its row is named.</summary>
public sealed class FlippedByteTests : SiloPlace
{
    /// <summary>A snapshot that cannot be read is none, and one that lies is found beside a replay.</summary>
    private static readonly string[] Disposable = ["snapshots"];

    /// <summary>Tell which programs and keys fit, and where the log ends: with another one nothing opens.</summary>
    private static readonly string[] OfTheWhole = ["master_key", "opens_from", "groups"];

    /// <summary>A line's number is its place among the others and is in no seal.</summary>
    private static readonly string[] Places = ["access_log.line", "disclosures.line"];

    [Theory]
    [InlineData("events", "client/maija", "municipality/837", "whose name is not a grain's")]
    [InlineData("outcomes", "client/maija", "municipality/837", "outcomes: a row names no grain")]
    [InlineData("keys", "keys: ")]
    [InlineData("kept", "entry kept by consent")]
    [InlineData("notes", "notes: ")]
    [InlineData("access_log", "use log: ")]
    [InlineData("disclosures", "disclosure log: ")]
    public async Task Every_column_of_a_table_is_covered(string table, params string[] named)
    {
        await Fill();
        await Silo.DisposeAsync();
        Assert.Empty((await LogVerification.Run(Address, Time)).Differences);
        foreach (var column in Columns(table))
        {
            var before = await File.ReadAllBytesAsync(DatabaseFile);
            Flip(table, column);
            var found = (await LogVerification.Run(Address, Time)).Differences;
            Assert.True(
                found.Any(difference => named.Any(name => difference.Contains(name, StringComparison.Ordinal))),
                $"{table}.{column}: {string.Join("; ", found)}");
            Assert.All(found, difference => Assert.DoesNotContain(LastName, difference, StringComparison.Ordinal));
            await File.WriteAllBytesAsync(DatabaseFile, before);
        }
        await InitializeAsync();
    }

    [Fact]
    public async Task Each_table_is_covered_or_known_to_be_disposable()
    {
        await Silo.DisposeAsync();
        var covered = typeof(FlippedByteTests).GetMethod(nameof(Every_column_of_a_table_is_covered))!
            .GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)
                data.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Equal(
            Tables().Order(StringComparer.Ordinal),
            covered.Concat(Disposable).Concat(OfTheWhole).Order(StringComparer.Ordinal));
        await InitializeAsync();
    }

    [Fact]
    public async Task A_flipped_mark_of_the_master_key_opens_nothing()
    {
        await Fill();
        await Silo.DisposeAsync();
        Flip("master_key", "mark");
        await Assert.ThrowsAsync<StoreRefusal>(() => LogVerification.Run(Address, Time));
        Flip("master_key", "mark");
        await InitializeAsync();
    }

    /// <summary>Of an acknowledged command: its retry would be stored again.</summary>
    [Fact]
    public async Task An_outcome_that_is_gone_is_found()
    {
        await Fill();
        await Silo.DisposeAsync();
        Tamper("DELETE FROM outcomes WHERE stream = 'client/maija' AND version = 1");
        Assert.Equal(
            ["client/maija: version 1 has no outcome; its command could be stored again"],
            (await LogVerification.Run(Address, Time)).Differences);
        await InitializeAsync();
    }

    [Fact]
    public async Task Rows_of_an_older_version_have_no_seal_and_are_counted()
    {
        await Fill();
        await Silo.DisposeAsync();
        var key = MasterKey.Open(Address.MasterKeyPath, storeIsEmpty: false);
        Tamper($"UPDATE master_key SET mark = '{key.Mark}'");
        Tamper("UPDATE events SET seal = NULL");
        Tamper("UPDATE access_log SET seal = NULL, writer = zeroblob(16), link = 0");
        var report = await LogVerification.Run(Address, Time);
        Assert.Empty(report.Differences);
        Assert.Equal(report.Events + 1, report.Unsealed);
        Tamper("UPDATE access_log SET seal = x'00'");
        Assert.Equal(["use log: line 1 differs from its seal"], (await LogVerification.Run(Address, Time)).Differences);
        await InitializeAsync();
    }

    [Theory]
    [InlineData("events", "client/maija: version 1 has no seal")]
    [InlineData("outcomes", "client/maija: an outcome of version 3 without events has no seal")]
    [InlineData("kept", "client/maija: an entry kept by consent has no seal")]
    [InlineData("notes", "notes: places/r-1 has no seal")]
    [InlineData("access_log", "use log: line 1 has no seal")]
    [InlineData("disclosures", "disclosure log: line 1 has no seal")]
    public async Task A_seal_that_was_taken_away_is_found_in_a_log_that_was_begun_with_seals(string table, string told)
    {
        await Fill();
        await Silo.DisposeAsync();
        Tamper($"UPDATE {table} SET seal = NULL");
        var report = await LogVerification.Run(Address, Time);
        Assert.Contains(told, report.Differences);
        Assert.Equal(0, report.Unsealed);
        await InitializeAsync();
    }

    [Theory]
    [InlineData("access_log SET client = 'client/x', line = {0} WHERE line = 1", "use log: line {0} differs")]
    [InlineData("disclosures SET client = 'client/x', line = {0} WHERE line = 1", "disclosure log: line {0} differs")]
    [InlineData(
        "events SET position = {0} WHERE stream = 'client/maija' AND version = 2",
        "client/maija: version 2 lies before the beginning of the log")]
    [InlineData("keys SET stream = '' WHERE stream = 'client/maija'", "keys: a row names no client")]
    [InlineData("outcomes SET stream = '' WHERE stream = 'client/maija'", "outcomes: a row names no grain")]
    public async Task A_row_that_was_put_before_all_others_is_looked_at(string change, string told)
    {
        await Fill();
        await Silo.DisposeAsync();
        foreach (var first in new[] { 0, -1, long.MinValue })
        {
            var before = await File.ReadAllBytesAsync(DatabaseFile);
            Tamper($"UPDATE {string.Format(CultureInfo.InvariantCulture, change, first)}");
            Tamper("PRAGMA wal_checkpoint(TRUNCATE)");
            Assert.Contains(
                (await LogVerification.Run(Address, Time)).Differences,
                difference => difference.StartsWith(
                    string.Format(CultureInfo.InvariantCulture, told, first), StringComparison.Ordinal));
            await File.WriteAllBytesAsync(DatabaseFile, before);
        }
        await InitializeAsync();
    }

    private Task Fill() => EveryTable.Fill(Silo, Time.GetUtcNow());

    private IEnumerable<string> Columns(string table) =>
        Texts($"SELECT name FROM pragma_table_info('{table}')").Except(
            Places.Where(place => place.StartsWith(table, StringComparison.Ordinal)).Select(p => p.Split('.')[1]));

    private List<string> Tables() => Texts(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

    private List<string> Texts(string sql)
    {
        using var database = Database.Open(DatabaseFile);
        using var rows = database.PrepareOnce(sql);
        var texts = new List<string>();
        while (rows.Step())
        {
            texts.Add(rows.Text(0));
        }
        return texts;
    }

    /// <summary>One bit of the largest value of a column.</summary>
    private void Flip(string table, string column)
    {
        using var database = Database.Open(DatabaseFile);
        var value = database.Scalar(
            $"SELECT typeof(max({column})) || ' ' || hex(max({column})) || ' ' || max({column}) FROM {table}")
            ?? database.Scalar($"SELECT 'blob ' || hex(max({column})) FROM {table}")!;
        var (type, hex) = (value.Split(' ')[0], value.Split(' ')[1]);
        var flipped = Convert.FromHexString(hex);
        flipped[^1] ^= 1;
        var now = type switch
        {
            "integer" => $"{column} + 1048576", // Its third byte: no other row has that value.
            "text" => $"CAST(x'{Convert.ToHexString(flipped)}' AS TEXT)",
            _ => $"x'{Convert.ToHexString(flipped)}'",
        };
        database.Execute(
            $"UPDATE {table} SET {column} = {now} WHERE {column} = (SELECT max({column}) FROM {table})");
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
