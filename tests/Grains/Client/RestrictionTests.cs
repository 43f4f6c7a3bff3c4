using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>The restriction of processing: asked for, decided, ended with notice (12 §; GDPR, article 18).</summary>
public sealed class RestrictionTests
{
    private static readonly RequestRestriction Asking = new(RestrictionGround.AccuracyContested, Words("Väärin"));

    private static readonly EndRestriction Ending = new(Words("Tiedot on tarkistettu"), Day("2018-05-01"));

    private static Given<ClientState> Asked => GivenClient(Referred).And("2018-04-01", Asking);

    private static Given<ClientState> Restricted => Asked.And("2018-04-10", new GrantRestriction());

    [Fact]
    public void It_is_asked_for_granted_and_ended_after_the_client_had_notice()
    {
        Asked.When("2018-04-02", Asking).ThenNothing()
            .When("2018-04-02", Asking with { Ground = RestrictionGround.Objection })
            .ThenRefused(RejectionCodes.RestrictionUnderWay, "ground");
        var client = Asked.When("2018-04-10", new GrantRestriction()).Then(new RestrictionGranted(null))
            .When("2018-04-11", new GrantRestriction()).ThenNothing();
        client.When("2018-05-02", Ending with { Grounds = Words("") })
            .ThenRefused(RejectionCodes.FieldRequired, "grounds");
        foreach (var notice in new[] { "2018-04-09", "2018-05-03" })
        {
            client.When("2018-05-02", Ending with { NoticeOn = Day(notice) })
                .ThenRefused(RejectionCodes.OutOfRange, "noticeOn");
        }
        client.When("2018-05-02", Ending).Then(new RestrictionEnded(Day("2018-05-01"), Ending.Grounds))
            .When("2018-05-03", Ending).ThenNothing();
        client.When("2018-05-04", new GrantRestriction()).ThenRefused(RejectionCodes.RestrictionUnknown, "id");
        client.When("2018-06-01", Asking).Then(new RestrictionRequested(Asking.Ground, Asking.Words));
    }

    [Fact]
    public void It_is_refused_with_grounds_and_once()
    {
        var refusal = new RefuseRestriction(RestrictionRefusal.SeriousDanger, Words("Lapsen vaara"));
        GivenClient(Referred).When("2018-04-10", refusal).ThenRefused(RejectionCodes.RestrictionUnknown, "id");
        Asked.When("2018-04-10", refusal with { Grounds = Words("") })
            .ThenRefused(RejectionCodes.FieldRequired, "grounds");
        Asked.When("2018-03-31", refusal).ThenRefused(RejectionCodes.OutOfRange, "occurredOn");
        var refused = Asked.When("2018-04-10", refusal).Then(new RestrictionRefused(refusal.Reason, refusal.Grounds))
            .When("2018-04-10", refusal).ThenNothing();
        refused.When("2018-04-11", new GrantRestriction()).ThenRefused(RejectionCodes.RestrictionUnderWay, "id");
        refused.When("2018-04-11", Ending).ThenRefused(RejectionCodes.RestrictionUnknown, "id");
        Assert.False(ClientDecider.TiesOf(refused.State, At("2018-04-11")).IsRestricted);
    }

    [Fact]
    public void The_client_takes_it_back_before_or_after_the_decision()
    {
        foreach (var client in new[] { Asked, Restricted })
        {
            client.When("2018-03-31", new WithdrawRestriction()).ThenRefused(RejectionCodes.OutOfRange, "occurredOn");
            client.When("2018-04-12", new WithdrawRestriction()).Then(new RestrictionWithdrawn())
                .When("2018-04-12", new WithdrawRestriction()).ThenNothing();
            Assert.Equal(RestrictionStatus.Withdrawn, client.State.Restriction!.Status);
        }
    }

    /// <summary>What has left cannot be restricted any more, so it is held back from the asking on.</summary>
    [Fact]
    public void Nothing_leaves_from_the_asking_to_the_end_not_even_what_a_law_demands()
    {
        var client = GivenClient(Referred)
            .And("2018-03-01", new DiscloseByLaw("records", "a law 1 §", Words("Vaatii")));
        Assert.True(Leaves(client));
        Assert.False(Leaves(client.And("2018-04-01", Asking)));
        Assert.False(Leaves(client.And("2018-04-10", new GrantRestriction())));
        Assert.True(Leaves(client.And("2018-05-02", Ending)));
    }

    [Fact]
    public void While_it_holds_no_relationship_lets_read_but_an_opening_for_a_reason_of_the_law()
    {
        var client = GivenClient(Planned).And("2018-03-12", new AssignWorker("eino", true)).And("2018-04-01", Asking);
        Assert.NotNull(Ties(client).Worker);
        client.And("2018-04-10", new GrantRestriction());
        Assert.Equal((null, true), (Ties(client).Worker, Ties(client).IsRestricted));
        client.When("2018-04-11", new OpenAccess(OpeningReason.Danger, Words("Hätä")))
            .ThenRefused(RejectionCodes.OpeningReasonUnfit, "reason");
        client.And("2018-04-11", new OpenAccess(OpeningReason.LegalClaim, Words("Vahingonkorvaus")));
        Assert.Single(Ties(client).Openings);
        client.And("2018-05-02", Ending);
        Assert.Equal((true, false), (Ties(client).Worker is not null, Ties(client).IsRestricted));
        client.When("2018-05-04", new OpenAccess(OpeningReason.LegalClaim, Words("Vahingonkorvaus")))
            .ThenRefused(RejectionCodes.OpeningReasonUnfit, "reason");
    }

    /// <summary>Who opened the client for another reason before is not let in any more.</summary>
    [Fact]
    public void An_opening_from_before_ends_with_it()
    {
        var client = GivenClient(Referred).And("2018-03-01", new OpenAccess(OpeningReason.Danger, Words("Hätä")))
            .And("2018-04-01", Asking);
        Assert.Single(Ties(client).Openings);
        client.And("2018-04-10", new GrantRestriction());
        Assert.Empty(Ties(client).Openings);
    }

    /// <summary>A security ban ends a worker's opening here, too, and leaves that of a coordinator.</summary>
    [Fact]
    public void Of_a_restricted_client_with_a_security_ban_an_opening_of_a_coordinator_alone_lets_in()
    {
        foreach (var (day, actor, opens) in new[] { ("2018-04-11", Eino, 1), ("2018-04-12", Aino, 0) })
        {
            Assert.Equal(actor, At(day).Actor);
            var client = Restricted.And(day, new OpenAccess(OpeningReason.ProtectsAnother, Words("Lapsi")));
            Assert.Single(Ties(client).Openings);
            Assert.Equal(opens, Ties(client.And("2018-04-13", new SetSecurityBan())).Openings.Count());
        }
    }

    [Fact]
    public void What_happens_is_kept_and_nothing_is_destroyed_or_merged_away()
    {
        Restricted.And("2018-04-20", new RecordBenefitMonth("2018-03", 55_000, 20));
        foreach (var client in new[] { Asked, Restricted })
        {
            client.When("2018-05-01", new EraseClient(ErasureReason.Ordered))
                .ThenRefused(RejectionCodes.RestrictionUnderWay, "id");
            client.When("2018-05-01", new RetireDuplicate("m1", "maija"))
                .Then(new MergeDeclined("m1", "maija", MergeRefusal.DuplicateHasCasework, 0));
        }
    }

    [Fact]
    public void The_list_has_what_waits_or_holds_with_the_day_the_decision_is_due()
    {
        var register = new Register().With("maija", Referred).With("maija", On("2018-04-01", Asking));
        var waiting = Assert.Single(register.Caseload.Restrictions);
        Assert.Equal(
            ("maija", Day("2018-05-01"), null), (waiting.ClientId, waiting.DueOn, waiting.GrantedOn));
        register.With("maija", On("2018-04-10", new GrantRestriction()));
        Assert.Equal(Day("2018-04-10"), Assert.Single(register.Caseload.Restrictions).GrantedOn);
        register.With("maija", On("2018-05-02", Ending));
        Assert.Empty(register.Caseload.Restrictions);
        register.With("maija", On("2018-06-01", Asking)).Caseload.Release("maija");
        Assert.Empty(register.Caseload.Restrictions);
    }

    /// <summary>Outsiders would learn of it by the difference, and a register by a figure that is wrong.</summary>
    [Fact]
    public void A_restricted_client_is_on_no_list_and_the_figures_go_on_counting_it()
    {
        var register = new Register().With("maija", Referred).With("eino", Referred)
            .With("maija", On("2018-04-01", Asking), On("2018-04-10", new GrantRestriction()));
        var (caseload, today) = (register.Caseload, Day("2018-04-20"));
        Assert.Equal(2, Clients(caseload, today));
        Assert.Equal(
            ["eino"], caseload.List(CaseloadFilter.All, today, new CaseloadSlice(9)).Select(entry => entry.Client));
        Assert.Equal(1, caseload.CountListed(CaseloadFilter.All, today));
        var sight = caseload.Sort(["maija", "eino"], seenBy: null, today, most: 5);
        Assert.Equal(("maija", "eino"), (Assert.Single(sight.Hidden), Assert.Single(sight.Seen).Client));
        register.With("maija", On("2018-05-02", Ending));
        Assert.Equal((2, 2), (Clients(caseload, today), caseload.CountListed(CaseloadFilter.All, today)));
    }

    /// <summary>Less the list of the same filter, such a figure would be the one client's data.</summary>
    [Fact]
    public void A_figure_that_is_narrowed_leaves_restricted_clients_out()
    {
        var register = new Register().With("maija", Referred).With("eino", Referred)
            .With("maija", On("2018-04-01", Asking), On("2018-04-10", new GrantRestriction()));
        var (caseload, today) = (register.Caseload, Day("2018-04-20"));
        var narrow = CaseloadFilter.All with { ReceivedFrom = Day("2018-01-01") };
        Assert.Equal(1, register.Metrics(narrow, today).Clients);
        Assert.Equal(1, caseload.CountListed(narrow, today));
        Assert.Equal(1, Crossed());
        register.With("maija", On("2018-05-02", Ending));
        Assert.Equal((2, 2), (register.Metrics(narrow, today).Clients, Crossed()));

        int Crossed()
        {
            var crossed = new CrossedMetrics(
                LiveMetrics.By(CaseloadDimension.Status)!, LiveMetrics.By(CaseloadDimension.Reason)!);
            caseload.AddTo(crossed, CaseloadFilter.All, today);
            return crossed.Cells().Sum(cell => cell.Count);
        }
    }

    [Fact]
    public void Whose_time_of_keeping_has_ended_is_on_no_list_while_restricted()
    {
        var register = new Register().With("maija", Closed);
        var question = new RetentionQuestion(Day("2060-01-01"), Held: false, Max: 9);
        Assert.Equal("maija", Assert.Single(register.Caseload.RetentionDue(question)).ClientId);
        register.With("maija", On("2019-01-02", Asking), On("2019-01-10", new GrantRestriction()));
        Assert.Empty(register.Caseload.RetentionDue(question));
        register.With("maija", On("2019-02-02", Ending with { NoticeOn = Day("2019-01-20") }));
        Assert.Single(register.Caseload.RetentionDue(question));
    }

    private static int Clients(MunicipalityCaseload caseload, DateOnly today)
    {
        var metrics = new CaseloadMetrics();
        caseload.AddTo(metrics, CaseloadFilter.All, today);
        return metrics.Clients;
    }

    private static Ties Ties(Given<ClientState> client) => ClientDecider.TiesOf(client.State, At("2018-04-20"));

    private static bool Leaves(Given<ClientState> client) =>
        client.Past.Aggregate(HeldBack.None, (held, entry) => held.After(entry.Happened, entry.OccurredOn))
            .For(new LeavingEvent("client.referral-received", "320", "records")) is not null;
}
