using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Deliveries;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>A client is opened without a relationship for three hours, for a reason, and another person reviews it.
/// </summary>
public sealed class OpeningTests : Place
{
    private static readonly OpenAccess Opening = new(OpeningReason.Danger, new PersonalText("Synteettinen hätä"));

    private static readonly Caller Aino = In(Role.SocialWorker, Tampere);

    private static readonly ReviewOpening Justified = new(Aino.Actor, Justified: true);

    [Fact]
    public async Task An_opening_lets_its_opener_in_for_three_hours_and_nobody_else()
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(Aino))).Result);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Opening, Aino))).Kind);
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(Aino))).Result);
        Assert.Equal("opened", Scalar("SELECT basis FROM access_log WHERE what = 'client'"));
        Assert.Equal(
            ReadResult.Forbidden, (await host.Read(ReadAs(In(Role.Counsellor, Tampere)))).Result);
        Time.Advance(Openings.Length - TimeSpan.FromSeconds(1));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Letter, Aino))).Kind);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(Aino))).Result);
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(Letter, Aino))).Kind);
    }

    [Fact]
    public async Task It_is_not_renewed_before_another_person_has_reviewed_it()
    {
        var host = await RegisteredMaija();
        Assert.Equal("OPENING_UNKNOWN", Code(await host.Execute(Ask(Justified))));
        await host.Execute(Ask(Opening, Aino));
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("OPENING_NOT_REVIEWED", Code(await host.Execute(Ask(Opening, Aino))));
        Assert.Equal("REVIEW_OF_SELF", Code(await host.Execute(Ask(Justified, new Caller(
            Role.Coordinator, Aino.Subject, Aino.Reach, Purposes.Supervision)))));
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(Justified, Aino))).Kind);
        var reviewer = new Caller(Role.Coordinator, "other", Aino.Reach, Purposes.Supervision);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Justified, reviewer))).Kind);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Opening, Aino))).Kind);
    }

    [Fact]
    public async Task One_that_was_not_justified_ends_at_once_and_words_are_required()
    {
        var host = await RegisteredMaija();
        Assert.Equal("FIELD_REQUIRED", Code(await host.Execute(
            Ask(Opening with { Words = new PersonalText("") }, Aino))));
        await host.Execute(Ask(Opening, Aino));
        var reviewer = new Caller(Role.Coordinator, "other", Aino.Reach, Purposes.Supervision);
        await host.Execute(Ask(Justified with { Justified = false }, reviewer));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(Aino))).Result);
    }

    [Theory]
    [InlineData(Role.SocialWorker, Raisio)]
    [InlineData(Role.Coordinator, Tampere)] // The register is the coordinator's already.
    [InlineData(Role.Integration, Tampere)]
    [InlineData(Role.Operator, Tampere)]
    public async Task Only_staff_of_the_own_register_opens_a_client(Role role, string register)
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(Opening, In(role, register)))).Kind);
        Assert.Equal(1, Store.LastPosition);
    }

    /// <summary>GDPR, article 18: also who coordinates the register reads for a reason of the law alone.</summary>
    [Fact]
    public async Task A_restricted_client_is_read_by_an_opening_alone_and_what_happens_is_still_recorded()
    {
        var (host, eino) = (await RegisteredMaija(), In(Role.Coordinator, Tampere));
        await host.Execute(Ask(new RequestRestriction(RestrictionGround.Objection), eino));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(eino))).Result);
        await host.Execute(Ask(new GrantRestriction(), eino));
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(eino))).Result);
        Assert.Equal("1", Scalar("SELECT count(*) FROM access_log WHERE what = 'denied: client'"));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(eino) with { Kind = ReadKind.UseLog })).Result);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Letter, eino))).Kind);
        Assert.Equal(ReplyKind.Forbidden, (await host.Execute(Ask(Opening, eino))).Kind);
        var claim = Opening with { Reason = OpeningReason.LegalClaim };
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(claim, eino))).Kind);
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(eino))).Result);
        Assert.Equal(
            "opened", Scalar("SELECT basis FROM access_log WHERE what = 'client' ORDER BY rowid DESC LIMIT 1"));
        Time.Advance(Openings.Length);
        Assert.Equal(ReadResult.Forbidden, (await host.Read(ReadAs(eino))).Result);
        Assert.Equal("OPENING_REASON_UNFIT", Code(await host.Execute(Ask(Opening, Aino))));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(claim, Aino))).Kind);
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(Aino))).Result);
        await host.Execute(Ask(new WithdrawRestriction(), eino));
        Assert.Equal(ReadResult.Found, (await host.Read(ReadAs(eino))).Result);
    }

    [Fact]
    public async Task No_receiver_gets_it_whoever_let_it()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Opening, Aino));
        await host.Execute(Ask(Justified, new Caller(Role.Coordinator, "other", Aino.Reach)));
        var all = new Grains.Receiver.ReceiverRegistered(
            "Records", "care", "703/2023", Tampere, "https://a.example/", null, PersonalData: true);
        var outgoing = new OutgoingEvents(Services, "osst");
        var went = new List<string>();
        foreach (var stored in await Store.ReadFeed(0, 10))
        {
            if (await outgoing.For("records", all, stored) is not null)
            {
                went.Add(stored.Type);
            }
        }
        Assert.Equal(["client.registered"], went);
    }

    private static string? Code(CommandReply reply) => reply.Rejection?.Code ?? reply.Kind.ToString();
}
