using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Benchmarks;

/// <summary>A silo in a temporary folder, with synthetic clients to work on.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    public static readonly Caller Worker = new(Role.SocialWorker, "bench", "837", "benchmark");

    private readonly StoreAddress _address;

    private Workplace(StoreAddress address, Platform silo) => (_address, Silo) = (address, silo);

    public Platform Silo { get; private set; }

    public string Folder => _address.Folder;

    /// <summary>An empty silo on a file in the folder, or on a PostgreSQL database.</summary>
    public static Task<Workplace> Open(string? postgres = null) => Open(NewAddress(postgres));

    /// <summary>A platform with a folder, and a place in a cluster if it is not alone.</summary>
    public static async Task<Workplace> Open(StoreAddress address, ClusterPlace? place = null) =>
        new(address, await Platform.Open(address, TimeProvider.System, place));

    /// <summary>A new, empty folder.</summary>
    public static StoreAddress NewAddress(string? postgres = null) =>
        new(Directory.CreateTempSubdirectory("osst-bench-").FullName, postgres);

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

    public async Task<CommandReply> Send(GrainName grain, ICommand command)
    {
        var reply = await Silo.Grains.Execute(grain, command, new Envelope(Guid.NewGuid(), Worker));
        return reply.Kind == ReplyKind.Accepted
            ? reply
            : throw new InvalidOperationException($"{command.GetType().Name}: {reply.Kind} {reply.Rejection}");
    }

    /// <summary>Closes the silo and opens it again on the same data: nothing is loaded any more.</summary>
    public async Task Reopen()
    {
        await Silo.DisposeAsync();
        Silo = await Platform.Open(_address, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
