using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>Verbs that read what the store holds of clients leave a line in the use log.</summary>
public sealed class VerbUseTests : SiloPlace
{
    private static readonly string[] s_lines =
        [$"municipality/837 operator/os:{Person} upkeep verb: evaluate; 1 clients registered"];

    private static string Person => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } by
        ? $"{by}:{Environment.UserName}"
        : Environment.UserName;

    [Fact]
    public async Task A_verb_leaves_a_line_at_each_register_whose_chain_is_whole_and_exported()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        await Silo.DisposeAsync();
        await VerbUses.Log(Address, "evaluate", Time);
        Assert.Equal(s_lines, Lines());
        Assert.Contains(" use ", await File.ReadAllTextAsync(Path.Combine(Address.KeyFolder, LogHeads.FileName)));
        Assert.Empty((await LogVerification.Logs(Address, null, Time)).Differences);
        Assert.Empty((await LogVerification.Run(Address, Time)).Differences);
        await InitializeAsync();
    }

    [Fact]
    public async Task Beside_a_server_the_line_is_written_too_and_the_server_goes_on()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        await VerbUses.Log(Address, "evaluate", Time, beside: true);
        Assert.Equal(s_lines, Lines());
        await Silo.Grains.Execute(Maija, Ask(Letter));
        await Silo.Grains.Read<Grains.Client.ClientState>(Maija, ReadAs(Worker));
        await Silo.DisposeAsync();
        Assert.Equal(2, Lines().Length);
        Assert.Empty((await LogVerification.Logs(Address, null, Time)).Differences);
        await InitializeAsync();
    }

    [Fact]
    public async Task A_verb_learns_that_where_the_chain_stands_could_not_be_exported()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        await Silo.DisposeAsync();
        var heads = Path.Combine(Address.KeyFolder, LogHeads.FileName);
        File.Delete(heads);
        Directory.CreateDirectory(heads);
        Assert.False(await VerbUses.Log(Address, "evaluate", Time));
        Assert.Equal(s_lines, Lines());
        Directory.Delete(heads);
        await InitializeAsync();
    }

    [Fact]
    public async Task Beside_a_server_another_key_writes_no_line_and_is_refused()
    {
        await Silo.Grains.Execute(Maija, Ask(Register));
        using var other = new TempFolder();
        MasterKey.Open(Path.Combine(other.Path, MasterKey.FileName), true);
        var wrong = Address with { Keys = other.Path };
        await Assert.ThrowsAsync<StoreRefusal>(() => VerbUses.Log(wrong, "backup", Time, beside: true));
        Assert.Empty(Lines());
    }

    [Fact]
    public async Task A_verb_about_one_register_leaves_its_line_there_also_without_clients()
    {
        await Silo.DisposeAsync();
        await VerbUses.LogAt(Address, Tampere, "rights first", Time);
        Assert.Equal([s_lines[0].Replace("evaluate; 1", "rights first; 0", StringComparison.Ordinal)], Lines());
        await InitializeAsync();
    }

    [Fact]
    public async Task A_store_without_clients_has_none()
    {
        await Silo.DisposeAsync();
        await VerbUses.Log(Address, "evaluate", Time);
        Assert.Empty(Lines());
        await InitializeAsync();
    }

    private string[] Lines()
    {
        using var database = Database.Open(DatabaseFile);
        return database.Scalar(
            "SELECT group_concat(client || ' ' || actor || ' ' || purpose || ' ' || what, '|') FROM access_log")?
            .Split('|') ?? [];
    }
}
