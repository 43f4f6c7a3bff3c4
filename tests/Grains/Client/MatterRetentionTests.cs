using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Matters end one by one, ten years after each was closed, and basic data stay (703/2023, annex).</summary>
public sealed class MatterRetentionTests
{
    private static readonly Step[] First =
        [On("2008-02-01", Register), On("2008-12-30", new CloseMatter(ClosingReason.Other))];

    private static readonly Step[] Second =
    [
        .. First, On("2009-02-01", new ReopenMatter(NewMatter: true)),
        On("2009-12-29", new CloseMatter(ClosingReason.Other)),
    ];

    private static readonly Step[] Third = [.. Second, On("2012-01-01", new ReopenMatter(NewMatter: true))];

    [Fact]
    public void Who_comes_back_begins_the_next_matter_and_who_was_closed_too_early_stays_in_the_same()
    {
        GivenClient(First).When("2009-02-01", new ReopenMatter(NewMatter: true)).Then(new MatterReopened(null, 2));
        var same = GivenClient(First).And("2009-02-01", new ReopenMatter());
        Assert.Equal((1, 0), (same.State.Matter, same.State.EarlierMatters.Count));
        Assert.Equal(
            [new ClosedMatter(1, Day("2008-12-30")), new ClosedMatter(2, Day("2009-12-29"))],
            GivenClient(Third).State.EarlierMatters);
        Assert.Equal(
            new MatterReopened(null, 2),
            GivenClient(First).When("2009-02-01", new ImportReferral(FromKela, null, null)).Latest.Events[0]);
    }

    [Fact]
    public void A_matter_is_confirmed_ten_years_after_its_closing_and_not_before_whatever_came_after()
    {
        GivenClient(Third).When(Today, new ConfirmRetention(2))
            .Then(new MattersEnded(2, IsLatest: false, NextClosedOn: null));
        GivenClient(Third).When(Today, new ConfirmRetention(1))
            .Then(new MattersEnded(1, IsLatest: false, NextClosedOn: Day("2009-12-29")));
        GivenClient(Second).When(Today, new ConfirmRetention(2))
            .Then(new MattersEnded(2, IsLatest: true, NextClosedOn: null));
        foreach (var matter in new[] { 0, 3, 4 })
        {
            GivenClient(Third).When(Today, new ConfirmRetention(matter))
                .ThenRefused(RejectionCodes.RetentionNotEnded, "matter");
        }
        GivenClient([First[0], On("2009-12-31", new CloseMatter(ClosingReason.Other))])
            .When(Today, new ConfirmRetention(1)).ThenRefused(RejectionCodes.RetentionNotEnded, "matter");
        GivenClient(Third).When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.RetentionNotEnded, "id");
        var ended = GivenClient(Second).And(Today, new ConfirmRetention(2));
        ended.When(Today, new ConfirmRetention(1)).ThenNothing();
        ended.When(Today, new ConfirmRetention()).Then(new RetentionConfirmed());
    }

    /// <summary>One who chooses the days of reopening and closing and marks what is young destroys nothing young.
    /// </summary>
    [Fact]
    public void Young_words_let_no_matter_be_closed_before_them_or_end_with_it_also_when_they_are_marked_in_error()
    {
        var back = GivenClient([.. First, On("2008-12-30", new ReopenMatter(NewMatter: true))])
            .And("2019-12-30", new RecordContactAttempt(ContactChannel.Letter, false, null, Words("Young")))
            .And("2008-12-30", new MarkRecordedInError(4, Words("Wrong client")));
        back.When("2008-12-30", new CloseMatter(ClosingReason.Other))
            .ThenRefused(RejectionCodes.ClosingBeforeStep, "occurredOn");
        back.And("2019-12-30", new CloseMatter(ClosingReason.Other)).When(Today, new ConfirmRetention(2))
            .ThenRefused(RejectionCodes.RetentionNotEnded, "matter");
        back.And(Today, new ConfirmRetention(1));

        var obtained = new RecordObtainedData(Words("Certificates"), "A school", "a plan", ByConsent: true);
        GivenClient([First[0], On("2019-12-30", obtained)])
            .When("2008-12-30", new CloseMatter(ClosingReason.Other))
            .ThenRefused(RejectionCodes.ClosingBeforeStep, "occurredOn");
    }

    [Fact]
    public void Words_that_came_after_a_closing_are_kept_ten_years_from_their_own_day()
    {
        var told = GivenClient(First).And(
            "2019-12-30", new RecordEmploymentOutcome(EmploymentKind.Study, Day("2008-12-01"), null, Words("Young")));
        told.When(Today, new ConfirmRetention(1)).ThenRefused(RejectionCodes.RetentionNotEnded, "matter");
        told.When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.RetentionNotEnded, "id");
        told.And("2019-12-30", new ReopenMatter(NewMatter: true)).When(Today, new ConfirmRetention(1))
            .ThenRefused(RejectionCodes.RetentionNotEnded, "matter");
    }

    [Fact]
    public void Words_that_came_after_the_last_matters_end_hold_the_whole_client()
    {
        var opened = GivenClient(First).And("2019-12-29", new ConfirmRetention(1))
            .And("2019-12-29", new OpenAccess(OpeningReason.Danger, Words("Acute")));
        opened.And("2019-12-30", new ReviewOpening(opened.State.Openings[0].OpenedBy, Justified: true))
            .When(Today, new ConfirmRetention()).ThenRefused(RejectionCodes.RetentionNotEnded, "id");
    }

    [Fact]
    public void An_order_to_archive_and_an_opening_without_its_review_hold_a_matter()
    {
        GivenClient(Third).And("2019-12-01", new HoldForArchiving())
            .When(Today, new ConfirmRetention(1)).ThenRefused(RejectionCodes.RetentionHeld, "id");
        GivenClient(Third).And("2019-12-30", new OpenAccess(OpeningReason.Danger, Words("Acute")))
            .When(Today, new ConfirmRetention(1)).ThenRefused(RejectionCodes.OpeningNotReviewed, "id");
    }

    [Fact]
    public void The_whole_client_ends_where_nobody_can_come_back_or_the_data_have_one_key()
    {
        Step[] died =
        [
            .. First, On("2009-02-01", new ReopenMatter(NewMatter: true)),
            On("2009-12-29", new CloseMatter(ClosingReason.Died)),
        ];
        GivenClient(died).When(Today, new ConfirmRetention(2)).ThenRefused(RejectionCodes.RetentionOfWhole, "matter");
        GivenClient(died).When(Today, new ConfirmRetention(1))
            .Then(new MattersEnded(1, IsLatest: false, NextClosedOn: null));
        GivenClient(died).When(Today, new ConfirmRetention()).Then(new RetentionConfirmed());

        GivenClient([First[0], On("2008-02-02", new AbsorbDuplicate("m1", "double", new ContactTally())), First[1]])
            .When(Today, new ConfirmRetention(1)).ThenRefused(RejectionCodes.RetentionOfWhole, "matter");
        var older = GivenClient(First).State;
        older = older with { Registered = older.Registered! with { MattersApart = null } };
        Assert.Equal(
            RejectionCodes.RetentionOfWhole,
            ClientDecider.Decide(older, new ConfirmRetention(1), At(Today)).Rejection?.Code);
        Assert.Null(ClientDecider.Decide(older, new ConfirmRetention(), At(Today)).Rejection);
    }

    [Fact]
    public void After_its_last_matter_a_client_can_come_back_to_a_new_one_and_never_to_what_was_destroyed()
    {
        var ended = GivenClient([First[0], On("2008-02-02", new GiveDropInConsent()), First[1]])
            .And("2019-12-30", new ConfirmRetention(1));
        Assert.Null(ended.State.DropInConsentSince);
        Assert.Equal(2, ClientDecider.MatterOf(ended.State));
        ended.When(Today, new ReopenMatter()).Then(new MatterReopened(null, 2));
        Assert.Equal((2, 0), (ended.State.Matter, ended.State.EarlierMatters.Count));
    }

    [Fact]
    public void What_ended_ends_again_in_a_database_that_lost_it()
    {
        IEndsForGood asked = new ConfirmRetention(2);
        var earlier = GivenClient(Second).When(Today, asked.Again);
        earlier.Then(new MattersEnded(2, IsLatest: true, NextClosedOn: null));
        GivenClient(Second).And(Today, asked.Again).When(Today, asked.Again).ThenNothing();
        Assert.IsType<EraseAgain>(((IEndsForGood)new ConfirmRetention()).Again);
    }

    /// <summary>A system sends again what it sent years ago: it is known, though its words are not.</summary>
    [Fact]
    public void A_referral_whose_words_were_destroyed_is_still_the_same()
    {
        var sent = FromKela with { KelaDecisionReference = Words("KELA-1") };
        var known = GivenClient([First[0], On("2008-02-01", sent)]).State;
        var referral = Assert.Single(known.Referrals);
        var received = referral.Received with { KelaDecisionReference = default(PersonalText) };
        var destroyed = known with { Referrals = [referral with { Received = received }] };
        Assert.Empty(ClientDecider.Decide(destroyed, sent, At("2008-02-01")).Events);
        Assert.Null(ClientDecider.Decide(destroyed, sent, At("2008-02-01")).Rejection);
    }

    [Fact]
    public void An_outcome_whose_note_was_destroyed_is_still_the_same_when_it_is_sent_again()
    {
        var sent = new RecordEmploymentOutcome(EmploymentKind.Study, Day("2008-03-01"), null, Words("At a school"));
        var destroyed = GivenClient([First[0], On("2008-03-01", new RecordEmploymentOutcome(
            EmploymentKind.Study, Day("2008-03-01")))]).State;
        var began = new EmploymentOutcomeRecorded(EmploymentKind.Study, Day("2008-03-01"), null, default(PersonalText));
        destroyed = ClientDecider.Evolve(destroyed, began, Day("2008-03-01")); // As a replay has it.
        Assert.Empty(ClientDecider.Decide(destroyed, sent, At("2008-03-01")).Events);
        Assert.IsType<EmploymentOutcomeRecorded>(Assert.Single(ClientDecider.Decide(
            destroyed, sent with { EndsOn = Day("2008-04-01") }, At("2008-04-01")).Events));
        Assert.Single(GivenClient([First[0], On("2008-03-01", new RecordEmploymentOutcome(
            EmploymentKind.Study, Day("2008-03-01")))]).When("2008-03-02", sent).Latest.Events);
    }

    [Fact]
    public void An_end_is_the_same_by_the_number_of_its_matter_and_not_by_its_name()
    {
        IEndsForGood first = new ConfirmRetention(1);
        Assert.True(first.IsEndedBy(new MattersEnded(1, false, null)));
        Assert.False(first.IsEndedBy(new MattersEnded(2, false, null)));
        Assert.False(first.IsEndedBy(new RetentionConfirmed()));
        Assert.True(((IEndsForGood)new ConfirmRetention()).IsEndedBy(new RetentionConfirmed()));
        Assert.False(((IEndsForGood)new EndMattersAgain(2)).IsEndedBy(new MattersEnded(1, false, null)));
        Assert.True(((IEndsForGood)new EraseAgain()).IsEndedBy(new ClientErased(ErasureReason.ErasedBefore)));
    }

    [Fact]
    public void The_list_has_the_earliest_matter_of_each_client_and_the_next_when_it_has_ended()
    {
        var register = new Tests.Caseload.Register().With("back", Third).With("closed", Second)
            .With("died", First[0], On("2008-12-31", new CloseMatter(ClosingReason.Died)));
        Assert.Equal(["back 1 2008-12-30", "closed 1 2008-12-30", "died  2008-12-31"], Due(register));

        register.With("back", On("2019-12-30", new ConfirmRetention(1)))
            .With("closed", On("2019-12-30", new ConfirmRetention(1)));
        Assert.Equal(["died  2008-12-31", "back 2 2009-12-29", "closed 2 2009-12-29"], Due(register));

        register.With("back", On("2019-12-30", new ConfirmRetention(2)))
            .With("closed", On("2019-12-30", new ConfirmRetention(2)));
        Assert.Equal(["died  2008-12-31"], Due(register));

        register.With("closed", On("2019-12-31", new ReopenMatter()))
            .With("closed", On("2019-12-31", new CloseMatter(ClosingReason.Other)));
        Assert.Equal(["closed 3 2019-12-31"], Due(register, "2029-12-31").Skip(1));
    }

    private static IEnumerable<string> Due(Tests.Caseload.Register register, string today = Today) => register.Caseload
        .RetentionDue(new RetentionQuestion(Day(today).AddDays(1), Held: false, Max: 9))
        .Select(item => $"{item.ClientId} {item.Matter} {item.ClosedOn:yyyy-MM-dd}");
}
