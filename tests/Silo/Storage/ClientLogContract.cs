using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about reading the use log and the disclosure log of one client.</summary>
public abstract class ClientLogContract(StorePlace place) : StoreContract(place)
{
    private static readonly DateTimeOffset s_start = new(2019, 5, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly GrainName s_maija = GrainName.Client("maija");

    private IClientLogs Logs => (IClientLogs)Store;

    [StoreFact]
    public async Task Both_logs_are_read_as_written_newest_first_also_after_a_restart()
    {
        UseLine[] used = [Used(1), Used(2) with { What = "history", Purpose = "hakemus" }];
        DisclosureLine[] told = [Told(1), Told(2) with { LegalBasis = "suostumus" }];
        foreach (var i in (int[])[0, 1])
        {
            await Store.LogAccess([used[i]]);
            await ((IDeliveryStore)Store).LogDisclosures([told[i]]);
        }
        await Restart();
        Assert.Equal(used.Reverse(), (await Logs.Accesses(Newest())).Select(logged => logged.Line));
        Assert.Equal(told.Reverse(), (await Logs.Disclosures(Newest())).Select(logged => logged.Line));
    }

    [StoreFact]
    public async Task A_line_is_one_line_and_no_longer_than_needed_whatever_its_texts_hold()
    {
        var tail = new string('x', 900_000);
        await Store.LogAccess(
            [Used(1) with { What = $"caseload workerId=w; 50 shown\n\0\u202e{tail}", Purpose = "a\ud800b" }]);
        await ((IDeliveryStore)Store).LogDisclosures([Told(1) with { Recipient = $"city\u2028\0{tail}" }]);
        var used = Assert.Single(await Logs.Accesses(Newest())).Line;
        Assert.StartsWith("caseload workerId=w; 50 shown\ufffd\ufffd\ufffdxx", used.What, StringComparison.Ordinal);
        Assert.EndsWith("xx…", used.What, StringComparison.Ordinal);
        Assert.Equal((LogTexts.Longest + 1, "a\ufffdb"), (used.What.Length, used.Purpose));
        var told = Assert.Single(await Logs.Disclosures(Newest())).Line;
        Assert.StartsWith("city\ufffd\ufffdxx", told.Recipient, StringComparison.Ordinal);
        Assert.Equal(LogTexts.Longest + 1, told.Recipient.Length);
    }

    [StoreFact]
    public async Task Pages_go_on_where_the_last_one_ended_whatever_is_written_meanwhile()
    {
        await Store.LogAccess([.. Enumerable.Range(1, 7).Select(Used)]);
        var read = new List<Logged<UseLine>>();
        for (UInt128? below = null; ; below = read[^1].Place)
        {
            var page = await Logs.Accesses(Newest() with { Below = below, Max = 3 });
            read.AddRange(page);
            if (page.Count < 3)
            {
                break;
            }
            await Store.LogAccess([Used(100 + read.Count)]);
        }
        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(Used), read.Select(logged => logged.Line));
    }

    [StoreFact]
    public async Task Lines_of_one_instant_are_each_on_one_page()
    {
        await ((IDeliveryStore)Store).LogDisclosures(
            [.. Enumerable.Range(1, 20).Select(number => Told(0) with { Position = number })]);
        var read = new List<Logged<DisclosureLine>>();
        while (await Logs.Disclosures(
            Newest() with { Below = read.LastOrDefault()?.Place, Max = 3 }) is { Count: > 0 } page)
        {
            read.AddRange(page);
        }
        Assert.Equal(
            Enumerable.Range(1, 20).Select(Convert.ToInt64), read.Select(logged => logged.Line.Position).Order());
    }

    [StoreFact]
    public async Task Only_the_clients_own_lines_of_the_register_and_the_time_are_read()
    {
        await Store.LogAccess(
        [
            Used(1), Used(2) with { Register = "680" }, Used(3) with { Client = GrainName.Client("matti") }, Used(4),
        ]);
        Assert.Equal(
            [Used(4), Used(1)],
            (await Logs.Accesses(Newest() with { Registers = Reach.Of("837", "091") })).Select(each => each.Line));
        Assert.Equal(
            [Used(4)],
            (await Logs.Accesses(Newest() with { Registers = Reach.Of("837", "091"), From = s_start.AddMinutes(2) }))
                .Select(each => each.Line));
        Assert.Equal(
            [Used(1)],
            (await Logs.Accesses(Newest() with { Registers = Reach.Of("837"), To = s_start.AddMinutes(4) }))
                .Select(each => each.Line));
        Assert.Empty(await Logs.Disclosures(Newest()));
    }

    /// <summary>Twelve years after the event they go, and none before; what stays goes on from an anchor.</summary>
    [StoreFact]
    public async Task The_oldest_lines_of_both_logs_end_and_leave_an_anchor()
    {
        if (Store is not ILogEnds ends)
        {
            return; // The store of the proof keeps all.
        }
        Assert.True(await Store.TryBindKey(MasterKey.Random()));
        for (var minute = 1; minute <= 5; minute++)
        {
            await Store.LogAccess([OfOld(minute)]);
            await ((IDeliveryStore)Store).LogDisclosures([Told(0) with { At = OfOld(minute).At, Position = minute }]);
        }
        foreach (var log in LogChain.Logs)
        {
            Assert.Equal(0, await ends.EndLines(log, OfOld(1).At, 100));
            Assert.Equal(3, await ends.EndLines(log, OfOld(4).At, 100));
            Assert.Equal(0, await ends.EndLines(log, OfOld(4).At, 100));
        }
        await Restart();
        Assert.Equal(
            [OfOld(5), OfOld(4)],
            (await Logs.Accesses(Newest() with { From = default })).Select(logged => logged.Line));
        Assert.Equal(
            [5, 4],
            (await Logs.Disclosures(Newest() with { From = default })).Select(logged => logged.Line.Position));
        // A store may write in several chains: each leaves an anchor.
        var anchors = (await ((INotes)Store).ReadRows(LogAnchor.Shelf, "", 9)).Select(row => LogAnchor.Of(row));
        Assert.Equal(
            [("disclosure", 3L, OfOld(3).At), ("use", 3L, OfOld(3).At)],
            anchors.GroupBy(anchor => anchor.Log).Select(
                chains => (chains.Key, chains.Sum(anchor => anchor.Number), chains.Max(anchor => anchor.At))));

        Assert.Equal(2, await ((ILogEnds)Store).EndLines(LogChain.Uses, OfOld(9).At, 100));
        Assert.Equal(0, await ((ILogEnds)Store).EndLines(LogChain.Uses, OfOld(9).At, 100));
        Assert.Empty(await Logs.Accesses(Newest() with { From = default }));
    }

    private static UseLine OfOld(int minute) => Used(minute) with { At = s_start.AddYears(-9).AddMinutes(minute) };

    [StoreFact]
    public async Task Uses_on_one_basis_are_left_out_when_asked_so_and_take_no_place_on_a_page()
    {
        var officers = Used(3) with { Basis = AccessBases.NameOf(AccessBasis.DataProtection) };
        await Store.LogAccess([Used(1), Used(2) with { Basis = "team" }, officers]);
        Assert.Equal(officers, (await Logs.Accesses(Newest() with { Max = 1 })).Single().Line);
        Assert.Equal(
            [Used(2) with { Basis = "team" }, Used(1)],
            (await Logs.Accesses(Newest() with { Max = 2, WithoutBasis = officers.Basis })).Select(each => each.Line));
    }

    private static ClientLogSlice Newest() => new(s_maija, Reach.All, s_start, null, 10);

    private static UseLine Used(int minute) =>
        new(s_maija, "837", "coordinator/c-1", "asiakastyö", "client", s_start.AddMinutes(minute));

    private static DisclosureLine Told(int minute) => new(
        s_maija, "837", "client.moved, coded", "records", "Records of the city", "osst/deliveries", "care",
        "703/2023 58 §", 7, s_start.AddMinutes(minute));
}
