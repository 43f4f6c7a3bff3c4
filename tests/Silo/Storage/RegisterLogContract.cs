using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about reading the logs about clients of one register.</summary>
public abstract class RegisterLogContract(StorePlace place) : StoreContract(place)
{
    private static readonly DateTimeOffset s_start = new(2019, 5, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly LinePlace s_end = new(s_start.AddDays(1), 0);
    private static readonly GrainName s_maija = GrainName.Client("maija");

    private IRegisterLogs Logs => (IRegisterLogs)Store;

    [StoreFact]
    public async Task A_registers_lines_come_newest_first_by_their_time()
    {
        await Store.LogAccess([Used(3), Used(1), Used(2) with { Register = "680" }, Used(2)]);
        await ((IDeliveryStore)Store).LogDisclosures([Told(1), Told(2), Told(3) with { Register = "680" }]);
        Assert.Equal([Used(3), Used(2), Used(1)], await Uses(Newest()));
        Assert.Equal([Told(2), Told(1)], (await Logs.DisclosuresIn(Newest())).Select(told => told.Line));
        Assert.Equal([Used(3), Used(2)], await Uses(Newest() with { From = s_start.AddMinutes(2) }));
        Assert.Equal([Used(1)], await Uses(Newest() with { Before = new LinePlace(s_start.AddMinutes(2), 0) }));
        Assert.Equal([Used(3)], await Uses(Newest() with { Max = 1 }));
        Assert.Empty(await Uses(Newest() with { Register = "091" }));
    }

    [StoreFact]
    public async Task Lines_of_one_client_and_of_one_user_are_found()
    {
        var matti = Used(2) with { Client = GrainName.Client("matti"), Actor = "social-worker/w-2" };
        await Store.LogAccess([Used(1), matti, Used(3)]);
        await ((IDeliveryStore)Store).LogDisclosures([Told(1), Told(2) with { Client = matti.Client }]);
        Assert.Equal([matti], await Uses(Newest() with { Client = matti.Client }));
        Assert.Equal([Used(3), Used(1)], await Uses(Newest() with { Actor = Used(1).Actor }));
        Assert.Equal([matti], await Uses(Newest() with { Client = matti.Client, Actor = matti.Actor }));
        Assert.Empty(await Uses(Newest() with { Client = s_maija, Actor = matti.Actor }));
        Assert.Equal(
            [Told(1)], (await Logs.DisclosuresIn(Newest() with { Client = s_maija })).Select(told => told.Line));
    }

    [StoreFact]
    public async Task What_was_used_one_by_one_is_found_without_the_lists_between()
    {
        string[] ofOne =
        [
            // The platform reads for a merge, and shows nothing of it.
            .. Enum.GetValues<ReadKind>().Except([ReadKind.Merges]).Select(UseNames.Of), UseNames.AccessAudit,
            UseNames.LogReport,
            $"{UseLine.Denied}client", $"search name{UseNames.Exists}",
        ];
        await Store.LogAccess(
        [
            .. ofOne.Select((what, minute) => Used(minute) with { What = what }),
            Used(99) with { What = "caseload" }, Used(99) with { What = "search name" },
            Used(99) with { What = "access-audit from=2019-05-02; 1 clients shown" },
        ]);
        var found = await Uses(Newest() with { OneByOne = true, Max = 100 });
        Assert.Equal(ofOne.Reverse(), found.Select(line => line.What));
    }

    [StoreFact]
    public async Task Each_line_is_on_one_page_also_of_those_of_one_instant()
    {
        await Store.LogAccess(
            [.. Enumerable.Range(1, 20).Select(number => Used(0) with { What = $"client {number}" })]);
        var (read, slice) = (new List<string>(), Newest() with { Max = 3 });
        while (await Logs.UsesIn(slice) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(use => use.Line.What));
            slice = slice with { Before = new LinePlace(page[^1].Line.At, page[^1].Place) };
            await Store.LogAccess([Used(5)]); // What is written meanwhile moves no page.
        }
        Assert.Equal(20, read.Distinct().Count());
        Assert.Equal(20, read.Count);
    }

    private async Task<IEnumerable<UseLine>> Uses(RegisterLogSlice slice) =>
        (await Logs.UsesIn(slice)).Select(use => use.Line);

    private static RegisterLogSlice Newest() => new("837", s_start, s_end, 10);

    private static UseLine Used(int minute) =>
        new(s_maija, "837", "coordinator/c-1", "client-work", "client", s_start.AddMinutes(minute));

    private static DisclosureLine Told(int minute) => new(
        s_maija, "837", "client.moved, coded", "records", "Records of the city", "osst/deliveries", "care",
        "703/2023 58 §", 7, s_start.AddMinutes(minute));
}
