using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Tests.Cluster;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Processes;

/// <summary>Between a decision and its event nothing can crash that would leave the decision to itself.</summary>
public sealed class ExpectedWorkTests : GatedSilo
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);

    [Fact]
    public async Task A_reminder_is_stored_before_the_event_that_needs_it()
    {
        foreach (var before in new ICommand[] { new RegisterMunicipality("Tampere"), new AddSocialWorker("eino") })
        {
            await Decide(before);
            await Gate.OneArrived();
        }
        Assert.Equal("0", Reminders());
        Gate.Shut();
        var decided = Decide(new HandOverCaseload("h1", "aino", "eino"));
        await Gate.OneArrived();
        Assert.Equal("1", Reminders());
        Gate.OpenDoor();
        Assert.Equal(ReplyKind.Accepted, (await decided).Kind);
    }

    [Fact]
    public async Task A_refused_decision_leaves_no_reminder()
    {
        await Decide(new RegisterMunicipality("Tampere"));
        Assert.Equal(ReplyKind.Rejected, (await Decide(new HandOverCaseload("h1", "aino", "eino"))).Kind);
        Assert.Equal("0", Reminders());
    }

    private async Task<CommandReply> Decide(ICommand command)
    {
        var role = command is RegisterMunicipality ? Role.Operator : Role.Coordinator;
        return await Silo.Grains.Execute(Municipality, Ask(command, In(role, null)));
    }

    private string? Reminders() => Scalar("SELECT count(*) FROM notes WHERE shelf = 'reminder'");
}
