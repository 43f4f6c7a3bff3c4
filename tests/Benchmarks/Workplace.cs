using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Benchmarks;

/// <summary>A silo in a temporary folder, with synthetic clients to work on.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    public static readonly Caller Worker = new(Role.Coordinator, "bench", Reach.Of("837"), Purposes.ClientWork);

    private readonly StoreAddress _address;
    private readonly ClusterPlace? _place;

    private Workplace(StoreAddress address, ClusterPlace? place, Platform silo) =>
        (_address, _place, Silo) = (address, place, silo);

    public Platform Silo { get; private set; }

    public string Folder => _address.Folder;

    /// <summary>Somebody else goes on with the folder.</summary>
    public bool KeepFolder { get; set; }

    /// <summary>An empty silo on a file in the folder, or on a PostgreSQL database.</summary>
    public static Task<Workplace> Open(string? postgres = null) => Open(NewAddress(postgres));

    /// <summary>A platform with a folder, and a place in a cluster if it is not alone.</summary>
    public static async Task<Workplace> Open(StoreAddress address, ClusterPlace? place = null) =>
        new(address, place, await Platform.Open(address, TimeProvider.System, place));

    /// <summary>A new, empty folder.</summary>
    public static StoreAddress NewAddress(string? postgres = null) =>
        new(Directory.CreateTempSubdirectory("osst-bench-").FullName, postgres);

    /// <summary>The codes of some municipalities that there are today.</summary>
    public static string[] Municipalities(int count) =>
        [.. CodeSystems.Find(CodeSystems.Municipalities)!.Codes.Where(line => line.ValidTo is null).Take(count)
            .Select(line => line.Code)];

    /// <summary>Registers synthetic clients, a few hundred at once.</summary>
    public async Task<GrainName[]> RegisterClients(int count)
    {
        var clients = Enumerable.Range(0, count).Select(i => GrainName.Client($"bench-{i}")).ToArray();
        await Parallel.ForEachAsync(clients, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (client, _) =>
            await Send(client, new RegisterClient(
                "837", new PersonalText("Synteettinen"), new PersonalText("Esimerkki"), 1980,
                TemporaryIdentifier: new PersonalText(client.Key), Synthetic: true)));
        return clients;
    }

    /// <summary>Sends what must be accepted, as <see cref="Worker"/> and of today unless it is said.</summary>
    public async Task<CommandReply> Send(GrainName grain, ICommand command, Caller? by = null, DateOnly? on = null)
    {
        var reply = await Silo.Grains.Execute(grain, command, new Envelope(Guid.NewGuid(), by ?? Worker, on));
        return reply.Kind == ReplyKind.Accepted
            ? reply
            : throw new InvalidOperationException($"{command.GetType().Name}: {reply.Kind} {reply.Rejection}");
    }

    /// <summary>Closes the silo and opens it again on the same data: nothing is loaded any more.</summary>
    public async Task Reopen()
    {
        await Close();
        await OpenAgain();
    }

    public async Task Close() => await Silo.DisposeAsync();

    public async Task OpenAgain() => Silo = await Platform.Open(_address, TimeProvider.System, _place);

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        if (!KeepFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
