using OsstOrleans.Grains;
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

    private static ClientLogSlice Newest() => new(s_maija, Reach.All, s_start, null, 10);

    private static UseLine Used(int minute) =>
        new(s_maija, "837", "coordinator/c-1", "asiakastyö", "client", s_start.AddMinutes(minute));

    private static DisclosureLine Told(int minute) => new(
        s_maija, "837", "client.moved, coded", "records", "Records of the city", "osst/deliveries", "care",
        "703/2023 58 §", 7, s_start.AddMinutes(minute));
}
