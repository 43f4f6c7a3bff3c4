using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>The conformance kit on a real SQLite file.</summary>
internal sealed class SqlitePlace : StorePlace
{
    private readonly TempFolder _folder = new();

    public override Task<IEventStore> Open() => Task.FromResult<IEventStore>(SqliteStore.Open(_folder.Path));

    public override Task<IReadOnlyList<string>> AccessLines()
    {
        using var database = Database.Open(_folder.Database);
        using var lines = database.Prepare(
            "SELECT client || ' ' || register || ' ' || actor || ' ' || purpose || ' ' || what FROM access_log");
        var read = new List<string>();
        while (lines.Step())
        {
            read.Add(lines.Text(0));
        }
        return Task.FromResult<IReadOnlyList<string>>(read);
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteAppendTests() : AppendContract(new SqlitePlace());

public sealed class SqliteNoEventsTests() : NoEventsContract(new SqlitePlace());

public sealed class SqliteFeedTests() : FeedContract(new SqlitePlace());

public sealed class SqliteKeepingTests() : KeepingContract(new SqlitePlace());

public sealed class SqliteIdentityTests() : IdentityContract(new SqlitePlace());

public sealed class SqliteDeliveryTests() : DeliveryContract(new SqlitePlace());

public sealed class SqliteClientLogTests() : ClientLogContract(new SqlitePlace());

public sealed class SqliteRegisterLogTests() : RegisterLogContract(new SqlitePlace());
