using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Messages;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;
using StoredPlace = OsstOrleans.Silo.Storage.Place;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>
/// What older versions wrote is read for ever, and what a newer version wrote is kept by an older one beside it. The
/// golden files are what was once written: a line or a file is added, by running the tests once with
/// <c>OSST_GOLDEN=append</c>, and never changed.
/// </summary>
public sealed class PersistedFormTests
{
    private static readonly GrainName Client = GrainName.Client("golden");
    private static readonly MasterKey Master = MasterKey.Random();
    private static readonly ClientKeys Keys = ClientKeys.Of(Master, Client, Master.NewClientKey(Client).Wrapped, []);
    private static readonly ClientCipher Cipher = Keys.Own!;
    private static readonly EventCodec Codec = new(Client) { Keys = Keys };

    private static readonly StoredPlace Where = new(Client, 1, IsSnapshot: false);

    /// <summary>More words than any event has.</summary>
    private static readonly byte[] Words = Cipher.Seal(
        JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 100).Select(n => $"word-{n}")),
        Where.ToString());

    /// <summary>Each line: an event's stored name, a tab, and its coded part as written when it was new.</summary>
    [Fact]
    public void Every_event_that_was_ever_written_is_read_with_all_that_it_holds()
    {
        var path = Path.Combine(Folder(), "stored-events.txt");
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            var missing = EventCatalogue.Names.Except(known.Select(NameOf)).Select(Write);
            File.WriteAllLines(path, known = [.. known.Concat(missing).Order(StringComparer.Ordinal)]);
        }
        Assert.All(known, line =>
        {
            var coded = line[(NameOf(line).Length + 1)..];
            var happened = Codec.Decode(Stored(NameOf(line), Encoding.UTF8.GetBytes(coded)) with { Personal = Words });
            AssertHolds(JsonNode.Parse(coded)!, JsonSerializer.SerializeToNode(
                happened, happened!.GetType(), MessageJson.Options)!);
        });
        var unknown = EventCatalogue.Names.Except(known.Select(NameOf)).FirstOrDefault();
        Assert.True(unknown is null, $"stored-events.txt: '{unknown}' is new; run with OSST_GOLDEN=append.");
    }

    [Fact]
    public void A_field_of_a_newer_version_does_not_hinder_an_older_one()
    {
        var coded = JsonNode.Parse(Write("client.registered").Split('\t')[1])!;
        coded["fromTheFuture"] = new JsonObject { ["code"] = 7 };
        var happened = EventCodec.DecodeCoded(
            Stored("client.registered", Encoding.UTF8.GetBytes(coded.ToJsonString())));
        Assert.NotNull(happened);
    }

    /// <summary>The older version appends behind it, and never writes it again: what it does not know stays.</summary>
    [Fact]
    public async Task An_older_version_keeps_the_events_and_fields_of_a_newer_one()
    {
        using var folder = new TempFolder();
        await using (var silo = await Platform.Open(new StoreAddress(folder.Path), TimeProvider.System))
        {
            await silo.Grains.Execute(Maija, Ask(Register));
            await silo.Grains.Execute(Maija, Ask(Letter));
        }
        const string Newer = """{"channel":"LETTER","reached":false,"drone":{"height":12}}""";
        using (var database = Database.Open(folder.Database))
        {
            database.Execute($"UPDATE events SET data = CAST('{Newer}' AS BLOB) WHERE version = 2");
            database.Execute("""
                INSERT INTO events SELECT 3, stream, 3, municipality, 'client.promoted', occurred_on, recorded_at,
                    x'00112233445566778899aabbccddeeff', actor, CAST('{"to":"moon"}' AS BLOB), NULL, NULL
                FROM events WHERE version = 2
                """);
        }
        await using (var silo = await Platform.Open(new StoreAddress(folder.Path), TimeProvider.System))
        {
            Assert.Equal(4, (await silo.Grains.Execute(Maija, Ask(Letter))).Version);
            var read = await silo.Grains.Read<ClientState>(Maija, ReadAs(Worker, ReadKind.History));
            var history = read.History!;
            Assert.Equal([false, false, true, false], history.Select(entry => entry.Event is null));
        }
        using var after = Database.Open(folder.Database, readOnly: true);
        Assert.Equal(Newer, after.Scalar("SELECT CAST(data AS TEXT) FROM events WHERE version = 2"));
        Assert.Equal("""{"to":"moon"}""", after.Scalar("SELECT CAST(data AS TEXT) FROM events WHERE version = 3"));
    }

    /// <summary>A database as the first version made it, with one municipality and one client.</summary>
    [Fact]
    public async Task A_database_of_the_first_version_is_upgraded_and_used()
    {
        using var folder = new TempFolder();
        WriteFirstVersion(folder.Database);
        File.Copy(Path.Combine(Folder(), "store-1.key"), new StoreAddress(folder.Path).MasterKeyPath);
        await using var silo = await Platform.Open(new StoreAddress(folder.Path), TimeProvider.System);
        Assert.Equal([Tampere], silo.Caseloads.Codes);
        var read = await silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        Assert.Equal(LastName, Assert.IsType<Grains.Client.ClientState>(read.State).Registered!.LastName.Reveal());
        Assert.Equal(3, (await silo.Grains.Execute(Maija, Ask(Letter))).Version);
    }

    /// <summary>A database as the first version made it.</summary>
    internal static void WriteFirstVersion(string file)
    {
        using var database = Database.Open(file);
        database.Execute(File.ReadAllText(Path.Combine(Folder(), "store-1.sql")));
    }

    private static string NameOf(string line) => line.Split('\t')[0];

    private static string Write(string name) => $"{name}\t" + Encoding.UTF8.GetString(StoredJson.Write(
        new Filled().Of(EventCatalogue.TypeOf(name)!), () => Keys.Of(0), Where).Coded);

    private static StoredEvent Stored(string name, byte[] coded) =>
        new(Client, 1, 1, Tampere, name, Day, DateTimeOffset.UnixEpoch, Guid.Empty, "s/1", coded, default);

    /// <summary>All of one is in the other; a personal text is there the number of its word, here the word.</summary>
    private static void AssertHolds(JsonNode old, JsonNode now)
    {
        switch (old)
        {
            case JsonObject fields:
                Assert.All(fields.Where(field => field.Value is not null), field =>
                    AssertHolds(field.Value!, Assert.IsAssignableFrom<JsonNode>(now[field.Key])));
                break;
            case JsonArray items:
                Assert.Equal(items.Count, now.AsArray().Count);
                Assert.All(items.Zip(now.AsArray()), pair => AssertHolds(pair.First!, pair.Second!));
                break;
            default:
                var written = old.ToJsonString();
                Assert.Contains(now.ToJsonString(), new[] { written, $"\"word-{written}\"" });
                break;
        }
    }

    private static string Folder([CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(caller))!, "Golden");
}
