using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Where people's data go is for those who may see them.</summary>
public sealed class ReceiverRightsTests : Place
{
    private static readonly RegisterReceiver Coded =
        new("Records", "care", "703/2023", Tampere, "https://records.example/");

    private static readonly GrainName Records = GrainName.Receiver("records");

    public static TheoryData<IReceiverCommand> Changes =>
    [
        new RotateReceiverSecret(), new PauseReceiver(), new CloseReceiver(),
        new ChangeReceiverEndpoint("https://elsewhere.example/"),
    ];

    public static TheoryData<RegisterReceiver> ThatTellOfPersons =>
    [
        Coded,
        Coded with { Municipality = null },
        Coded with { EventTypes = ["client.referral-received"] },
        Coded with { EventTypes = ["drop-in-centre.closed-day-marked", "municipality.hand-over-decided"] },
    ];

    [Theory]
    [MemberData(nameof(ThatTellOfPersons))]
    public async Task An_operators_registration_for_events_that_tell_of_persons_is_refused_and_names_them(
        RegisterReceiver registration)
    {
        var host = NewHost();
        var reply = await host.Execute(registration, Envelope(Role.Operator));
        Assert.Equal(
            (ReplyKind.Rejected, RejectionCodes.PersonEventsNotAllowed),
            (reply.Kind, reply.Rejection?.Code));
        Assert.StartsWith("eventTypes", reply.Rejection!.Field, StringComparison.Ordinal);
        Assert.Equal(0, Store.LastPosition);
    }

    [Fact]
    public async Task A_coordinator_registers_only_for_the_own_register()
    {
        var host = NewHost();
        Assert.Equal(
            ReplyKind.Forbidden,
            (await host.Execute(Coded with { Municipality = Raisio }, Envelope(Role.Coordinator))).Kind);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Coded, Envelope(Role.Coordinator))).Kind);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Operators_do_not_command_a_receiver_of_events_that_tell_of_persons(IReceiverCommand change)
    {
        var host = NewHost();
        await host.Execute(Coded, Envelope(Role.Coordinator));
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(change, Envelope(Role.Operator))).Kind);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(change, Envelope(Role.Coordinator))).Kind);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Operators_command_a_receiver_of_other_events(IReceiverCommand change)
    {
        var host = NewHost();
        await host.Execute(
            Coded with { EventTypes = ["drop-in-centre.closed-day-marked"] }, Envelope(Role.Operator));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(change, Envelope(Role.Operator))).Kind);
    }

    private IGrainHost NewHost() => GrainKinds.NewHost(Records, Services, new TableSnapshots(Records, Store));

    private static Envelope Envelope(Role role) => new(Guid.NewGuid(), In(role, Tampere));
}
