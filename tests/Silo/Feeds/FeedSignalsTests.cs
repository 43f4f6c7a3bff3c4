using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Silo.Feeds;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>
/// Who watches is told what changed: everything of it, nothing else, and once however often it changed.
/// </summary>
public sealed class FeedSignalsTests : SiloPlace
{
    [Fact]
    public async Task A_clients_change_reaches_who_watches_the_client_its_caseload_or_all_of_them()
    {
        using var client = Silo.Signals.Watch(SignalKind.Client, [Maija.Key]);
        using var caseload = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        using var all = Silo.Signals.Watch(SignalKind.Caseload, null);
        var reply = await Send(Maija, Register);
        await Told(client, Maija.Key, reply.Position);
        await Told(caseload, Tampere, reply.Position);
        await Told(all, Tampere, reply.Position);
    }

    [Fact]
    public async Task A_move_changes_both_caseloads()
    {
        await Send(Maija, Register);
        using var left = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        using var entered = Silo.Signals.Watch(SignalKind.Caseload, [Raisio]);
        var reply = await Send(Maija, new MoveToMunicipality(Raisio));
        await Told(left, Tampere, reply.Position);
        await Told(entered, Raisio, reply.Position);
    }

    [Fact]
    public async Task At_midnight_in_Finland_everybody_who_watches_a_caseload_is_told_once()
    {
        await Send(Maija, Register);
        using var one = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        using var all = Silo.Signals.Watch(SignalKind.Caseload, null);
        using var client = Silo.Signals.Watch(SignalKind.Client, [Maija.Key]);
        Time.Advance(TimeSpan.FromHours(13) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(one.Take());
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([KeyValuePair.Create(Tampere, Silo.Store.LastPosition)], one.Take());
        Assert.Single(all.Take());
        Assert.Empty(client.Take());
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(one.Take());
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single(one.Take());
    }

    [Fact]
    public async Task Visits_name_their_centre_and_other_events_of_it_do_not()
    {
        var centre = GrainName.DropInCentre("tupa");
        using var watch = Silo.Signals.Watch(SignalKind.Visits, [Tampere]);
        await Send(centre, new RegisterDropInCentre(Tampere, "Tupa") { OpeningDays = Enum.GetValues<Weekday>() });
        var reply = await Send(centre, new RecordVisits(7));
        var told = await Next(watch);
        Assert.Equal([KeyValuePair.Create("tupa", reply.Position)], told);
    }

    [Fact]
    public async Task Whoever_looks_seldom_finds_each_key_once_with_its_last_position()
    {
        using var seldom = Silo.Signals.Watch(SignalKind.Caseload, null);
        await Send(Maija, Register);
        var last = 0L;
        for (var i = 0; i < 20; i++)
        {
            last = (await Send(Maija, Letter)).Position;
        }
        await Told(seldom, Tampere, last);
        Assert.Empty(seldom.Take());
    }

    [Fact]
    public async Task A_closed_watch_is_forgotten_and_a_waiting_one_can_leave()
    {
        var watch = Silo.Signals.Watch(SignalKind.Client, ["a", "b", "a"]);
        Assert.Equal(1, Silo.Signals.Watches);
        using var left = new CancellationTokenSource();
        var waiting = watch.Next(left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        watch.Dispose();
        watch.Dispose();
        Assert.Equal(0, Silo.Signals.Watches);
        await Send(Maija, Register);
    }

    /// <summary>Earlier events of the same key may be told first: telling is another task than the sending.</summary>
    private static async Task Told(FeedWatch watch, string key, long position)
    {
        long told;
        do
        {
            var changed = await Next(watch);
            Assert.Equal([key], changed.Keys);
            told = changed[key];
            Assert.True(told <= position);
        }
        while (told < position);
    }

    private static Task<IReadOnlyDictionary<string, long>> Next(FeedWatch watch) =>
        watch.Next(CancellationToken.None).AsTask().Patiently();
}
