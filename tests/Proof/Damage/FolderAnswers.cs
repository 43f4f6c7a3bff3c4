using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Tests;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Proof.Tests.Damage;

/// <summary>All that a data folder can be asked, by the name of where it lies.</summary>
internal static class FolderAnswers
{
    private static readonly string[] s_tables =
        ["events", "outcomes", "keys", "kept", "access_log", "disclosures", "notes", "master_key"];

    public static async Task<IReadOnlyDictionary<string, string>> Of(string folder)
    {
        var services = await Stores.OpenWithKey(new StoreAddress(folder), new FakeTime(), alone: true);
        await using var store = services.Store;
        var answers = s_tables.ToDictionary(table => table, table => Rows(folder, table));
        answers["what indexes find"] = await Found(services);
        answers["codes"] = JsonSerializer.Serialize(services.Codes.All);
        answers["image"] = await Figures(services, folder);
        return answers;
    }

    private static string Rows(string folder, string table)
    {
        using var database = Database.Open(Path.Combine(folder, SqliteStore.FileName), readOnly: true);
        var columns = database.Scalar(
            $"SELECT group_concat('quote(' || name || ')', '||''|''||') FROM pragma_table_info('{table}')");
        return database.Scalar(
            $"SELECT group_concat(line, char(10)) FROM (SELECT {columns} AS line FROM {table} ORDER BY line)") ?? "";
    }

    private static async Task<string> Found(GrainServices services)
    {
        var (store, found) = (services.Store, new List<string>());
        foreach (var grain in DamageTests.Grains)
        {
            var tail = await store.Load(grain);
            found.Add($"{grain}: {string.Join(' ', tail.Events.Select(e => $"{e.Version} at {e.Position}"))}");
            var slice = new ClientLogSlice(grain, Reach.All, DateTimeOffset.MinValue, null, 100);
            found.AddRange((await ((IClientLogs)store).Accesses(slice)).Select(line => line.ToString()));
            found.AddRange((await ((IClientLogs)store).Disclosures(slice)).Select(line => line.ToString()));
        }
        found.AddRange((await ((IIdentityIndex)store).SharedIdentities(default, 100)).Select(it => it.Client.ToString()));
        found.AddRange((await ((IIdentityIndex)store).ClientsWithoutIdentity(100)).Select(it => it.ToString()));
        return string.Join('\n', found);
    }

    /// <summary>The figures as a start has them: from the image where it is taken, and from the log after it.</summary>
    private static async Task<string> Figures(GrainServices services, string folder)
    {
        var (caseloads, known) = (new Caseloads(services.Store), new KnownGrains());
        var keeper = new ImageWriter(folder, known, caseloads);
        await using var feed = new FeedPump(services.Store, caseloads, known);
        feed.GoOnAfter(await keeper.Restore(services.Store));
        await feed.CatchUp();
        return string.Join('\n', caseloads.Codes.Select(code => code + string.Join('|', caseloads.Ask(
            code, caseload => CaseloadDigest.Of(caseload, new DateOnly(2019, 12, 31)).Values)!)))
            + string.Join(',', known.Receivers);
    }
}
