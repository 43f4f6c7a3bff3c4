using OsstOrleans.Grains;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>A real silo on a real file with doors that a test can shut.</summary>
public abstract class GatedSilo : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected GatedStore Gate { get; private set; } = null!;

    private protected Platform Silo { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        var address = new StoreAddress(_folder.Path);
        var services = await Stores.OpenWithKey(address, TimeProvider.System, alone: true);
        Gate = new GatedStore(services.Store);
        Silo = await Platform.Open(await Platform.Prepare(services with { Store = Gate }, address, ClusterPlace.Here));
    }

    public virtual async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        _folder.Dispose();
    }

    private protected async Task Restart()
    {
        await Silo.DisposeAsync();
        await InitializeAsync();
    }

    private protected Task<CommandReply> Send(GrainName grain, ICommand command, Guid? id = null) =>
        Silo.Grains.Execute(grain, Ask(command, id: id)).AsTask();

    private protected async Task Register(params IEnumerable<GrainName> clients)
    {
        foreach (var client in clients)
        {
            Assert.Equal(ReplyKind.Accepted, (await Send(client, Cases.Register)).Kind);
        }
    }

    /// <summary>Works on the stored tables behind everybody's back.</summary>
    private protected void Tamper(string sql)
    {
        using var database = Database.Open(_folder.Database);
        database.Execute(sql);
    }

    private protected string? Scalar(string sql)
    {
        using var database = Database.Open(_folder.Database);
        return database.Scalar(sql);
    }

    private protected static GrainName[] Clients(int count) =>
        [.. Enumerable.Range(0, count).Select(n => GrainName.Client($"c-{n}"))];
}
