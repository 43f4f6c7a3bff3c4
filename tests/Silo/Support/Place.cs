using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests;

/// <summary>A store with its services in a folder of its own; hosts are driven by hand, call by call.</summary>
public abstract class Place : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected FakeTime Time { get; } = new();

    protected MasterKey MasterKey { get; } = MasterKey.Random();

    private protected SqliteStore Store { get; private set; } = null!;

    protected GrainServices Services { get; private set; } = null!;

    protected string DatabaseFile => _folder.Database;

    protected string Folder => _folder.Path;

    public virtual Task InitializeAsync()
    {
        Store = SqliteStore.Open(_folder.Path);
        Services = new GrainServices(Store, MasterKey, Time);
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    protected async Task Restart()
    {
        await Store.DisposeAsync();
        Store = SqliteStore.Open(_folder.Path);
        Services = new GrainServices(Store, MasterKey, Time);
    }

    /// <summary>A fresh activation.</summary>
    protected IGrainHost<ClientState> Host(GrainName client) => Host(client, Services);

    /// <summary>A fresh activation on other services.</summary>
    protected IGrainHost<ClientState> Host(GrainName client, GrainServices services) =>
        (IGrainHost<ClientState>)GrainKinds.NewHost(client, services, new TableSnapshots(client, Store));

    protected async Task<IGrainHost<ClientState>> RegisteredMaija()
    {
        var host = Host(Maija);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Register))).Kind);
        return host;
    }

    /// <summary>The state that a fresh activation reads.</summary>
    protected async Task<ClientState> StateOf(GrainName client, Caller? caller = null)
    {
        var reply = await Host(client).Read(ReadAs(caller ?? Worker));
        Assert.Equal(ReadResult.Found, reply.Result);
        return reply.State!;
    }

    /// <summary>Works on the stored tables behind everybody's back.</summary>
    protected void Tamper(string sql)
    {
        using var database = Database.Open(_folder.Database);
        database.Execute(sql);
    }

    protected string? Scalar(string sql)
    {
        using var database = Database.Open(_folder.Database);
        return database.Scalar(sql);
    }

    /// <summary>Nobody waits for a snapshot: an empty use-log write queued behind it is waited for instead.</summary>
    protected async Task SnapshotsAreStored() => await Store.LogAccess([]);
}
