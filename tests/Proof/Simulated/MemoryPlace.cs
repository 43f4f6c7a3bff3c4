using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests.Storage;

namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>The conformance kit on the store of the schedules: what it promises there is what every store does.
/// </summary>
internal sealed class MemoryPlace : StorePlace
{
    private readonly MemoryStore _store = new();

    public override Task<IEventStore> Open() => Task.FromResult<IEventStore>(_store);

    public override Task<IReadOnlyList<string>> AccessLines() => Task.FromResult<IReadOnlyList<string>>(
        [.. _store.Accesses.Select(line => $"{line.Client} {line.Register} {line.Actor} {line.Purpose} {line.What}")]);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class MemoryAppendTests() : AppendContract(new MemoryPlace());

public sealed class MemoryNoEventsTests() : NoEventsContract(new MemoryPlace());

public sealed class MemoryFeedTests() : FeedContract(new MemoryPlace());

public sealed class MemoryKeepingTests() : KeepingContract(new MemoryPlace());

public sealed class MemoryIdentityTests() : IdentityContract(new MemoryPlace());

public sealed class MemoryDeliveryTests() : DeliveryContract(new MemoryPlace());

public sealed class MemoryClientLogTests() : ClientLogContract(new MemoryPlace());
