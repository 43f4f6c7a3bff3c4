using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests;

/// <summary>A whole silo in a folder of its own: store, engine and projections.</summary>
public abstract class SiloPlace : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected FakeTime Time { get; } = new();

    protected Platform Silo { get; private set; } = null!;

    protected StoreAddress Address => new(_folder.Path);

    private protected string DatabaseFile => _folder.Database;

    public async Task InitializeAsync() => Silo = await Platform.Open(Address, Time);

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        _folder.Dispose();
    }

    protected async Task Restart()
    {
        await Silo.DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>Sends a command as somebody who may; it must be accepted. Waits until the projections have seen it.
    /// </summary>
    private protected async Task<CommandReply> Send(GrainName grain, ICommand command, DateOnly? on = null)
    {
        var isCasework = grain.Kind is GrainKind.Client or GrainKind.Municipality;
        var caller = In(isCasework ? Role.Coordinator : Role.Operator, null);
        var reply = await Silo.Grains.Execute(grain, Ask(command, caller, on: on));
        Assert.True(reply.Kind == ReplyKind.Accepted, $"{command} was refused: {reply.Kind} {reply.Rejection}");
        await Silo.WaitFor(reply.Position);
        return reply;
    }

    protected void Tamper(string sql)
    {
        using var database = Database.Open(_folder.Database);
        database.Execute(sql);
    }
}
