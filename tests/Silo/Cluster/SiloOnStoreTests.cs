using System.Net;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>One silo on a file, whose table is the grain storage.</summary>
public sealed class SiloOnAFileTests : ClusterContract;

/// <summary>A silo on PostgreSQL: clustering and grain storage of Orleans' providers.</summary>
[NeedsPostgres]
public sealed class SiloOnPostgresTests : ClusterContract
{
    private readonly TempFolder _keys = new();
    private PostgresCluster _cluster = null!;
    private string _database = "";

    protected override StoreAddress Address => new(_keys.Path, _cluster.To(_database));

    public override async Task InitializeAsync()
    {
        if (_database.Length == 0)
        {
            _cluster = await PostgresCluster.Start();
            _database = await _cluster.NewDatabase();
        }
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _cluster.DisposeAsync();
        _keys.Dispose();
    }

    [StoreFact]
    public async Task Snapshots_are_grain_state_and_deleting_or_damaging_them_changes_no_answer()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        for (var i = 0; i < 60; i++)
        {
            await Silo.Grains.Execute(Maija, Ask(Letter));
        }
        var before = await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        await Restart();
        Assert.Equal(1L, await Count("SELECT count(*) FROM orleans.grainstate WHERE graintype LIKE '%snapshot%'"));
        var words = await _cluster.Scalar(
            $"SELECT count(*) FROM orleans.grainstate WHERE position('{LastName}'::bytea IN payload) > 0", _database);
        Assert.Equal(0L, words);
        foreach (var harm in new[]
        {
            "SELECT 1",
            "UPDATE orleans.grainstate SET payload = convert_to(replace("
                + "convert_from(payload, 'UTF8'), '\"Position\":', '\"Position\":9'), 'UTF8')",
            """
            UPDATE orleans.grainstate SET payload = convert_to(
                '{"$type":"Older","Version":61,"Data":{"$type":"System.Byte[]","$value":"AA=="}}', 'UTF8')
            """,
            "UPDATE orleans.grainstate SET payload = 'neither'",
            "DELETE FROM orleans.grainstate",
            "ALTER TABLE orleans.grainstate RENAME COLUMN payload TO gone", // Every read of it fails.
        })
        {
            await Restart(harm);
            var after = await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
            Assert.Equal(before.Version, after.Version);
            Assert.Equal(StoredJson.Plain(before.State!), StoredJson.Plain(after.State!));
        }
    }

    [StoreFact]
    public async Task Two_silos_share_the_grains_and_each_sees_what_the_other_did()
    {
        await using var other = await Platform.Open(Address, TimeProvider.System);
        var clients = Enumerable.Range(0, 40).Select(n => GrainName.Client($"c-{n}")).ToList();
        foreach (var client in clients)
        {
            await Silo.Grains.Execute(client, Ask(Register));
            var reply = await other.Grains.Execute(client, Ask(Letter));
            Assert.Equal((ReplyKind.Accepted, 2L), (reply.Kind, reply.Version));
            await Silo.WaitFor(reply.Position);
        }
        Assert.Equal(clients.Count, Silo.ActivationCount + other.ActivationCount);
        Assert.Equal(0, clients.Count - Silo.Caseloads.Ask(Tampere, c => c.CountListed(CaseloadFilter.All, Day)));
    }

    [StoreFact]
    public async Task A_silo_that_other_machines_and_the_clusters_silos_cannot_both_reach_is_refused()
    {
        var elsewhere = new ClusterPlace(HostsGrains: true, IPAddress.Parse("10.1.2.3"));
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => Platform.Open(Address, TimeProvider.System, elsewhere));
        Assert.Contains("cannot reach each other; say by --advertise", refusal.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_process_with_a_code_list_of_its_own_is_refused_until_it_is_the_clusters()
    {
        using var other = new TempFolder();
        var file = Path.Combine(other.Path, "goals.json");
        await File.WriteAllTextAsync(file, Goals);
        ImportedCodes.Import(other.Path, file);
        var address = Address with { Folder = other.Path, Keys = _keys.Path };
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Platform.Open(address, TimeProvider.System));
        Assert.Contains("is not one of the code lists in the database", refusal.Message, StringComparison.Ordinal);
        await Stores.UseNotes(address, TimeProvider.System, (notes, _) => ImportedCodes.Import(notes, file));
        await using var joined = await Platform.Open(address, TimeProvider.System);
        Assert.Equal(2, joined.Services.Codes.Find(CodeSystems.Goals)!.Codes.Count);
    }

    /// <summary>A verb's silo, which other machines cannot reach, would be given a part of the cluster's grains.
    /// </summary>
    [StoreFact]
    public async Task A_verb_opens_a_platform_only_where_no_cluster_works_and_rehearses_beside_one()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        Assert.True((await Assert.ThrowsAsync<StoreRefusal>(
            () => Platform.OpenAlone(Address, TimeProvider.System))).IsInUse);
        await Stores.Rehearse(Address, TimeProvider.System, async services => Assert.Equal(
            2, (await new Rehearsal(services).Execute(Maija, Ask(Letter))).Version));
        Assert.Equal(1, (await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).Version);
        await Silo.DisposeAsync();
        await using (var alone = await Platform.OpenAlone(Address, TimeProvider.System))
        {
            Assert.Equal(2, (await alone.Grains.Execute(Maija, Ask(Letter))).Version);
            Assert.Contains(
                "writes alone", (await Assert.ThrowsAsync<StoreRefusal>(InitializeAsync)).Message,
                StringComparison.Ordinal);
        }
        await InitializeAsync();
        Assert.Equal(2, (await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).Version);
    }

    protected override Task<long> AccessLines() => Count("SELECT count(*) FROM osst.access_log");

    private async Task<long> Count(string sql) => (long)(await _cluster.Scalar(sql, _database))!;

    private async Task Restart(string? harm = null)
    {
        await Silo.DisposeAsync();
        if (harm is not null)
        {
            await _cluster.Scalar(harm, _database);
        }
        await InitializeAsync();
    }
}
