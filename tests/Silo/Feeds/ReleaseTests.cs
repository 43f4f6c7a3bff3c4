using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>Outsiders get editions that the log alone makes; the own staff see each event.</summary>
public sealed class ReleaseTests : SiloPlace
{
    private int? Registered => Silo.Caseloads.Edition.Of(Tampere).Of(LiveMetrics.ByStatus)[(int)CaseStatus.Registered];

    [Fact]
    public async Task A_day_is_released_when_the_log_goes_on_on_another_day_and_not_by_the_clock()
    {
        var last = await Register(1, 17);
        Time.Advance(TimeSpan.FromDays(3));
        Assert.Null(Registered);
        Assert.Equal(0, Silo.Caseloads.Edition.AsOf.Position);
        await Register(18, 18);
        Assert.Equal((15, last), (Registered, Silo.Caseloads.Edition.AsOf.Position));
    }

    [Fact]
    public async Task A_round_also_ends_after_many_events()
    {
        await Register(1, ReleaseRounds.Events - 1);
        Assert.Null(Registered);
        var last = await Register(ReleaseRounds.Events, ReleaseRounds.Events + 3);
        Assert.Equal((255, last - 3), (Registered, Silo.Caseloads.Edition.AsOf.Position));
    }

    [Fact]
    public async Task What_few_clients_did_is_released_with_what_others_did_and_own_staff_see_it_at_once()
    {
        await Register(1, 19);
        Time.Advance(TimeSpan.FromDays(1));
        await Register(20, 20);
        Assert.Equal(15, Registered);
        for (var client = 21; client < 24; client++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            await Register(client, client);
            Assert.Equal(15, Registered); // They would be 20 by now.
            Assert.Equal(client, Own());
        }
        Time.Advance(TimeSpan.FromDays(1));
        await Register(24, 24);
        Time.Advance(TimeSpan.FromDays(1));
        await Register(25, 25);
        Assert.Equal(20, Registered);
    }

    [Fact]
    public async Task All_outsiders_get_the_same_with_the_place_of_the_edition()
    {
        var last = await Register(1, 19);
        Time.Advance(TimeSpan.FromDays(1));
        await Register(20, 20);
        var figures = new Figures(Silo.Caseloads);
        foreach (var outsider in (Role[])[Role.Researcher, Role.Operator, Role.Integration])
        {
            var (asOf, metrics) = figures.Metrics(
                In(outsider, null), null, CaseloadFilter.All, Silo.Services.Clock().Today, _ => null);
            Assert.Equal((last, 15, true), (asOf.Position, metrics.Clients.Value, metrics.Withheld));
        }
        Assert.Equal(20, Own());
    }

    [Fact]
    public async Task A_start_goes_on_in_the_same_round()
    {
        await Register(1, 13);
        await Restart();
        await Register(14, 17);
        Time.Advance(TimeSpan.FromDays(1));
        var last = await Register(18, 18);
        Assert.Equal((15, last - 1), (Registered, Silo.Caseloads.Edition.AsOf.Position));
        await Restart();
        Assert.Equal((15, last - 1), (Registered, Silo.Caseloads.Edition.AsOf.Position));
    }

    [Fact]
    public async Task Who_watches_editions_is_told_of_them_and_of_no_event()
    {
        using var watch = Silo.Signals.Watch(SignalKind.Edition, null);
        using var caseload = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        var last = await Register(1, 17);
        while ((await caseload.Next(default))[Tampere] < last)
        {
        }
        Assert.Empty(watch.Take());
        Time.Advance(TimeSpan.FromDays(1));
        await Register(18, 18);
        Assert.Equal([KeyValuePair.Create(FeedSignals.EditionKey, last)], await watch.Next(default));
    }

    private int? Own() => new Figures(Silo.Caseloads)
        .Metrics(
            In(Role.Coordinator, Tampere), [Tampere], CaseloadFilter.All, Silo.Services.Clock().Today, _ => null)
        .Metrics.Clients.Value;

    /// <summary>Registers clients of these numbers, and waits until they are seen; the last one's position.</summary>
    private async Task<long> Register(int first, int last)
    {
        var position = 0L;
        for (var number = first; number <= last; number++)
        {
            position = (await Send(GrainName.Client($"r-{number}"), Cases.Register)).Position;
        }
        await Silo.WaitFor(position);
        return position;
    }
}
