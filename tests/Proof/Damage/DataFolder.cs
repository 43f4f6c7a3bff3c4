using OsstOrleans.Gateway.Import;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Search;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Proof.Tests.Damage;

/// <summary>The files of a data folder with something of everything in it.</summary>
/// <param name="Files">Content by name.</param>
/// <param name="Token">A token that the folder's key has signed.</param>
internal sealed record DataFolder(IReadOnlyDictionary<string, byte[]> Files, string Token)
{
    private static readonly Caller s_coordinator = new(Role.Coordinator, "c-1", Reach.All, Purposes.ClientWork);
    private static readonly DateOnly s_day = new(2019, 5, 2);
    private static int s_sent;

    /// <summary>A folder as <c>kill -9</c> leaves it, its last writes in the write-ahead log; and one that was closed.
    /// </summary>
    public static async Task<(DataFolder Killed, DataFolder Closed)> Make()
    {
        using var folder = new TempFolder();
        var address = new StoreAddress(folder.Path);
        ImportCodes(folder.Path);
        var services = await Stores.OpenWithKey(address, new FakeTime(), alone: true);
        await Fill(services, folder.Path);
        var token = await FillGateway(folder.Path);
        var killed = Read(folder.Path);
        await services.Store.DisposeAsync();
        return (new DataFolder(killed, token), new DataFolder(Read(folder.Path), token));
    }

    /// <summary>Puts the files into a folder, one of them with other content.</summary>
    public void Write(string folder, string damaged, byte[] content)
    {
        foreach (var old in Directory.EnumerateFiles(folder))
        {
            File.Delete(old);
        }
        foreach (var (name, whole) in Files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, name == damaged ? content : whole);
        }
    }

    private static Dictionary<string, byte[]> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not ".db-shm" and not ".lock")
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes);

    private static void ImportCodes(string folder)
    {
        using var place = new TempFolder();
        var file = Path.Combine(place.Path, "goals.json");
        File.WriteAllText(file, $$"""
            {"system": "{{CodeSystems.LocalGoals}}-more", "name": "Esimerkki", "complete": false, "placeholder": true,
             "standsFor": "1292", "source": "a test", "codes": [
               {"code": "11", "display": {"fi": "Esimerkki", "en": "Example"}, "validFrom": "2019-01-01"},
               {"code": "12", "display": {"fi": "Vanha"}, "validTo": "2018-12-31"}]}
            """);
        ImportedCodes.Import(folder, file);
    }

    private static async Task Fill(GrainServices services, string folder)
    {
        var store = (IDeliveryStore)services.Store;
        await Send(services, GrainName.Municipality("837"), new RegisterMunicipality("Esimerkki"));
        await Send(services, GrainName.Municipality("837"), new AddSocialWorker("w1"));
        for (var number = 0; number < 5; number++)
        {
            await Live(services, GrainName.Client($"client-{number}"), number);
        }
        await Send(services, GrainName.Client("client-4"), new EraseClient(ErasureReason.RegisteredInError));
        await Send(services, GrainName.Receiver("records"), new RegisterReceiver(
            "Records", "care", "703/2023 58 §", "837", Subject: "records-of-837"));
        await store.TryWrite([new NoteRow("delivery", "records", "{\"position\":17}"u8.ToArray())]);
        await store.LogDisclosures([new DisclosureLine(
            GrainName.Client("client-1"), "837", "client.moved, coded", "records", "Records", "osst/deliveries",
            "care", "703/2023 58 §", 7, services.Time.GetUtcNow())]);
        await new Identities(services).CatchUp(CancellationToken.None);
        await WriteImage(services, folder);
    }

    /// <summary>What a gateway and an import that was cut off leave beside the log; a token of its key.</summary>
    private static async Task<string> FillGateway(string folder)
    {
        var issuer = new DevelopmentIssuer(TokenKey.Open(folder), TimeProvider.System);
        await RevokedFile.AddToken(folder, FolderAnswers.RevokedToken);
        await RevokedFile.AddSubject(folder, FolderAnswers.RevokedSubject, FolderAnswers.RevokedAt);
        using var import = FolderAnswers.OpenImport(folder);
        import.Report(
            new SourceLine(3, 4, null, null),
            new Rejection(RejectionKind.InvalidField, RejectionCodes.OutOfRange, "urgency", "Not in range."));
        import.Save(FolderAnswers.Imported);
        return issuer.Mint(Role.Coordinator, "c-1", Reach.Of("837"), TimeSpan.FromHours(1));
    }

    private static async Task Live(GrainServices services, GrainName client, int number)
    {
        var host = await Send(services, client, new RegisterClient(
            "837", new PersonalText("Esimerkki"), new PersonalText("Synteettinen"), 1980 + number,
            TemporaryIdentifier: new PersonalText($"T-{number % 4}"), Synthetic: true));
        await Send(services, client, new AssignWorker("w1", OwnWorker: true), host);
        await Send(services, client, new GiveDropInConsent(), host);
        await Send(services, client, new RecordDropInAttendance("centre"), host);
        for (var letter = 0; letter < 8; letter++)
        {
            await Send(
                services, client,
                new RecordContactAttempt(ContactChannel.Letter, Reached: false, Note: new PersonalText("Kirje")), host);
        }
        await ((IGrainHost<ClientState>)host).Read(new ReadRequest(s_coordinator));
        await host.LetGo();
        await Send(services, client, new RecordBenefitMonth("2018-0" + (number + 1), 50_000, 20));
    }

    private static async Task<IGrainHost> Send(
        GrainServices services, GrainName grain, ICommand command, IGrainHost? known = null)
    {
        var place = new TableSnapshots(grain, (ISnapshotTable)services.Store);
        var host = known ?? GrainKinds.NewHost(grain, services, place);
        var id = StableId.Guid($"{grain}/{s_sent++}/{command}");
        var reply = await host.Execute(command, new Envelope(id, s_coordinator, s_day));
        Assert.Equal((ReplyKind.Accepted, grain, command), (reply.Kind, grain, command));
        return host;
    }

    private static async Task WriteImage(GrainServices services, string folder)
    {
        var (caseloads, known) = (new Caseloads(services.Store), new KnownGrains());
        await using var feed = new FeedPump(services.Store, caseloads, known);
        await feed.CatchUp();
        var last = (await services.Store.ReadFeed(services.Store.LastPosition - 1, 1))[0];
        new ProjectionImage(Path.Combine(folder, ProjectionImage.FileName)).Write(
            new ImagePlace(last.Position, last.CommandId, last.RecordedAt), known, caseloads);
    }
}
