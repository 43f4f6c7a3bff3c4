using System.Text;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>What a client permits and prohibits in part, and what a law demands all the same (58-59 §).</summary>
public sealed class DisclosureChoiceTests
{
    private static readonly LeavingEvent ToRecords = new("client.plan-made", "320", "records");

    private static readonly LeavingEvent ByPermission = ToRecords with { ByPermission = true };

    [Fact]
    public void A_permission_holds_for_a_receiver_or_all_of_a_register_until_it_is_withdrawn()
    {
        var client = GivenClient(Referred)
            .When("2018-03-01", new PermitDisclosure("records", Words("Saa luovuttaa")))
            .Then(new DisclosurePermitted("records", "320", Words("Saa luovuttaa")))
            .When("2018-03-02", new PermitDisclosure("records")).ThenNothing();
        Assert.Equal(Day("2018-03-01"), Passage(client, ByPermission)?.PermittedSince);
        Assert.Null(Passage(client, ByPermission with { ReceiverId = "other" }));
        Assert.Null(Passage(client, ByPermission with { Register = "837" }));
        client.And("2018-03-03", new PermitDisclosure());
        Assert.Equal(Day("2018-03-03"), Passage(client, ByPermission with { ReceiverId = "other" })?.PermittedSince);
        client.When("2018-03-04", new WithdrawDisclosurePermission("records"))
            .Then(new DisclosurePermissionWithdrawn("records"))
            .When("2018-03-05", new WithdrawDisclosurePermission("records")).ThenNothing();
        Assert.NotNull(Passage(client, ByPermission));
        client.And("2018-03-06", new WithdrawDisclosurePermission());
        Assert.Null(Passage(client, ByPermission));
        Assert.All(client.State.Disclosure.Permissions, known => Assert.NotNull(known.EndedOn));
        client.And("2018-03-07", new PermitDisclosure("records"));
        Assert.Equal(Day("2018-03-07"), Passage(client, ByPermission)?.PermittedSince);
    }

    /// <summary>What the receiver has of the client is its own to erase.</summary>
    [Fact]
    public void The_erasure_still_reaches_a_receiver_whose_permission_has_ended()
    {
        var client = GivenClient(Referred).And("2018-03-01", new PermitDisclosure("records"))
            .And("2018-03-02", new WithdrawDisclosurePermission())
            .And("2018-03-03", new EraseClient(ErasureReason.Ordered));
        var erased = ByPermission with { StoredName = "client.erased" };
        Assert.NotNull(Passage(client, erased));
        Assert.Null(Passage(client, erased with { ReceiverId = "never" }));
        Assert.Null(Passage(client, ByPermission));
    }

    [Fact]
    public void The_end_of_a_matter_still_reaches_a_receiver_whose_permission_has_ended()
    {
        var client = GivenClient(Referred).And("2018-03-01", new PermitDisclosure("records"))
            .And("2018-03-02", new WithdrawDisclosurePermission());
        var ended = ByPermission with { StoredName = "client.matters-ended" };
        Assert.NotNull(Passage(client, ended));
        Assert.Null(Passage(client, ended with { ReceiverId = "never" }));
        Assert.Null(Passage(client, ByPermission));
    }

    [Fact]
    public void One_documents_prohibition_holds_what_tells_of_it_and_nothing_else()
    {
        var client = GivenClient(Planned).And("2018-09-01", Reviewing);
        var (plan, review) = (VersionOf<PlanMade>(client), VersionOf<PlanReviewed>(client));
        client.When("2018-09-02", new ProhibitPartDisclosure(review, Words: Words("Ei tätä")))
            .Then(new DisclosureOfPartProhibited(review, null, Words("Ei tätä")))
            .When("2018-09-02", new ProhibitPartDisclosure(review)).ThenNothing();
        Assert.Equal((true, false), (Leaves(client, plan), Leaves(client, review)));
        client.And("2018-09-03", new WithdrawPartProhibition(review))
            .And("2018-09-04", new ProhibitPartDisclosure(plan));
        Assert.Equal((false, false), (Leaves(client, plan), Leaves(client, review)));
        Assert.All(
            client.Past.Where(entry => entry.Version != plan && entry.Version != review),
            entry => Assert.True(Leaves(client, entry.Version)));
        client.When("2018-09-05", new WithdrawPartProhibition(plan)).Then(new PartProhibitionWithdrawn(plan, null))
            .When("2018-09-05", new WithdrawPartProhibition(plan)).ThenNothing();
        Assert.True(Leaves(client, plan));
    }

    [Fact]
    public void The_mark_of_a_prohibited_entry_tells_of_it_too()
    {
        var client = GivenClient(Planned).And("2018-09-01", Reviewing);
        var review = VersionOf<PlanReviewed>(client);
        client.And("2018-09-02", new ProhibitPartDisclosure(review))
            .And("2018-09-03", new MarkRecordedInError(review, Words("Väärä")));
        Assert.False(Leaves(client, VersionOf<EntryRecordedInError>(client)));
    }

    /// <summary>A mark names an entry, and not the plan or referral that the entry is of.</summary>
    [Fact]
    public void While_a_document_is_prohibited_the_marks_of_what_may_tell_of_it_are_held_too()
    {
        var client = GivenClient(Planned).And("2018-09-01", Reviewing);
        var (plan, review) = (VersionOf<PlanMade>(client), VersionOf<PlanReviewed>(client));
        client.And("2018-09-03", new MarkRecordedInError(review, Words("Väärä")));
        var mark = VersionOf<EntryRecordedInError>(client);
        Assert.True(Leaves(client, mark));
        client.And("2018-09-04", new ProhibitPartDisclosure(VersionOf<NeedAssessed>(client)));
        Assert.True(Leaves(client, mark)); // An assessment is no plan's.
        client.And("2018-09-04", new ProhibitPartDisclosure(plan));
        Assert.False(Leaves(client, mark));
        var task = new DisclosureOfPartProhibited(null, new CodedValue(CodeSystems.ServiceTasks, "1"), null);
        Assert.Null(HeldBack.None.After(task, Day("2018-09-01")).For(ToRecords with
        {
            Version = 9,
            Happened = new EntryRecordedInError(5, "client.plan-made", Words("Väärä"), null),
        }));
    }

    [Fact]
    public void What_names_a_prohibited_referral_is_held_with_it()
    {
        var client = GivenClient(Referred);
        var received = client.Past.Select(entry => entry.Happened).OfType<ReferralReceived>().Single();
        client.And("2018-02-03", new ProhibitPartDisclosure(VersionOf<ReferralReceived>(client)));
        foreach (var (id, leaves) in new[] { (received.ReferralId, false), ("another", true), (null, true) })
        {
            foreach (var happened in (IEvent[])
                [new AssessmentStarted(id), new NeedAssessed(false, null, null, null, id),
                new MeetingBooked("m1", Day("2018-03-01"), null, default, null, id)])
            {
                Assert.Equal((happened, leaves), (happened, Passage(
                    client, ToRecords with { Version = 99, Happened = happened }) is not null));
            }
        }
    }

    /// <summary>Also a plan that is made later.</summary>
    [Fact]
    public void A_service_tasks_prohibition_holds_the_plans_that_have_a_service_of_it()
    {
        var task = new CodedValue(CodeSystems.ServiceTasks, "1");
        var known = CodeRegister.BuiltIn.With([CodeFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(Tasks)), CodeRegister.BuiltIn).System!]);
        var choices = GivenClient(Planned);
        var decision = ClientDecider.Revise(
            choices.Past, new ProhibitPartDisclosure(ServiceTask: task), At("2018-09-01") with { Codes = known });
        var held = HeldBack.None.After(Assert.Single(decision.Events), Day("2018-09-01"));
        var of = new PlanMade("p9", true, null, null, null, null) { Services = [new(Subsistence, ServiceTask: task)] };
        Assert.NotNull(held.For(ToRecords with { Version = 9, Happened = of with { Services = [] } }));
        Assert.Null(held.For(ToRecords with { Version = 9, Happened = of }));
        var reviewed = new PlanReviewed("p9", true, Words("a"), Words("b"), null, null);
        Assert.Null(held.After(of, Day("2018-09-02")).For(ToRecords with { Version = 10, Happened = reviewed }));
        choices.When("2018-09-01", new ProhibitPartDisclosure(ServiceTask: task))
            .ThenRefused(RejectionCodes.UnknownCode, "serviceTask");
    }

    [Fact]
    public void A_part_is_an_entry_that_there_is_or_a_service_task_and_not_both()
    {
        GivenClient(Referred).When("2018-03-01", new ProhibitPartDisclosure(99))
            .ThenRefused(RejectionCodes.EntryUnknown, "entry");
        GivenClient(Referred).When("2018-03-01", new ProhibitPartDisclosure())
            .ThenRefused(RejectionCodes.FieldRequired, "entry");
        GivenClient(Referred).When("2018-03-01", new WithdrawPartProhibition(1, new CodedValue("s", "c")))
            .ThenRefused(RejectionCodes.FieldRequired, "entry");
    }

    [Fact]
    public void What_a_law_demands_leaves_in_spite_of_what_the_client_says_with_its_own_basis()
    {
        var client = GivenClient(Planned).And("2018-09-01", new ProhibitDisclosure())
            .When("2018-09-02", new DiscloseByLaw("records", "a law 1 §", Words("Viranomainen vaatii")))
            .Then(new DisclosureByLawBegun("records", "320", "a law 1 §", Words("Viranomainen vaatii")))
            .When("2018-09-03", new DiscloseByLaw("records", "a law 1 §", Words("Uudelleen"))).ThenNothing();
        Assert.Equal("a law 1 §", Passage(client, ToRecords)?.DemandedBy);
        Assert.Equal("a law 1 §", Passage(client, ByPermission)?.DemandedBy);
        Assert.Null(Passage(client, ToRecords with { ReceiverId = "other" }));
        Assert.Null(Passage(client, ToRecords with { Register = "837" }));
        client.And("2018-09-04", new SetSecurityBan());
        Assert.Null(Passage(client, ToRecords));
        client.And("2018-09-05", new EndSecurityBan());
        client.When("2018-09-06", new EndDisclosureByLaw("records")).Then(new DisclosureByLawEnded("records"))
            .When("2018-09-06", new EndDisclosureByLaw("records")).ThenNothing();
        Assert.Null(Passage(client, ToRecords));
    }

    /// <summary>It says the receiver's own basis while nothing has to be overcome.</summary>
    [Fact]
    public void A_demand_is_not_the_basis_of_what_may_leave_anyway() => Assert.Equal(
        default(Passage), Passage(
            GivenClient(Planned).And("2018-09-02", new DiscloseByLaw("records", "a law 1 §", Words("Vaatii"))),
            ToRecords));

    [Fact]
    public void What_the_client_chose_is_not_merged_away_and_is_taken_after_the_closing()
    {
        IClientCommand[] choices =
        [
            new PermitDisclosure(), new ProhibitPartDisclosure(1), new DiscloseByLaw("records", "a law", Words("why")),
        ];
        foreach (var choice in choices)
        {
            GivenClient(Referred).And("2018-03-01", new CloseMatter(ClosingReason.Other)).And("2018-04-01", choice);
            GivenClient(Referred).And("2018-04-01", choice)
                .When("2018-05-01", new RetireDuplicate("m1", "maija"))
                .Then(new MergeDeclined("m1", "maija", MergeRefusal.DuplicateHasCasework, 0));
        }
    }

    private const string Tasks = """
        {"system": "1.2.246.537.6.1221", "name": "Palvelutehtävä", "complete": false, "placeholder": false,
         "source": "a test", "codes": [{"code": "1", "display": {"fi": "Tehtävä"}}]}
        """;

    private static Passage? Passage(Given<ClientState> client, LeavingEvent leaving) =>
        client.Past.Aggregate(HeldBack.None, (held, entry) => held.After(entry.Happened, entry.OccurredOn))
            .For(leaving);

    private static bool Leaves(Given<ClientState> client, long version) => Passage(client, ToRecords with
    {
        Version = version,
        Happened = client.Past.Single(entry => entry.Version == version).Happened,
    }) is not null;

    private static long VersionOf<TEvent>(Given<ClientState> client) =>
        client.Past.Single(entry => entry.Happened is TEvent).Version;
}
