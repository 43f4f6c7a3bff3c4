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

    /// <summary>The day of the tests' clock; all that follows the registration happens then, or so many days before.
    /// </summary>
    private static readonly DateOnly Today = new(2019, 12, 31);

    /// <summary>What happened to the client, who asks, and by what it is allowed; null when it is not.</summary>
    public static TheoryData<string, IClientCommand[], Standing?, string?> Cases_ => new()
    {
        { "a worker of her own", [new AssignWorker("aino", true)], Aino, "own-worker" },
        { "a worker, not her own", [new AssignWorker("aino", false)], Aino, "assigned-worker" },
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
        {
            "referred again", [Referral, new AssessNeed(Clientship: false), Referral with { ReferralId = "r2" }],
            Aino with { HandlesIntake = true }, "intake"
        },
        { "closed", [Referral, new CloseMatter(ClosingReason.Other)], Aino with { HandlesIntake = true }, null },
        { "coming to a meeting", [Booked("aino")], Aino, "meeting" },
        { "coming to a meeting in a month", [Booked("aino", days: 30)], Aino, "meeting" },
        { "coming to a meeting some day", [Booked("aino", days: 31)], Aino, null },
        { "coming to one who is away", [Booked("eino")], Aino with { Substituted = ["eino"] }, "meeting" },
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
            Assert.True(
                (await host.Execute(Ask(command, on: Today))).Kind is ReplyKind.Accepted, $"{client}: {command}");
        }
        foreach (var role in (Role[])[Role.SocialWorker, Role.Counsellor])
        {
            var caller = In(role, Tampere) with { Standings = standing is null ? null : [standing] };
            var read = await host.Read(ReadAs(caller));
            Assert.Equal(basis is null ? ReadResult.Forbidden : ReadResult.Found, read.Result);
            Assert.Equal(
                basis is null ? "denied: client " : $"client {basis}",
                Scalar("SELECT what || ' ' || basis FROM access_log ORDER BY line DESC LIMIT 1"));
            var reply = await host.Execute(Ask(Letter, caller, ifVersion: Envelope.NeverVersion));
            Assert.Equal(basis is null ? ReplyKind.Forbidden : ReplyKind.VersionConflict, reply.Kind);
        }
    }

    /// <summary>A worker finishes the records of a matter that has ended, and then has nothing to do with it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_relationship_ends_ninety_days_after_the_matter(bool closed)
    {
        var host = await RegisteredMaija();
        await Happens(host, Referral, Today.AddDays(-90));
        await Happens(host, new AssignWorker("aino", false), Today.AddDays(-90));
        await Happens(
            host, closed ? new CloseMatter(ClosingReason.GoalsReached) : new AssessNeed(Clientship: false),
            Today.AddDays(-90));
        var aino = In(Role.SocialWorker, Tampere) with { Standings = [Aino] };
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(aino))).Result);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(aino))).Result);
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(Worker))).Result);
        await Happens(host, closed ? new ReopenMatter() : Referral with { ReferralId = "r2" }, Today.AddDays(1));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(aino))).Result);
    }

    [Fact]
    public async Task A_meeting_lets_in_until_a_fortnight_after_its_day_should_its_outcome_not_be_recorded()
    {
        var host = await RegisteredMaija();
        await Happens(host, Booked("aino"), Today);
        var aino = In(Role.SocialWorker, Tampere) with { Standings = [Aino] };
        Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(aino))).Result);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(aino))).Result);
    }

    [Fact]
    public async Task Whose_use_of_the_data_is_asked_about_does_not_read_that_the_client_asked()
    {
        var host = await RegisteredMaija();
        await Happens(host, new AssignWorker("aino", false), Today);
        await Happens(host, new RequestLogReport("l1", Note: new PersonalText("Miksi Aino katsoi?")), Today);
        await Happens(host, new GiveLogReport("l1"), Today);
        Assert.Equal(2, await Entries(In(Role.SocialWorker, Tampere) with { Standings = [Aino] }));
        Assert.Equal(4, await Entries(Worker));

        async Task<int> Entries(Caller caller)
        {
            var history = (await host.Read(ReadAs(caller, ReadKind.History))).History!;
            var past = (await host.Read(ReadAs(caller, ReadKind.Past))).History!;
            var page = (await host.Read(
                new ReadRequest(caller, ReadKind.Timeline, new HistorySlice(true, false, 10)))).Page!;
            Assert.Equal((history.Count, history.Count, history.Count), (past.Count, page.Entries.Count, page.Total));
            return history.Count;
        }
    }

    /// <summary>Who could, would read for years by what began with an intake of a day.</summary>
    [Theory]
    [InlineData("aino", false)]
    [InlineData("eino", false)] // Aino stands in for Eino.
    [InlineData("liisa", true)]
    public async Task A_meeting_that_one_books_for_oneself_lets_one_in_no_longer(string with, bool reads)
    {
        var host = await RegisteredMaija();
        await Happens(host, Referral, Today);
        var aino = Aino with { HandlesIntake = true, Substituted = ["eino"] };
        var booked = await host.Execute(Ask(
            Booked(with), In(Role.SocialWorker, Tampere) with { Standings = [aino] }, on: Today));
        Assert.Equal(ReplyKind.Accepted, booked.Kind);
        await Happens(host, new AssignWorker("someone", true), Today);
        var visitor = In(Role.SocialWorker, Tampere) with { Standings = [new Standing(Tampere, with)] };
        Assert.Equal(reads ? ReadResult.Found : ReadResult.Forbidden, (await host.Read(ReadAs(visitor))).Result);
    }

    /// <summary>Else three hours would be made years.</summary>
    [Fact]
    public async Task Who_is_let_in_for_a_time_makes_no_relationship_that_lasts()
    {
        var host = await RegisteredMaija();
        await Happens(host, Booked("aino"), Today);
        var opener = new Caller(Role.SocialWorker, "s-1", Reach.Of(Tampere), Purposes.ClientWork);
        await host.Execute(Ask(new OpenAccess(OpeningReason.Danger, new PersonalText("Hätä")), opener, on: Today));
        foreach (var caller in (Caller[])[opener, In(Role.SocialWorker, Tampere) with { Standings = [Aino] }])
        {
            Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(caller))).Result);
            foreach (var command in (IClientCommand[])
                [
                    new AssignWorker("aino", true), new BookMeeting("m2", Today, WorkerId: "eino"), new ReopenMatter(),
                    new MoveToMunicipality(Raisio), new RequestDiscussion(),
                    new MarkRecordedInError(1, new PersonalText("Väärin")),
                ])
            {
                Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(command, caller, on: Today))).Kind);
            }
            Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Letter, caller, on: Today))).Kind);
        }
    }

    /// <summary>The same identifier is another person there.</summary>
    [Fact]
    public async Task No_relationship_goes_along_into_another_register()
    {
        var host = await RegisteredMaija();
        await Happens(host, Booked("aino"), Today);
        await Happens(host, new AssignWorker("aino", true), Today);
        var opener = new Caller(Role.SocialWorker, "s-1", Reach.Of(Tampere, Raisio), Purposes.ClientWork)
        {
            Standings = [new Standing(Tampere, "liisa"), Aino with { Register = Raisio }],
        };
        await host.Execute(Ask(new OpenAccess(OpeningReason.Danger, new PersonalText("Hätä")), opener, on: Today));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(opener))).Result);
        await Happens(host, new MoveToMunicipality(Raisio), Today);
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(opener))).Result);
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

    private static BookMeeting Booked(string worker, int days = 0) =>
        new("m1", Today.AddDays(days), WorkerId: worker);

    private static async Task Happens(IGrainHost<ClientState> host, IClientCommand command, DateOnly on)
    {
        var reply = await host.Execute(Ask(command, on: on));
        Assert.True(reply.Kind is ReplyKind.Accepted, $"{command}: {reply.Rejection}");
    }
}
