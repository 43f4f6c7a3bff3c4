using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>
/// A commit that the synchronous standby never confirmed. The standby's name is one that no server has, so every
/// commit waits until somebody cancels it.
/// </summary>
[Collection("postgres"), NeedsPostgres]
public sealed class CommitInDoubtTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const string Names = "synchronous_standby_names";
    private const string WaitsForStandby = "datname = current_database() AND wait_event = 'SyncRep'";

    private static readonly Guid Command = new("33333333-3333-3333-3333-333333333333");

    private string _database = "";
    private PostgresStore _store = null!;

    private PostgresCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync()
    {
        _database = await Cluster.NewDatabase();
        _store = await PostgresStore.Open(
            Cluster.To(_database), new PostgresUse(Alone: true, TimeSpan.FromMilliseconds(50)));
        await _store.Append(One(Someone, 0));
        await Cluster.Set(Names, "nobody");
    }

    public async Task DisposeAsync()
    {
        await Cluster.Reset(Names, "");
        await _store.DisposeAsync();
        await Cluster.Drop(_database);
    }

    [StoreTheory]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    [Trait("case", "19")]
    public async Task A_commit_whose_wait_was_cancelled_is_not_acknowledged_and_its_retry_tells_the_truth(string how)
    {
        await InDoubt(_store.Append(One(Someone, 1, Command)).AsTask(), how);
        Assert.Equal(2, (await _store.Load(Someone)).Events.Count); // The server has it, and nobody may rely on it.
        await Cluster.Reset(Names, "");
        var again = await _store.Append(One(Someone, 1, Command));
        Assert.Equal((AppendResult.Duplicate, 2L), (again.Result, again.Version));
        Assert.Equal(again, await _store.FindOutcome(Someone, Command));
        Assert.Equal(2, (await _store.Load(Someone)).Events.Count);
    }

    [StoreFact]
    public async Task What_a_retry_finds_is_not_acknowledged_either_before_it_is_durable()
    {
        await InDoubt(_store.Append(One(Someone, 1, Command)).AsTask());
        await InDoubt(_store.Append(One(Someone, 1, Command)).AsTask());
        await InDoubt(_store.FindOutcome(Someone, Command).AsTask());
        Assert.Equal(2, (await _store.Load(Someone)).Events.Count);
    }

    [StoreFact]
    public async Task Lines_of_the_use_log_that_are_in_doubt_let_no_answer_out() => await InDoubt(_store.LogAccess(
        [new UseLine(Someone, "837", "social-worker/s-1", "follow-up", "client", DateTimeOffset.UnixEpoch)]).AsTask());

    [StoreFact]
    public async Task Notes_and_lines_of_the_disclosure_log_in_doubt_are_not_acknowledged()
    {
        var line = new DisclosureLine(
            Someone, "837", "client.registered", "r-1", "Kela", "operator/o-1", "follow-up", "703/2023", 1,
            DateTimeOffset.UnixEpoch);
        await InDoubt(_store.TryWrite([new NoteRow("shelf", "key", new byte[] { 1 })]).AsTask());
        await InDoubt(_store.LogDisclosures([line]).AsTask());
    }

    [StoreFact]
    public async Task A_process_whose_standby_was_lost_recovers_without_a_write_when_it_is_back()
    {
        await InDoubt(_store.Append(One(Someone, 1, Command)).AsTask());
        Assert.True(_store.Figures.IsAway);
        Assert.False(_store.Figures.IsBroken);
        await Cluster.Reset(Names, "");
        await Patience.Until(() => !_store.Figures.IsAway);
    }

    /// <summary>Ends each wait for the standby until the write has its answer: that nobody knows.</summary>
    private async Task InDoubt(Task write, string how = "pg_cancel_backend")
    {
        await Patience.Until(async () =>
        {
            await Cluster.Execute($"SELECT {how}(pid) FROM pg_stat_activity WHERE {WaitsForStandby}", _database);
            return write.IsCompleted;
        });
        Assert.True((await Assert.ThrowsAsync<StoreFault>(() => write)).IsPassing);
    }
}
