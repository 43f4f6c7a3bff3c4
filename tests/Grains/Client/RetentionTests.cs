using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>What is due is derived, somebody confirms, and then the client is erased (703/2023, annex).</summary>
public sealed class RetentionTests
{
    private static readonly Step[] Due =
        [On("2009-02-01", Register), On("2009-12-30", new CloseMatter(ClosingReason.Other))];

    private static readonly Step[] Young =
        [On("2009-02-01", Register), On("2009-12-31", new CloseMatter(ClosingReason.Other))];

    [Fact]
    public void The_end_of_keeping_is_confirmed_ten_years_after_the_closing_and_not_before()
    {
        GivenClient(Due).When(Today, new ConfirmRetention()).Then(new RetentionConfirmed());
        GivenClient(Young).When(Today, new ConfirmRetention())
            .ThenRefused(RejectionCodes.RetentionNotEnded, "id");
        GivenClient([.. Due, On("2011-01-01", new ReopenMatter())]).When(Today, new ConfirmRetention())
            .ThenRefused(RejectionCodes.RetentionNotEnded, "id");
    }

    [Fact]
    public void An_order_to_archive_holds_a_client_until_it_ends()
    {
        var client = GivenClient(Due).And("2019-12-01", new HoldForArchiving(Words("The archive's order")));
        client.When("2019-12-02", new HoldForArchiving()).ThenNothing();
        client.When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.RetentionHeld, "id");
        client.When(Today, new EraseClient(ErasureReason.RetentionEnded))
            .ThenRefused(RejectionCodes.RetentionHeld, "reason");
        client.And("2019-12-30", new EndArchivingHold())
            .When(Today, new ConfirmRetention()).Then(new RetentionConfirmed());
    }

    [Theory]
    [InlineData("131052-900W")]
    [InlineData(null)]
    public void Persons_born_on_days_of_the_older_law_are_held_and_so_is_who_may_be_one(string? code)
    {
        var person = GivenClient([On("2009-02-01", code is null ? Register : Register with
        {
            BirthYear = 1952,
            PersonalIdentityCode = Words(code),
            TemporaryIdentifier = null,
        }), Due[1]]).State;
        Assert.True(Held(person, 13));
        Assert.Equal(code is null, Held(person, 14));
        Assert.False(Held(person));

        static bool Held(ClientState client, params int[] days) => ClientDecider.Decide(
            client, new ConfirmRetention(), At(Today) with { ArchivedBirthDays = days })
            .Rejection?.Code is RejectionCodes.RetentionHeld;
    }

    [Fact]
    public void Once_it_is_confirmed_nothing_more_happens_but_the_erasure()
    {
        var client = GivenClient(Due).And(Today, new ConfirmRetention());
        client.When(Today, new ReopenMatter()).ThenRefused(RejectionCodes.ClientErased, "id");
        client.When(Today, new HoldForArchiving()).ThenRefused(RejectionCodes.ClientErased, "id");
        client.When(Today, new MarkRecordedInError(2, Words("No"))).ThenRefused(RejectionCodes.ClientErased, "id");
        client.When(Today, new ConfirmRetention()).ThenNothing();
        client.When(Today, new CarryOutRetention()).Then(new ClientErased(ErasureReason.RetentionEnded));
        client.And(Today, new CarryOutRetention()).When(Today, new CarryOutRetention()).ThenNothing();
    }

    [Fact]
    public void Only_what_was_confirmed_is_carried_out_and_duplicates_go_with_their_survivor()
    {
        GivenClient(Due).When(Today, new CarryOutRetention()).ThenNothing();
        var duplicate = GivenClient(Due[0]).And("2009-02-02", new RetireDuplicate("m1", "maija"));
        duplicate.When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.ClientMerged, "id");
        duplicate.When(Today, new CarryOutRetention("another")).ThenNothing();
        duplicate.When(Today, new CarryOutRetention("maija")).Then(new ClientErased(ErasureReason.RetentionEnded));
    }

    [Fact]
    public void A_survivor_waits_for_the_erasure_of_its_duplicates_whatever_the_reason()
    {
        Step[] merged = [.. Due[..1], On("2009-02-02", new AbsorbDuplicate("m1", "double", new ContactTally()))];
        foreach (var (command, reason) in new (IClientCommand, ErasureReason)[]
        {
            (new EraseClient(ErasureReason.Ordered), ErasureReason.Ordered),
            (new EraseAgain(), ErasureReason.ErasedBefore),
        })
        {
            GivenClient(merged).When(Today, command).Then(new ErasureDecided(reason));
            var waits = GivenClient(merged).And(Today, command);
            waits.When(Today, new ReopenMatter()).ThenRefused(RejectionCodes.ClientErased, "id");
            waits.When(Today, new EraseClient(ErasureReason.RegisteredInError)).ThenNothing();
            waits.When(Today, new CarryOutRetention()).Then(new ClientErased(reason));
        }
        GivenClient(Due[0]).And("2009-02-02", new RetireDuplicate("m1", "maija"))
            .When(Today, new CarryOutRetention("maija", ErasureReason.Ordered))
            .Then(new ClientErased(ErasureReason.Ordered));
        GivenClient(Due).When(Today, new EraseAgain()).Then(new ClientErased(ErasureReason.ErasedBefore));
    }

    [Fact]
    public void The_platforms_own_reason_is_no_callers()
    {
        GivenClient(Due).When(Today, new EraseClient(ErasureReason.ErasedBefore))
            .ThenRefused(RejectionCodes.ErasureReasonInvalid, "reason");
    }

    [Fact]
    public void An_opening_without_its_review_holds_an_erasure_for_any_reason()
    {
        var opened = GivenClient(Due).And("2019-12-30", new OpenAccess(OpeningReason.Danger, Words("Acute")));
        opened.When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.RetentionNotEnded, "id"); // It is young.
        opened.When(Today, new EraseClient(ErasureReason.Ordered)).ThenRefused(RejectionCodes.OpeningNotReviewed, "id");
    }

    [Fact]
    public void A_matter_is_closed_no_earlier_than_anything_that_happened_in_it()
    {
        var reached = GivenClient(Due[0]).And("2019-06-01", new RecordContactAttempt(ContactChannel.Phone, true));
        reached.When("2009-12-30", new CloseMatter(ClosingReason.Other))
            .ThenRefused(RejectionCodes.ClosingBeforeStep, "occurredOn");
        reached.When("2019-06-01", new CloseMatter(ClosingReason.Other))
            .Then(new MatterClosed(ClosingReason.Other, null));
        GivenClient([.. Due, On("2019-06-01", new ReopenMatter())])
            .When("2010-12-31", new CloseMatter(ClosingReason.Other))
            .ThenRefused(RejectionCodes.ClosingBeforeStep, "occurredOn");
    }

    [Fact]
    public void Who_is_due_is_listed_by_the_day_of_closing_and_pages_miss_nobody()
    {
        var register = new Tests.Caseload.Register();
        foreach (var (client, closed) in new[] { ("b", "2009-03-01"), ("a", "2009-12-30"), ("c", "2009-03-01") })
        {
            register.With(client, Due[0], On(closed, new CloseMatter(ClosingReason.Other)));
        }
        register.With("young", Young).With("open", Due[0]).With("back", [.. Due, On("2012-01-01", new ReopenMatter())])
            .With("held", [.. Due, On("2012-01-01", new HoldForArchiving())])
            .With("gone", [.. Due, On("2019-12-31", new ConfirmRetention())])
            .With("left", Due);
        register.MoveOut("left");

        Assert.Equal(["b", "c", "a"], Ids(Page(register, max: 9)));
        Assert.Equal(["held"], Ids(Page(register, max: 9, held: true)));
        var paged = new List<RetentionItem>();
        while (Page(register, 1, after: paged is [.., var last] ? (last.ClosedOn, last.Since) : null) is [var next])
        {
            paged.Add(next);
        }
        Assert.Equal(["b", "c", "a"], Ids(paged));
        Assert.Equal(Day("2019-12-31"), paged[^1].EndedOn);

        register.With("held", On("2019-12-30", new EndArchivingHold()));
        Assert.Equal(["b", "c", "a", "held"], Ids(Page(register, max: 9)));
    }

    private static IReadOnlyList<RetentionItem> Page(
        Tests.Caseload.Register register, int max, bool held = false, (DateOnly, long)? after = null) =>
        register.Caseload.RetentionDue(new RetentionQuestion(Day(Today), held, max, after));

    private static IEnumerable<string> Ids(IEnumerable<RetentionItem> items) => items.Select(item => item.ClientId);
}
