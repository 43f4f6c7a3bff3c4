using System.Collections.Concurrent;
using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>What grains in a silo promise, on either store.</summary>
public abstract class ClusterContract : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private protected Platform Silo { get; private set; } = null!;

    private IGrainCalls Grains => Silo.Grains;

    protected virtual StoreAddress Address => new(_folder.Path);

    public virtual async Task InitializeAsync() =>
        Silo = await Platform.Open(Address, TimeProvider.System);

    public virtual async Task DisposeAsync()
    {
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }
        _folder.Dispose();
    }

    [StoreFact]
    public async Task A_command_is_answered_with_version_and_position()
    {
        var reply = await Grains.Execute(
            GrainName.Municipality(Tampere), Ask(new RegisterMunicipality("Tampere"), In(Role.Operator, null)));
        Assert.Equal((ReplyKind.Accepted, 1L), (reply.Kind, reply.Version));
        var read = await Grains.Read<MunicipalityState>(GrainName.Municipality(Tampere), ReadAs(Worker));
        Assert.Equal((1L, "Tampere"), (read.Version, read.State!.Registered!.Name));
        var client = await Grains.Execute(Maija, Ask(Register));
        Assert.Equal((ReplyKind.Accepted, 1L), (client.Kind, client.Version));
        Assert.True(client.Position > reply.Position);
    }

    [StoreFact]
    public async Task A_refusal_is_a_value_that_names_the_field()
    {
        await Grains.Execute(Maija, Ask(Register));
        var refused = await Grains.Execute(Maija, Ask(Register with { BirthYear = 1234 }));
        Assert.Equal((ReplyKind.Rejected, false), (refused.Kind, refused.Rejection is null));
        Assert.Equal(ReplyKind.Forbidden, (await Grains.Execute(Maija, Ask(Letter, RaisioWorker))).Kind);
        var conflict = await Grains.Execute(Maija, Ask(Letter, ifVersion: 7));
        Assert.Equal((ReplyKind.VersionConflict, 1L), (conflict.Kind, conflict.Version));
    }

    [StoreFact]
    public async Task A_retry_answers_with_the_first_outcome()
    {
        await Grains.Execute(Maija, Ask(Register));
        var command = Ask(Letter);
        var first = await Grains.Execute(Maija, command);
        await Grains.Execute(Maija, Ask(Letter));
        Assert.Equal(first with { IsRetry = true }, await Grains.Execute(Maija, command));
    }

    [StoreFact]
    public async Task A_read_has_the_personal_words_and_its_line_in_the_use_log()
    {
        await Grains.Execute(Maija, Ask(Register));
        var read = await Grains.Read<ClientState>(Maija, ReadAs(Worker, ReadKind.History));
        Assert.Equal(LastName, read.State!.Registered!.LastName.Reveal());
        var entry = Assert.Single(read.History!);
        Assert.Equal(LastName, Assert.IsType<ClientRegistered>(entry.Event).LastName.Reveal());
        Assert.Equal(ReadResult.Forbidden, (await Grains.Read<ClientState>(Maija, ReadAs(RaisioWorker))).Result);
        var nobody = await Grains.Read<ClientState>(GrainName.Client("nobody"), ReadAs(In(Role.Coordinator, null)));
        Assert.Equal(ReadResult.NotFound, nobody.Result);
        Assert.Equal(2, await AccessLines()); // One of them of the refused read.
    }

    [StoreFact]
    public async Task One_grain_takes_one_turn_at_a_time()
    {
        const int Calls = 500;
        await Grains.Execute(Maija, Ask(Register));
        var versions = new ConcurrentBag<long>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, _) => versions.Add((await Grains.Execute(Maija, Ask(Letter))).Version));
        Assert.Equal(Enumerable.Range(2, Calls).Select(n => (long)n), versions.Order());
    }

    [StoreFact]
    public async Task Many_grains_work_at_once_and_all_survive_a_restart()
    {
        var clients = Enumerable.Range(0, 100).Select(n => GrainName.Client($"c-{n}")).ToList();
        await Parallel.ForEachAsync(clients, async (client, _) =>
        {
            await Grains.Execute(client, Ask(Register));
            for (var i = 0; i < 60; i++) // Past a snapshot.
            {
                await Grains.Execute(client, Ask(Letter));
            }
        });
        Assert.Equal(clients.Count, Silo.ActivationCount);
        await Silo.DisposeAsync();
        await InitializeAsync();
        await Parallel.ForEachAsync(clients, async (client, _) =>
            Assert.Equal(61, (await Grains.Read<ClientState>(client, ReadAs(Worker))).Version));
    }

    [StoreFact]
    public async Task A_key_that_is_none_begins_no_stream() => await Assert.ThrowsAsync<ArgumentException>(
        async () => await Grains.Execute(new GrainName(GrainKind.Client, "no/key"), Ask(Register)));

    [StoreFact]
    public async Task The_projections_follow_what_grains_do()
    {
        await Grains.Execute(
            GrainName.Municipality(Tampere), Ask(new RegisterMunicipality("Tampere"), In(Role.Operator, null)));
        var reply = await Grains.Execute(Maija, Ask(Register));
        await Silo.WaitFor(reply.Position);
        Assert.Equal(1, Silo.Caseloads.Ask(Tampere, caseload => caseload.CountListed(CaseloadFilter.All, Day)));
    }

    [StoreFact]
    public async Task Code_lists_that_the_store_holds_are_in_use_from_the_next_start_on()
    {
        await Take(Goals);
        await Silo.DisposeAsync();
        await InitializeAsync();
        Assert.Equal(2, Silo.Services.Codes.Find(CodeSystems.Goals)!.Codes.Count);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<StoreRefusal>(() => Take(
            Goals.Replace("\"12\"", "\"13\"", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);
    }

    /// <summary>A made-up list of goals.</summary>
    private protected const string Goals = """
        {"system": "1.2.246.537.6.1292", "name": "Asiakkuuden tavoitteet", "complete": false, "placeholder": false,
         "source": "a test", "codes": [{"code": "11", "display": {"fi": "Esimerkki"}},
           {"code": "12", "display": {"fi": "Toinen"}}]}
        """;

    /// <summary>Takes a code list over into the store.</summary>
    private protected async Task Take(string list)
    {
        var file = Path.Combine(_folder.Path, "list.json");
        await File.WriteAllTextAsync(file, list);
        await ImportedCodes.Import((INotes)Silo.Store, file);
    }

    /// <summary>Lines in the use log, read behind everybody's back.</summary>
    protected virtual Task<long> AccessLines()
    {
        using var database = Database.Open(_folder.Database);
        return Task.FromResult(long.Parse(
            database.Scalar("SELECT count(*) FROM access_log")!, CultureInfo.InvariantCulture));
    }
}
