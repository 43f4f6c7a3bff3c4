using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>What was done to the logs about clients is found, also when the hand that did it holds the key.</summary>
public sealed class LogChainTests : SiloPlace
{
    private string Heads => Path.Combine(Address.KeyFolder, LogHeads.FileName);

    [Fact]
    public async Task The_logs_of_a_process_that_ended_are_whole_up_to_their_exported_heads()
    {
        await Fill();
        var report = await LogVerification.Logs(Address, null, Time);
        Assert.Empty(report.Differences);
        Assert.Equal((0, 2), (report.Unchained, report.Heads));
        Assert.Equal((long)Count("access_log") + Count("disclosures"), report.Lines);
        await InitializeAsync();
    }

    [Fact]
    public async Task A_text_that_holds_what_does_not_show_is_sealed_as_it_is_stored()
    {
        await Silo.Store.LogAccess([new UseLine(
            Maija, Tampere, "worker/a", "p", $"{new string('x', 480)}\0{new string('y', 480)}", Time.GetUtcNow())]);
        await Silo.DisposeAsync();
        Assert.Empty((await LogVerification.Logs(Address, null, Time)).Differences);
        await InitializeAsync();
    }

    [Theory]
    [InlineData("DELETE FROM access_log WHERE link = 3", "use log: 1 lines are gone before line 4, from 3 on")]
    [InlineData("DELETE FROM access_log WHERE link < 3", "use log: 2 lines are gone before line 3, from 1 on")]
    [InlineData("UPDATE access_log SET link = 3 WHERE link = 4", "use log: line 4 stands where another one does")]
    [InlineData("UPDATE access_log SET actor = 'worker/else' WHERE link = 2", "use log: line 2 differs from its seal")]
    [InlineData("UPDATE access_log SET link = 0, writer = zeroblob(16) WHERE link = 2", "use log: line 2 differs")]
    public async Task A_line_that_is_gone_moved_or_changed_is_found_without_a_head(string change, string told)
    {
        await Fill();
        File.Delete(Heads);
        Tamper(change);
        var found = (await LogVerification.Logs(Address, null, Time)).Differences;
        Assert.Contains(found, difference => difference.StartsWith(told, StringComparison.Ordinal));
        Assert.NotEmpty((await LogVerification.Run(Address, Time)).Differences);
        await InitializeAsync();
    }

    [Theory]
    [InlineData("access_log", "use log: the chain of")]
    [InlineData("disclosures", "disclosure log: the chain of")]
    public async Task An_end_that_was_cut_off_is_found_by_the_exported_heads(string table, string told)
    {
        await Fill();
        Tamper($"DELETE FROM {table} WHERE link = (SELECT max(link) FROM {table})");
        Assert.StartsWith(
            told, Assert.Single((await LogVerification.Logs(Address, null, Time)).Differences),
            StringComparison.Ordinal);
        await InitializeAsync();
    }

    /// <summary>Each line's seal is over the one before: only a chain that is made anew from the change on would fit.
    /// </summary>
    [Fact]
    public async Task Who_has_the_key_cannot_change_a_line_below_an_exported_head()
    {
        await Fill();
        var seals = new RowSeals(MasterKey.Open(Address.MasterKeyPath, storeIsEmpty: false));
        IReadOnlyList<StoredAccess> lines;
        using (var tables = new SqliteTablesReader(DatabaseFile))
        {
            lines = await tables.Accesses(null, 100);
        }
        var before = lines[0].Seal;
        foreach (var line in lines.Skip(1))
        {
            var forged = line.Line with { Actor = "social-worker/else" };
            before = seals.Of(forged, line.Link, before.Span);
            Tamper($"UPDATE access_log SET actor = '{forged.Actor}', seal = x'{Convert.ToHexString(before.Span)}' "
                + $"WHERE line = {line.Number}");
        }
        Assert.Empty((await LogVerification.Run(Address, Time)).Differences);
        Assert.Equal(
            [$"use log: line {lines[^1].Number} is another one than when its chain's head was exported"],
            (await LogVerification.Logs(Address, null, Time)).Differences);
        await InitializeAsync();
    }

    /// <summary>A century later: the names of writers have the machine's own time.</summary>
    [Fact]
    public async Task Lines_that_ended_after_their_time_are_no_difference_and_what_is_left_is_still_a_chain()
    {
        await Fill();
        await InitializeAsync();
        Time.Advance(TimeSpan.FromDays(36_500));
        await Silo.Store.LogAccess([new UseLine(Maija, Tampere, "w/1", "care", "client", Time.GetUtcNow())]);
        // A clock that is far ahead of the log ends nothing; an event bears it out.
        Assert.True(Count("access_log") > 1);
        await Send(GrainName.Municipality(Raisio), new RegisterMunicipality("Raisio"));
        Time.Advance(TimeSpan.FromDays(1));
        await Patience.Until(() => Task.FromResult(Count("access_log") == 1 && Count("disclosures") == 0));
        await Silo.DisposeAsync();
        Assert.Empty((await LogVerification.Logs(Address, null, Time)).Differences);
        Assert.Empty((await LogVerification.Run(Address, Time)).Differences);
        Tamper("DELETE FROM access_log");
        Assert.StartsWith(
            "use log: the chain of", Assert.Single((await LogVerification.Logs(Address, null, Time)).Differences),
            StringComparison.Ordinal);
        await InitializeAsync();
    }

    [Fact]
    public async Task An_anchor_that_was_put_there_too_early_is_found()
    {
        await Fill();
        var services = await Opening.Stores.OpenWithKey(Address, Time, alone: true);
        await using (services.Store)
        {
            Assert.True(await ((ILogEnds)services.Store).EndLines(LogChain.Uses, Time.GetUtcNow().AddDays(1), 3) > 0);
        }
        Assert.Contains(
            (await LogVerification.Logs(Address, null, Time)).Differences,
            difference => difference.EndsWith("were ended before 12 years had passed", StringComparison.Ordinal));
        await InitializeAsync();
    }

    [Fact]
    public async Task Heads_are_exported_each_hour_and_only_when_they_moved()
    {
        await EveryTable.Fill(Silo, Time.GetUtcNow());
        Assert.False(File.Exists(Heads));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await File.ReadAllLinesAsync(Heads)).Length);
        await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        Time.Advance(TimeSpan.FromHours(1));
        var lines = await File.ReadAllLinesAsync(Heads);
        Assert.Equal(3, lines.Length);
        Assert.Equal(lines[0].Split(' ')[1..3], lines[2].Split(' ')[1..3]);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, (await File.ReadAllLinesAsync(Heads)).Length);
    }

    [Fact]
    public async Task A_line_of_the_file_of_heads_that_was_cut_off_is_named_and_the_others_count()
    {
        await Fill();
        await File.AppendAllTextAsync(Heads, "2026-11-28T10:00:00 use 01");
        await InitializeAsync();
        await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        await Silo.DisposeAsync();
        var report = await LogVerification.Logs(Address, null, Time);
        Assert.Equal(["log-heads: line 3 is no head of a log"], report.Differences);
        Assert.Equal(3, report.Heads);
        await InitializeAsync();
    }

    [Fact]
    public void What_may_be_lost_ends_a_chain_and_leaves_no_gap()
    {
        var (chain, seals) = (new LogChain(LogChain.Uses), new RowSeals(MasterKey.Random()));
        var line = new UseLine(Maija, Tampere, "worker/w", "client-work", "read", Time.GetUtcNow());
        var first = chain.Add(line, seals);
        chain.Stand();
        chain.Add(line, seals);
        chain.BeginAnew();
        var next = chain.Add(line, seals);
        chain.Stand();

        Assert.Equal((1, 1), (first.Link.Number, next.Link.Number));
        Assert.NotEqual(first.Link.Writer, next.Link.Writer);
        Assert.Equal([first.Link.Writer, next.Link.Writer], chain.Heads.Select(head => head.Writer));
        Assert.NotEqual(first.Seal, next.Seal);
    }

    /// <summary>Some uses and disclosures, and a process that has ended.</summary>
    private async Task Fill()
    {
        await EveryTable.Fill(Silo, Time.GetUtcNow());
        for (var i = 0; i < 5; i++)
        {
            await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        }
        await Silo.DisposeAsync();
        Tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private int Count(string table)
    {
        using var database = Database.Open(DatabaseFile);
        return int.Parse(
            database.Scalar($"SELECT count(*) FROM {table}")!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
