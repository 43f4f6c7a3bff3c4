using System.Text;
using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>What <c>osst verify</c> finds when somebody was at the database's rows.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class FlippedRowTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private string _database = "";

    private PostgresCluster Cluster => fixture.Cluster;

    private StoreAddress Address => new(_folder.Path, Cluster.To(_database));

    public async Task InitializeAsync() => _database = await Cluster.NewDatabase();

    public async Task DisposeAsync()
    {
        await Cluster.Drop(_database);
        _folder.Dispose();
    }

    [StoreTheory]
    [InlineData("events", "client/maija", "municipality/837", "whose name is not a grain's")]
    [InlineData("outcomes", "client/maija", "municipality/837", "outcomes: a row names no grain")]
    [InlineData("keys", "keys: ")]
    [InlineData("kept", "entry kept by consent")]
    [InlineData("notes", "notes: ")]
    [InlineData("access_log", "use log: ")]
    [InlineData("disclosures", "disclosure log: ")]
    public async Task Every_column_of_a_table_is_covered(string table, params string[] named)
    {
        await using (var silo = await Platform.Open(Address, _time))
        {
            await EveryTable.Fill(silo, _time.GetUtcNow());
        }
        Assert.Empty((await LogVerification.Run(Address, _time)).Differences);
        await Cluster.Execute($"ALTER TABLE osst.{table} DISABLE TRIGGER USER", _database);
        foreach (var column in await Columns(table))
        {
            await Cluster.Execute($"CREATE TABLE osst_before AS TABLE osst.{table}", _database);
            await Cluster.Execute(
                $"UPDATE osst.{table} SET {column.Name} = {column.Flipped} WHERE ctid = "
                + $"(SELECT ctid FROM osst.{table} WHERE {column.Name} IS NOT NULL "
                + $"ORDER BY length({column.Name}::text) DESC LIMIT 1)", _database);
            var found = (await LogVerification.Run(Address, _time)).Differences;
            Assert.True(
                found.Any(difference => named.Any(name => difference.Contains(name, StringComparison.Ordinal))),
                $"{table}.{column.Name}: {string.Join("; ", found)}");
            Assert.All(found, difference => Assert.DoesNotContain(LastName, difference, StringComparison.Ordinal));
            await Cluster.Execute(
                $"DELETE FROM osst.{table}; INSERT INTO osst.{table} TABLE osst_before; DROP TABLE osst_before",
                _database);
        }
    }

    /// <summary>Groups of several lanes, with lines whose times are in no order.</summary>
    [StoreFact]
    public async Task Chains_of_lines_that_were_written_at_the_same_time_are_whole_and_a_gap_in_one_is_found()
    {
        await using (var silo = await Platform.Open(Address, _time))
        {
            await Task.WhenAll(Enumerable.Range(0, 300).Select(i => silo.Store.LogAccess(
                [
                    .. Enumerable.Range(0, 3).Select(n => new UseLine(
                        Maija, Tampere, $"social-worker/{n}", "client-work", "read",
                        _time.GetUtcNow().AddSeconds(-(i * n)))),
                ]).AsTask()));
        }
        var whole = await LogVerification.Logs(Address, null, _time);
        Assert.Empty(whole.Differences);
        Assert.Equal((900, 0), (whole.Lines, whole.Unchained));
        await Cluster.Execute(
            "ALTER TABLE osst.access_log DISABLE TRIGGER USER; DELETE FROM osst.access_log WHERE link = 2", _database);
        Assert.All(
            (await LogVerification.Logs(Address, null, _time)).Differences,
            difference => Assert.StartsWith(
                "use log: 1 lines are gone before line", difference, StringComparison.Ordinal));
        Assert.NotEmpty((await LogVerification.Logs(Address, null, _time)).Differences);
    }

    /// <summary>Grain storage writes a key of hexadecimal digits as a number or a GUID, and only others as text.
    /// </summary>
    [StoreTheory]
    [InlineData("client/maija")]
    [InlineData("client/837")]
    [InlineData("client/0123456789abcdef0123456789ABCDEF")]
    [InlineData("client/0123456789abcdef")]
    [InlineData("municipality/837")]
    public async Task A_snapshot_that_differs_from_a_replay_is_found_whatever_its_grains_key_looks_like(string name)
    {
        Assert.True(GrainName.TryParse(name, out var grain));
        await using (var silo = await Platform.Open(Address, _time))
        {
            var isClient = grain.Kind is GrainKind.Client;
            await EveryTable.Send(silo, grain, isClient ? Register : new RegisterMunicipality("Tampere in 1984"));
            for (var i = 0; i < 12; i++) // The end of an activation leaves a snapshot.
            {
                await EveryTable.Send(silo, grain, isClient ? Letter : new AddSocialWorker($"w{i}"));
            }
        }
        Assert.Empty((await LogVerification.Run(Address, _time)).Differences);
        var payload = JsonNode.Parse((byte[])(await Cluster.Scalar(
            "SELECT payload FROM orleans.grainstate", _database))!)!;
        var data = Encoding.UTF8.GetString(Convert.FromBase64String(payload["Data"]!.GetValue<string>()));
        Assert.Contains("1984", data, StringComparison.Ordinal);
        payload["Data"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(data.Replace("1984", "1985", StringComparison.Ordinal)));
        var bytes = Convert.ToHexString(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        await Cluster.Execute($"UPDATE orleans.grainstate SET payload = '\\x{bytes}'", _database);
        Assert.Equal(
            [$"{name}: the state from the snapshot differs from a replay"],
            (await LogVerification.Run(Address, _time)).Differences);
    }

    /// <summary>A table's columns, and each one's value with one bit flipped. A line's name is its place.</summary>
    private async Task<List<(string Name, string Flipped)>> Columns(string table)
    {
        var listed = (string)(await Cluster.Scalar(
            $"""
            SELECT string_agg(column_name || ' ' || udt_name, ',') FROM information_schema.columns
            WHERE table_schema = 'osst' AND table_name = '{table}' AND column_name <> 'line'
            """, _database))!;
        return [.. listed.Split(',').Select(column => column.Split(' ')).Select(column => (column[0], Flip(column)))];
    }

    private static string Flip(string[] column) => column switch
    {
        [var name, "bytea"] => $"set_byte({name}, length({name}) - 1, get_byte({name}, length({name}) - 1) # 1)",
        [var name, "text"] => $"left({name}, -1) || chr(ascii(right({name}, 1)) # 1)",
        [var name, "int8"] => $"{name} # 1048576",
        [var name, "date"] => $"{name} + 1",
        [var name, "timestamptz"] => $"{name} + interval '1 millisecond'",
        [var name, "uuid"] =>
            $"overlay({name}::text PLACING "
            + $"translate(right({name}::text, 1), '0123456789abcdef', '1032547698badcfe') FROM 36)::uuid",
        _ => throw new NotSupportedException(string.Join(' ', column)),
    };
}
