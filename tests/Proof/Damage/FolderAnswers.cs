using System.Text.Json;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Gateway.Security;
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
    public const string RevokedToken = "token-1";
    public const string RevokedSubject = "someone";
    public const long Imported = 8_192;

    /// <summary>
    /// Answers that do no harm in the place of another one: an import that begins anew loses time and no line, and a
    /// key that takes no token lets no one in.
    /// </summary>
    public static readonly string[] Harmless = ["begins anew", "takes no token"];

    public static readonly DateTimeOffset RevokedAt = new(2019, 5, 2, 12, 0, 0, TimeSpan.Zero);

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

    /// <summary>What a gateway and an import can be asked beside the log.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="token">One that its key has signed.</param>
    public static async Task<IReadOnlyDictionary<string, string>> OfGateway(string folder, string token)
    {
        var issuer = new DevelopmentIssuer(TokenKey.Open(folder), TimeProvider.System);
        var tokens = new Tokens([issuer], TimeProvider.System);
        using var import = OpenImport(folder);
        return new Dictionary<string, string>
        {
            ["token key"] = (await tokens.Identify($"Bearer {token}"))?.Caller.Actor ?? Harmless[1],
            ["revoked tokens"] = string.Join(' ', Revoked(RevokedFile.Read(folder))),
            ["import"] = import.ResumesAfter == 0 ? Harmless[0] : $"{import.ResumesAfter} {import.Import}",
        };
    }

    public static ImportState OpenImport(string folder) =>
        ImportState.Open(folder, "lines.ndjson", "place", "a-file-of-lines", isRehearsal: false);

    private static IEnumerable<bool> Revoked(RevokedTokens tokens) =>
    [
        tokens.Has(RevokedToken, "another", RevokedAt), tokens.Has(null, RevokedSubject, RevokedAt),
        tokens.Has(null, RevokedSubject, RevokedAt.AddSeconds(1)), tokens.Has("token-2", "another", RevokedAt),
    ];

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
        found.AddRange((await ((IIdentityIndex)store).SharedIdentities(default, 100))
            .Select(it => it.Client.ToString()));
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
