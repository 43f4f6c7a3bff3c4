using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>The first coordinator comes from beside the database, and all others from each other.</summary>
public sealed class RegisterRightsTests : SiloPlace
{
    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);
    private static readonly Caller First = new(Role.Coordinator, "idp:first", Reach.Of(Tampere, Raisio));

    [Fact]
    public async Task The_first_coordinator_is_made_beside_the_database_and_tokens_are_cut_from_then_on()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        var worker = In(Role.SocialWorker, Tampere);
        Assert.Same(worker, Silo.Rights!.Cut(worker));
        await Silo.DisposeAsync();
        await FirstRights.Grant(Address, Tampere, "idp:first", Time);
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => FirstRights.Grant(Address, Tampere, "idp:other", Time));
        Assert.Contains("has a coordinator", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreRefusal>(() => FirstRights.Grant(Address, Raisio, "idp:first", Time));
        await InitializeAsync();

        Assert.Same(First, Silo.Rights!.Cut(First));
        Assert.Equal(Reach.None, Silo.Rights.Cut(worker).Reach);
        Assert.Equal(Reach.Of(Raisio), Silo.Rights.Cut(First with { Subject = "idp:other" }).Reach);
        var researcher = new Caller(Role.Researcher, "thl", Reach.All);
        Assert.Same(researcher, Silo.Rights.Cut(researcher));
    }

    [Fact]
    public async Task No_caller_makes_a_first_coordinator_and_no_operator_grants()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        foreach (var (role, command) in ((Role, IMunicipalityCommand)[])
            [(Role.Coordinator, new GrantFirstRight("idp:a")),
            (Role.Operator, new GrantRight("idp:a", RegisterRole.Counsellor, Day)),
            (Role.Operator, new EndRight("idp:a", RegisterRole.Counsellor)),
            (Role.SocialWorker, new ConfirmRight("idp:a"))])
        {
            var reply = await Silo.Grains.Execute(Municipality, Ask(command, In(role, Tampere)));
            Assert.Equal((command, ReplyKind.Forbidden), (command, reply.Kind));
        }
    }
}
