using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>Deliveries of a cluster whose silos are killed, one after the other.</summary>
public sealed class ClusterDeliveryTests
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(250);

    private readonly List<long> _sent = [];
    private readonly List<long> _arrived = [];

    [ClusterFact]
    public async Task One_silo_sends_and_when_it_is_killed_another_goes_on_in_order_and_skips_none()
    {
        await using var receiver = await ReceiverServer.Start();
        await using var cluster = await RunningCluster.Start(silos: 2);
        await using var gateway = await cluster.Gateway();
        await gateway.As(Role.Operator).Mutate("registerReceiver", new
        {
            receiverId = "calendar",
            name = "Calendar of the city",
            purpose = "opening days",
            legalBasis = "no personal data",
            endpoint = receiver.Address,
            eventTypes = new[] { "drop-in-centre.closed-day-marked" },
        });
        var coordinator = gateway.As(Role.Coordinator);
        await Deliver(coordinator, receiver);
        var once = _arrived.Count;
        Assert.Equal(once, _arrived.Distinct().Count()); // Two silos, and each event is sent by one.

        // Whichever of them delivers, it is killed once.
        await cluster.Silos[0].Kill();
        await Deliver(coordinator, receiver);
        await cluster.AddSilo();
        await cluster.Silos[1].Kill();
        await Deliver(coordinator, receiver);
        Assert.Equal(_sent, _arrived.Distinct());
    }

    /// <summary>Events until one of them arrives, and then all the others.</summary>
    private async Task Deliver(GraphQLClient coordinator, ReceiverServer receiver)
    {
        var before = _sent.Count;
        do
        {
            var marked = await coordinator.Mutate("markClosedDay", new
            {
                dropInCentreId = "kemijarvi-keskusta",
                day = new DateOnly(2030, 1, 1).AddDays(_sent.Count),
            });
            _sent.Add(marked.GetProperty("position").GetInt64());
            await Task.Delay(BetweenEvents);
        }
        while (receiver.IsQuiet && _sent.Count - before < 1_000);
        while (_arrived.LastOrDefault() != _sent[^1])
        {
            _arrived.Add((await receiver.Next()).Position);
        }
    }
}
