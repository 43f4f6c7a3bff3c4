using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>
/// Where the conformance kit finds a store: any implementation that can be opened on the same data again and again
/// passes it by deriving the contract classes with its own place.
/// </summary>
public abstract class StorePlace : IAsyncDisposable
{
    /// <summary>Opens the store on this place's data; the one opened before has been disposed.</summary>
    public abstract Task<IEventStore> Open();

    /// <summary>The use log's lines as stored: client, register, actor, purpose, what.</summary>
    public abstract Task<IReadOnlyList<string>> AccessLines();

    public abstract ValueTask DisposeAsync();
}

/// <summary>One open store at a time, for one test.</summary>
public abstract class StoreContract(StorePlace place) : IAsyncLifetime
{
    protected StorePlace Place { get; } = place;

    protected IEventStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await Place.Open();

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Place.DisposeAsync();
    }

    protected async Task Restart()
    {
        await Store.DisposeAsync();
        Store = await Place.Open();
    }
}
