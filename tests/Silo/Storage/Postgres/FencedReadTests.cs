using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>
/// A process that stood still while the cluster held it for dead, and goes on: its activation remembers what another
/// one's has changed since.
/// </summary>
[Collection("postgres"), NeedsPostgres]
public sealed class FencedReadTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly Caller Aino = new(Role.SocialWorker, "aino", Reach.Of(Tampere), Purposes.ClientWork)
    {
        Standings = [new Standing(Tampere, "aino")],
    };

    private readonly ConcurrentExclusiveSchedulerPair _turns = new();
    private readonly MasterKey _key = MasterKey.Random();
    private string _database = "";
    private PostgresStore _store = null!;
    private IGrainHost<ClientState> _still = null!;
    private IGrainHost<ClientState> _other = null!;

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _store = await PostgresStore.Open(fixture.Cluster.To(_database), PostgresUse.Cluster);
        (_still, _other) = (Host(), Host());
        await _still.Execute(Ask(Register));
        await _still.Execute(Ask(new AssignWorker("aino", true)));
        Assert.Equal(LastName, (await Read(Worker)).State!.Registered!.LastName.Reveal());
        Assert.Equal(ReadResult.Found, (await Read(Aino)).Result);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await fixture.Cluster.Drop(_database);
    }

    [StoreFact]
    public async Task Whom_another_process_erased_is_shown_without_words()
    {
        await _other.Execute(Ask(new EraseClient(ErasureReason.Ordered)));
        var reply = await Read(Worker);
        Assert.Equal((ReadResult.Found, 3L), (reply.Result, reply.Version));
        Assert.DoesNotContain(LastName, StoredJson.Plain(reply), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Whose_relationship_ended_in_another_process_reads_no_more()
    {
        await _other.Execute(Ask(new AssignWorker("eino", true)));
        Assert.Equal(ReadResult.Forbidden, (await Read(Aino)).Result);
    }

    [StoreFact]
    public async Task Many_reads_at_once_beside_commands_answer_with_nothing_older_than_their_lines()
    {
        for (var letter = 0; letter < 20; letter++)
        {
            var known = (await _other.Execute(Ask(Letter))).Version;
            var own = InTurn(() => _still.Execute(Ask(Letter)));
            var reads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Read(Worker)));
            Assert.All(reads, reply => Assert.True(reply.Version >= known));
            Assert.Equal((ReplyKind.Accepted, known + 1), ((await own).Kind, (await own).Version));
        }
        var read = await Read(Worker);
        Assert.Equal((42L, 40), (read.Version, read.State!.Contacts.Letters));
    }

    private IGrainHost<ClientState> Host() => (IGrainHost<ClientState>)GrainKinds.NewHost(
        Maija, new GrainServices(_store, _key, TimeProvider.System), ReadSnapshot.None);

    private Task<ReadReply<ClientState>> Read(Caller caller) => InTurn(() => _still.Read(ReadAs(caller)));

    /// <summary>As Orleans does: what interleaves does so at waits alone.</summary>
    private Task<T> InTurn<T>(Func<ValueTask<T>> call) => Task.Factory.StartNew(
        () => call().AsTask(), CancellationToken.None, TaskCreationOptions.None, _turns.ExclusiveScheduler).Unwrap();
}
