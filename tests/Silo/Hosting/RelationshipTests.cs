using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>
/// A client is read by those alone who have to do with the client, as the client's own state and the register's staff
/// show (703/2023 9 §); the line of the use log says by what.
/// </summary>
public sealed class RelationshipTests : Place
{
    private static readonly Standing Aino = new(Tampere, "aino");

    private static readonly ReceiveReferral Referral =
        new("r1", ReferralSource.Kela, ReferralReason.Need, Urgency: 2);

    /// <summary>What happened to the client, who asks, and by what it is allowed; null when it is not.</summary>
    public static TheoryData<string, IClientCommand[], Standing?, string?> Cases_ => new()
    {
        { "a worker of her own", [new AssignWorker("aino", true)], Aino, "own-worker" },
        { "another's client", [new AssignWorker("eino", true)], Aino, null },
        { "a colleague's client", [new AssignWorker("eino", true)], Aino with { Team = ["liisa", "eino"] }, "team" },
        { "of one who is away", [new AssignWorker("eino", true)], Aino with { Substituted = ["eino"] }, "substitute" },
        { "not yet assigned", [Referral], Aino, null },
        { "in the intake", [Referral], Aino with { HandlesIntake = true }, "intake" },
        { "asked for a discussion", [new RequestDiscussion()], Aino with { HandlesIntake = true }, "intake" },
        { "registered only", [], Aino with { HandlesIntake = true }, null },
        {
            "left without investigation", [Referral, new RecordReferralNotInvestigated("r1", new PersonalText("Syy"))],
            Aino with { HandlesIntake = true }, null
        },
        {
            "given to a worker", [Referral, new AssignWorker("eino", false)], Aino with { HandlesIntake = true }, null
        },
        {
            "found to be no client", [Referral, new AssessNeed(Clientship: false)],
            Aino with { HandlesIntake = true }, null
        },
        { "closed", [Referral, new CloseMatter(ClosingReason.Other)], Aino with { HandlesIntake = true }, null },
        { "coming to a meeting", [Booked("aino")], Aino, "meeting" },
        { "coming to another's meeting", [Booked("eino")], Aino, null },
        { "whose meeting was held", [Booked("aino"), new AttendMeeting("m1")], Aino, null },
        { "of a register without a standing", [new AssignWorker("aino", true)], null, null },
        { "of another register's worker", [new AssignWorker("aino", true)], Aino with { Register = Raisio }, null },
    };

    [Theory]
    [MemberData(nameof(Cases_))]
    public async Task A_worker_reads_and_commands_a_client_by_a_relationship_and_the_line_says_which(
        string client, IClientCommand[] past, Standing? standing, string? basis)
    {
        var host = await RegisteredMaija();
        foreach (var command in past)
        {
            Assert.True((await host.Execute(Ask(command))).Kind is ReplyKind.Accepted, $"{client}: {command}");
        }
        foreach (var role in (Role[])[Role.SocialWorker, Role.Counsellor])
        {
            var caller = In(role, Tampere) with { Standings = standing is null ? null : [standing] };
            var read = await host.Read(ReadAs(caller));
            Assert.Equal(basis is null ? ReadResult.Forbidden : ReadResult.Found, read.Result);
            Assert.Equal(
                basis is null ? "denied: client " : $"client {basis}",
                Scalar("SELECT what || ' ' || basis FROM access_log ORDER BY line DESC LIMIT 1"));
            var reply = await host.Execute(Ask(new RequestDiscussion(), caller, ifVersion: Envelope.NeverVersion));
            Assert.Equal(ReplyKind.VersionConflict, reply.Kind); // A client who asks at the counter is heard by all.
            var told = await host.Execute(Ask(Letter, caller, ifVersion: Envelope.NeverVersion));
            Assert.Equal(basis is null ? new CommandReply(ReplyKind.Forbidden, 0, 0) : reply, told);
        }
    }

    [Fact]
    public async Task Another_reader_s_standing_gives_a_coordinator_of_another_register_nothing()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(new AssignWorker("aino", true)));
        var stranger = In(Role.Coordinator, Raisio) with { Standings = [Aino] };
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(stranger))).Result);
        var outsider = In(Role.SocialWorker, Raisio) with { Standings = [Aino] };
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(outsider))).Result);
    }

    /// <summary>Also of an activation that has the client in memory: the client says who the worker is now.</summary>
    [Fact]
    public async Task A_worker_whose_client_was_given_to_another_reads_no_more()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(new AssignWorker("aino", true)));
        var aino = In(Role.SocialWorker, Tampere) with { Standings = [Aino] };
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(aino))).Result);
        await host.Execute(Ask(new AssignWorker("eino", true)));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(aino))).Result);
    }

    private static BookMeeting Booked(string worker) => new("m1", Day, WorkerId: worker);
}
