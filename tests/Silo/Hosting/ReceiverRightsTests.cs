using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Where people's data go is for those who may see them.</summary>
public sealed class ReceiverRightsTests : Place
{
    private static readonly GrainName Records = GrainName.Receiver("records");

    public static TheoryData<IReceiverCommand> Changes =>
    [
        new RotateReceiverSecret(), new PauseReceiver(), new CloseReceiver(),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Operators_do_not_command_a_receiver_of_personal_data(IReceiverCommand change)
    {
        var host = GrainKinds.NewHost(Records, Services, new TableSnapshots(Records, Store));
        await host.Execute(
            new RegisterReceiver("Records", "care", "703/2023", Tampere, "https://records.example/", null, true),
            Envelope(Role.Coordinator));
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(change, Envelope(Role.Operator))).Kind);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(change, Envelope(Role.Coordinator))).Kind);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Operators_command_a_receiver_of_coded_events(IReceiverCommand change)
    {
        var host = GrainKinds.NewHost(Records, Services, new TableSnapshots(Records, Store));
        await host.Execute(
            new RegisterReceiver("Records", "care", "703/2023", Tampere, "https://records.example/"),
            Envelope(Role.Operator));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(change, Envelope(Role.Operator))).Kind);
    }

    private static Envelope Envelope(Role role) => new(Guid.NewGuid(), In(role, Tampere));
}
